package docker

import (
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkDockerAsset times an asset from start to end against `docker run
// --rm` of the same image, which starts the agent without an input, so that it
// ends at once. The two take turns, so that a busy moment meets both.
func BenchmarkDockerAsset(b *testing.B) {
	lab := newLab(b)
	imageID, err := lab.image(b.Context())
	require.NoError(b, err)
	var assets, runs, bare []time.Duration
	timed := func(into *[]time.Duration, do func() error) {
		began := time.Now()
		require.NoError(b, do())
		*into = append(*into, time.Since(began))
	}
	for b.Loop() {
		timed(&assets, func() error {
			opened, err := lab.Open(b.Context(), mail("bench"))
			if err != nil {
				return err
			}
			return opened.Close()
		})
		timed(&runs, dockerRun("run", "--rm", imageID))
		timed(&bare, dockerRun("run", "--rm", "--network", "none", imageID))
	}
	b.ReportMetric(0, "ns/op") // of all three together, it says nothing
	b.ReportMetric(median(assets).Seconds(), "asset-s")
	b.ReportMetric(median(runs).Seconds(), "docker-run-s")
	b.ReportMetric(median(bare).Seconds(), "docker-run-no-network-s")
	b.ReportMetric(median(assets).Seconds()/median(runs).Seconds(), "ratio")
	b.ReportMetric(median(assets).Seconds()/median(bare).Seconds(), "ratio-no-network")
}

func dockerRun(args ...string) func() error {
	return func() error { return exec.Command("docker", args...).Run() }
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

package docker

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/labtest"
)

// BenchmarkDockerAsset times an asset from start to end against `docker run
// --rm` of the same image, which starts the agent without an input, so that it
// ends at once; once more without a network, which an asset has not either.
func BenchmarkDockerAsset(b *testing.B) {
	if _, err := exec.LookPath("docker"); err != nil {
		b.Skip("there is no docker command to measure against")
	}
	lab := newLab(b)
	imageID, err := lab.image(b.Context(), "")
	require.NoError(b, err)
	took := labtest.SideBySide(b,
		labtest.Candidate{Name: "asset", Do: func() {
			opened, err := lab.Open(b.Context(), mail("bench"))
			require.NoError(b, err)
			require.NoError(b, opened.Close())
		}},
		labtest.Candidate{Name: "docker-run", Do: dockerRun(b, "run", "--rm", imageID)},
		labtest.Candidate{Name: "docker-run-no-network", Do: dockerRun(b, "run", "--rm", "--network", "none", imageID)},
	)
	ratio := func(share, whole time.Duration) float64 { return share.Seconds() / whole.Seconds() }
	b.ReportMetric(ratio(took[0].Min, took[1].Min), "asset/docker-run,min-ratio")
	b.ReportMetric(ratio(took[0].Median, took[1].Median), "asset/docker-run,median-ratio")
	b.ReportMetric(ratio(took[0].Min, took[2].Min), "asset/docker-run-no-network,min-ratio")
	b.ReportMetric(ratio(took[0].Median, took[2].Median), "asset/docker-run-no-network,median-ratio")
}

func dockerRun(b *testing.B, args ...string) func() {
	return func() { require.NoError(b, exec.Command("docker", args...).Run()) }
}

//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// startsARound is how many starts are timed together: one is shorter than what the
// kernel counts in.
const startsARound = 100

// BenchmarkStart compares the processor time, user's and system's, of a stand-in's
// start with that of a program that does nothing, both static and started in turn.
// The stand-in is started outside an asset, so it ends once it knows that.
func BenchmarkStart(b *testing.B) {
	folder := b.TempDir()
	empty := filepath.Join(folder, "empty.go")
	require.NoError(b, os.WriteFile(empty, []byte("package main\n\nfunc main() {}\n"), 0o600))
	programs := []struct {
		name    string
		command []string
		took    []time.Duration
	}{
		{name: "empty", command: []string{built(b, folder, "empty", empty)}},
		{name: "stand-in", command: []string{built(b, folder, "inside", "."), "standin", "/nowhere/tool"}},
	}
	for b.Loop() {
		sums := make([]time.Duration, len(programs))
		for range startsARound {
			for i, program := range programs {
				start := exec.CommandContext(b.Context(), program.command[0], program.command[1:]...)
				start.Env = []string{"GOMAXPROCS=1", "GOGC=off"} // as agent and stand-ins have it
				_ = start.Run()                                  // 126 is as it must be
				sums[i] += start.ProcessState.UserTime() + start.ProcessState.SystemTime()
			}
		}
		for i := range programs {
			programs[i].took = append(programs[i].took, sums[i]/startsARound)
		}
	}
	b.ReportMetric(0, "ns/op") // of all together, it says nothing
	figures := map[string]func([]time.Duration) time.Duration{
		"min":    func(all []time.Duration) time.Duration { return slices.Min(all) },
		"median": func(all []time.Duration) time.Duration { return slices.Sorted(slices.Values(all))[len(all)/2] },
	}
	for figure, of := range figures {
		least, took := of(programs[0].took), of(programs[1].took)
		b.ReportMetric(least.Seconds()*1000, programs[0].name+","+figure+"-ms")
		b.ReportMetric(took.Seconds()*1000, programs[1].name+","+figure+"-ms")
		b.ReportMetric(float64(took)/float64(least), "stand-in/empty,"+figure+"-ratio")
	}
}

// built builds a program as make does, and gives its path.
func built(b *testing.B, folder, name, source string) string {
	b.Helper()
	path := filepath.Join(folder, name)
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", path, source)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	said, err := build.CombinedOutput()
	require.NoError(b, err, "%s", said)
	return path
}

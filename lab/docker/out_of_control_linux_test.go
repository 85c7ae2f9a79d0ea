package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// envHostile is the path of a program to be put in the agent's place, to a test that runs
// by itself.
const envHostile = "RINGER_TEST_HOSTILE_PROGRAM"

// maxRunner is the most memory that a runner may need, whatever an asset does, in bytes.
const maxRunner = 300 << 20

// TestDockerAProgramOutOfControlEndsItsStep runs the tests of hostile programs in a process
// of their own, which shows how much memory they needed.
func TestDockerAProgramOutOfControlEndsItsStep(t *testing.T) {
	t.Parallel()
	options(t)
	program := filepath.Join(t.TempDir(), "agent.test")
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", program, "github.com/ringer-lab/ringer/lab/agent")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	told, err := build.CombinedOutput()
	require.NoError(t, err, string(told))
	alone := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^TestDockerHostilePrograms$")
	alone.Env = append(os.Environ(), envHostile+"="+program)
	said, err := alone.CombinedOutput()
	require.NoError(t, err, string(said))
	usage, ok := alone.ProcessState.SysUsage().(*syscall.Rusage)
	require.True(t, ok)
	assert.Less(t, usage.Maxrss<<10, int64(maxRunner))
	t.Logf("at most %d MiB\n%s", usage.Maxrss>>10, said)
}

func TestDockerHostilePrograms(t *testing.T) {
	path := os.Getenv(envHostile)
	if path == "" {
		t.Skip("TestDockerAProgramOutOfControlEndsItsStep runs it")
	}
	o := options(t)
	o.Inside = func(string) ([]byte, error) { return os.ReadFile(path) }
	lab, err := New(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, lab.Close()) })
	// A step that ends by itself, whatever the program did, has an outcome; one that is
	// ended has an error, and so is Errored.
	for _, test := range []struct {
		program, hostname string
		ended             string
	}{
		{"forge", "web01", ""},
		{"forge", "dumpable", "a frame did not come from the other side of the wire, but from something else in the asset"},
		{"flood", "web01", "the step made more than 20000 observations, which is the most"},
		{"fork", "web01", "the processes of the step had more than 192 threads at once, which is the most"},
	} {
		t.Run(test.program+" on "+test.hostname, func(t *testing.T) {
			stage, err := lab.Open(t.Context(), runner.Asset{
				Name: "hostile", Run: testRun,
				Place: asset.Host{Kind: asset.Kind{Name: "test", Platform: effect.Linux}, Hostname: test.hostname},
			})
			require.NoError(t, err)
			began := time.Now()
			outcome, err := stage.Perform(t.Context(), test.program, effect.StepPlan{
				Processes: []effect.Process{{Image: "/usr/bin/" + test.program, Args: []string{test.program}}},
			})
			t.Logf("after %.1f s: %v", time.Since(began).Seconds(), err)
			if test.ended == "" {
				require.NoError(t, err)
				assert.Empty(t, outcome.StandInErrors, "nothing of the agent's can be opened")
			} else {
				assert.ErrorContains(t, err, test.ended)
			}
			require.NoError(t, stage.Close())
			assert.Empty(t, leased(t, lab.engine, lab.lease))
		})
	}
}

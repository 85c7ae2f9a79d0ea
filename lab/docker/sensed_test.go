package docker

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/image"
)

// tables are the sensor's own tests: each system call that it watches is made
// by a program and must be seen.
const tables = "TestEveryCallIsSeenIfItSucceeds|TestEveryActOfAProcessIsSeen|TestSocketsAreReportedWithTheirEnds|" +
	"TestTimesAreReportedAsTheyWereAndAre|TestAttributesAreReportedWithTheirValues|TestCapturedContentIsReportedOnceItStands|" +
	"TestAnExecIsReportedAsItWasMade|TestADoubleForkKeepsItsParents|TestThreadsAreTheirProcess|TestNothingIsLostOfAHundredThousand|" +
	"TestProcessesKilledInTheMiddleOfAForkHoldNothingUp|TestADeceptionIsRefusedAndReported|" +
	"TestAProgramThatCannotBeReadIsEndedAndReported|TestAFilterOfSomebodyElsesIsNotMistakenForTheSensors|" +
	"TestWhatIsChangedWhileACallIsMadeIsSeenOrTold|TestWhatAKilledProcessDidIsSeen"

var (
	verdict = regexp.MustCompile(`--- (PASS|FAIL|SKIP): (\S+)`)
	// routine is what would bury the one line that matters.
	routine = regexp.MustCompile(`(?m)^(=== |\s*--- PASS).*\n`)
)

// TestDockerSensorSeesEveryCall runs the sensor's tables in a container that is
// hardened as every asset's is: the test binary takes ringer's place in the
// image.
func TestDockerSensorSeesEveryCall(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	path := filepath.Join(t.TempDir(), "sensor.test")
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", path, "github.com/ringer-lab/ringer/lab/sensor")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	told, err := build.CombinedOutput()
	require.NoError(t, err, string(told))
	program, err := os.ReadFile(path)
	require.NoError(t, err)
	made, err := image.FromBinary(program, testVersion)
	require.NoError(t, err)
	imageID, err := lab.engine.ensure(t.Context(), made)
	require.NoError(t, err)

	said := runIn(t, lab, imageID, "-test.v", "-test.timeout=160s", "-test.parallel=4", "-test.run=^("+tables+")$")
	wrong := routine.ReplaceAllString(said, "")
	counts := map[string]int{}
	for _, match := range verdict.FindAllStringSubmatch(said, -1) {
		counts[match[1]]++
		if match[1] == "SKIP" {
			t.Logf("not shown here: %s", match[2])
		}
	}
	assert.Zero(t, counts["FAIL"], wrong)
	assert.GreaterOrEqual(t, counts["PASS"], 100, wrong)
	// Most are of calls that the engine's profile refuses already.
	assert.LessOrEqual(t, counts["SKIP"], 12, wrong)
	assert.Contains(t, said, "\nPASS\n")
}

// runIn runs an image's binary in a hardened container and gives what it said.
func runIn(t *testing.T, lab *Lab, imageID string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	created, err := lab.provider.CreateContainer(ctx, testcontainers.ContainerRequest{
		Name:   newContainerName(),
		Image:  imageID,
		Labels: lab.labelsOf(testRun, "sensed").labels(),
		ConfigModifier: func(c *container.Config) {
			configure(c, imageID, "SENSED")
			c.Entrypoint = append([]string{artifact.Interpreter}, args...)
			c.Env = []string{"TMPDIR=" + effect.Root}
		},
		HostConfigModifier: harden,
	})
	require.NoError(t, err)
	id := created.GetContainerID()
	t.Cleanup(func() { _ = lab.engine.remove(context.WithoutCancel(ctx), id) }) // by itself, if it ended
	attached, err := attach(ctx, lab.engine, id)
	require.NoError(t, err)
	defer attached.disconnect()
	require.NoError(t, created.Start(ctx))
	stop := context.AfterFunc(ctx, attached.disconnect)
	defer stop()
	said, err := io.ReadAll(attached.out)
	require.NoError(t, err)
	return string(said) + attached.stderr.String()
}

package docker

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/client"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/lab/inside"
)

// envPoint makes the test binary a runner that goes as far as the point named
// and then waits to be killed.
const envPoint = "RINGER_TEST_RUNNER_WAITS_AT"

func TestMain(m *testing.M) {
	if point := os.Getenv(envPoint); point != "" {
		if err := runUntil(point); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1) // it should have been killed
	}
	code := m.Run()
	if err := tidy(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// The points at which a runner is killed.
const (
	beforeFirst = "before the first container"
	asking      = "while the engine creates a container"
	created     = "between create and start"
	idle        = "while an asset stands"
	performing  = "while an asset performs"
	building    = "while the engine builds an image"
)

func runUntil(point string) error {
	ctx := context.Background()
	lab, err := New(ctx, Options{Binary: os.Getenv(envBinary), PID: os.Getpid(), Inside: inside.Program, Version: testVersion, Log: zerolog.Nop(), Env: os.Getenv})
	if err != nil {
		return err
	}
	imageID, err := lab.image(ctx, "")
	if err != nil {
		return err
	}
	a := mail("killed")
	asked, err := lab.settings(imageID, a)
	if err != nil {
		return err
	}
	switch point {
	case asking:
		go func() { _, _ = lab.create(ctx, asked) }()
	case created:
		_, err = lab.create(ctx, asked)
	case idle:
		_, err = lab.Open(ctx, a)
	case performing:
		stage, openErr := lab.Open(ctx, a)
		if openErr != nil {
			return openErr
		}
		go func() { _, _ = stage.Perform(ctx, "long", lengthy()) }()
	case building:
		err = lab.startBuilding(ctx)
	}
	if err != nil {
		return err
	}
	fmt.Println(lab.lease)
	time.Sleep(time.Minute)
	return nil
}

// startBuilding has the engine build an image that no other run has made.
func (l *Lab) startBuilding(ctx context.Context) error {
	made, err := image.FromBinary(l.program, l.version)
	made.Ref += "-" + l.lease
	go func() { _, _ = l.engine.ensureWith(ctx, asset.Nginx, made, l.unfinishedLabels()) }()
	return err
}

// startRunner starts a runner of its own and waits until it is at the point.
func startRunner(t *testing.T, point string) (process *os.Process, lease string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envPoint+"="+point, envVersion+"="+testVersion)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it was, unless the test failed early
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, "the runner did not get there")
	return cmd.Process, strings.TrimSpace(line)
}

// watchdogs lists the processes that clean up for a lease.
func watchdogs(t testing.TB, lease string) []int {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	var found []int
	for _, name := range lines {
		line, _ := os.ReadFile(name) // a process may have ended meanwhile
		if strings.Contains(string(line), "watchdog\x00"+lease) {
			var pid int
			_, err := fmt.Sscanf(name, "/proc/%d/", &pid)
			require.NoError(t, err)
			found = append(found, pid)
		}
	}
	return found
}

func killWatchdog(t testing.TB, pid int) {
	t.Helper()
	process, err := os.FindProcess(pid)
	require.NoError(t, err)
	require.NoError(t, process.Kill())
}

// TestDockerKilledRunnerLeavesNothing kills all runners in turn and then waits
// once for everything to be gone.
func TestDockerKilledRunnerLeavesNothing(t *testing.T) {
	t.Parallel()
	e := engineForTest(t)
	type kill struct {
		point string
		after time.Duration
	}
	kills := []kill{
		{beforeFirst, 0},
		{asking, 0}, {asking, 10 * time.Millisecond}, {asking, 25 * time.Millisecond}, {asking, 50 * time.Millisecond},
		{created, 0},
		{idle, 0},
		{performing, 0}, {performing, 200 * time.Millisecond},
	}
	if recipe, _ := image.RecipeOf(asset.Nginx); has(e.serviceImage(t.Context(), recipe)) {
		kills = append(kills, kill{building, 0}, kill{building, 200 * time.Millisecond}, kill{building, 400 * time.Millisecond}, kill{building, 600 * time.Millisecond})
	}
	killed := map[string]time.Time{}
	points := map[string]string{}
	for _, kill := range kills {
		process, lease := startRunner(t, kill.point)
		require.Len(t, watchdogs(t, lease), 1)
		time.Sleep(kill.after)
		require.NoError(t, process.Kill())
		killed[lease], points[lease] = time.Now(), kill.point
		// An image that was whole by then is for others too; here it has none.
		t.Cleanup(func() {
			assert.NoError(t, removeImages(context.Background(), e, labelLease+"="+lease))
		})
	}
	for lease, since := range killed {
		var left []string
		for ; time.Since(since) < 10*time.Second; time.Sleep(50 * time.Millisecond) {
			left = append(leased(t, e, lease), halfMade(t, e, lease)...)
			for _, pid := range watchdogs(t, lease) {
				left = append(left, fmt.Sprintf("process %d", pid))
			}
			if len(left) == 0 {
				break
			}
		}
		assert.Empty(t, left, "left 10 s after a kill %s", points[lease])
		t.Logf("killed %s: nothing left after at most %.1f s", points[lease], time.Since(since).Seconds())
	}
}

// has reports whether what was looked for is there.
func has[T any](_ T, err error) bool { return err == nil }

// halfMade lists the images that a builder had begun for a lease.
func halfMade(t testing.TB, e engine, lease string) []string {
	t.Helper()
	listed, err := e.ImageList(t.Context(), client.ImageListOptions{
		Filters: make(client.Filters).Add("label", labelLease+"="+lease).Add("dangling", "true"),
	})
	require.NoError(t, err)
	var all []string
	for _, container := range listed.Items {
		all = append(all, "image "+container.ID)
	}
	return all
}

func TestDockerSweepTakesTheDeadOnly(t *testing.T) {
	t.Parallel()
	e := engineForTest(t)
	living := newLab(t)
	open(t, living, "living")
	process, lease := startRunner(t, created)
	// With its watchdog dead too, only the next start can clean up.
	for _, pid := range watchdogs(t, lease) {
		killWatchdog(t, pid)
	}
	_, err := e.sweep(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"created"}, leased(t, e, lease), "its runner lives still")
	require.NoError(t, process.Kill())
	require.Eventually(t, func() bool {
		_, err := e.sweep(t.Context())
		return err == nil && len(leased(t, e, lease)) == 0
	}, 5*time.Second, 100*time.Millisecond)
	assert.Equal(t, []string{"running"}, leased(t, e, living.lease), "of the living nothing is taken")
}

func TestDockerCleanEndsRunsUnderWayOnlyIfAsked(t *testing.T) {
	t.Parallel()
	e := engineForTest(t)
	living := newLab(t)
	open(t, living, "one")
	open(t, living, "other")
	mine := labelLease + "=" + living.lease // never others' runs
	var beforeRemove []Removed
	careful := cleaner{engine: e, label: mine, beforeRemove: func(r Removed) { beforeRemove = append(beforeRemove, r) }}
	kept, err := careful.clean(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Cleaned{ActiveRuns: 1}, kept)
	assert.Empty(t, beforeRemove)
	assert.Equal(t, []string{"running", "running"}, leased(t, e, living.lease))
	careful.end = true
	ended, needed, err := careful.runs(t.Context())
	require.NoError(t, err)
	assert.False(t, needed, "the run was ended")
	assert.Equal(t, 1, ended.ActiveRuns)
	assert.Len(t, ended.Removed, 2)
	assert.Equal(t, ended.Removed, beforeRemove, "each was announced before")
	assert.Empty(t, leased(t, e, living.lease))
}

func engineForTest(t testing.TB) engine {
	t.Helper()
	o := options(t)
	e, err := connect(t.Context(), o.Env)
	require.NoError(t, err)
	t.Cleanup(func() { _ = e.Close() })
	return e
}

//go:build linux

package agent

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/standin"
	"github.com/ringer-lab/ringer/lab/wire"
)

// rootName is the folder in which a test's stand-ins find themselves.
const rootName = "/ringer-agent-test-root"

// TestMain makes the test binary the stand-ins of the tests: the kernel starts
// it as `<binary> standin <file> <arguments>`.
func TestMain(m *testing.M) {
	if code, inside := inContainer(); inside {
		os.Exit(code)
	}
	if len(os.Args) > 2 && os.Args[1] == artifact.StandIn {
		before, _, _ := strings.Cut(os.Args[2], rootName)
		here := standin.Asset{Root: before + rootName, Place: os.Getenv(standin.EnvAsset), CheckAgent: func() error { return nil }}
		os.Exit(here.Main(os.Args[2:], os.Stdin, os.Stderr))
	}
	os.Exit(m.Run())
}

// runner is the other side of the wire.
type runner struct {
	*wire.Conn
	t      *testing.T
	root   string
	hangUp func()
	ended  chan int
}

// serve starts an agent, altered, on a folder of the test's.
func serve(t *testing.T, alter ...func(*agent)) *runner {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	root := filepath.Join(t.TempDir(), rootName)
	require.NoError(t, os.Mkdir(root, 0o755))
	agentIn, toAgent := io.Pipe()
	fromAgent, agentOut := io.Pipe()
	a := agent{
		root:            root,
		program:         func(artifact.Resource) []byte { return fmt.Appendf(nil, "#!%s %s\n", binary, artifact.StandIn) },
		verifyIsolation: func([]string, identity) []wire.Attempt { return []wire.Attempt{{Attempt: "get out", Refused: true}} },
		hide:            func() error { return nil },
	}
	a.traceTree = func(ctx context.Context, c sensor.Command, sink func(event.Observation)) (sensor.Result, error) {
		// The race detector has each process sleep for a second before it ends.
		c.Env = append(slices.Clone(c.Env), "GORACE=atexit_sleep_ms=0")
		return a.sensor.Trace(ctx, c, sink)
	}
	for _, change := range alter {
		change(&a)
	}
	r := &runner{Conn: wire.NewConn(fromAgent, toAgent), t: t, root: root, ended: make(chan int, 1)}
	r.hangUp = func() { _ = toAgent.Close() }
	go func() {
		code := a.serve(t.Context(), agentIn, agentOut)
		_ = agentOut.Close()
		r.ended <- code
	}()
	t.Cleanup(r.hangUp)
	require.Equal(t, wire.Version, r.hear().Hello.Version)
	return r
}

func (r *runner) hear() wire.Message {
	r.t.Helper()
	m, err := r.Receive()
	require.NoError(r.t, err)
	if m.Failure != nil {
		skipUnsupported(r.t)
		r.t.Fatalf("agent: %s", m.Failure.Error)
	}
	return m
}

// skipUnsupported skips what needs the sensor where it cannot trace.
func skipUnsupported(t *testing.T) {
	t.Helper()
	if !sensor.Supported {
		t.Skip(sensor.ErrUnsupported)
	}
}

func (r *runner) provision(files ...asset.File) wire.Ready {
	r.t.Helper()
	require.NoError(r.t, r.Send(wire.Message{Provision: &wire.Provision{Platform: effect.Linux, Hostname: "web01", Files: files}}))
	return *r.hear().Ready
}

func (r *runner) perform(plan effect.StepPlan) ([]event.Observation, wire.Done) {
	r.t.Helper()
	require.NoError(r.t, r.Send(wire.Message{Perform: &wire.Perform{Step: "step", Plan: plan}}))
	var seen []event.Observation
	for {
		m := r.hear()
		if m.Done != nil {
			return seen, *m.Done
		}
		seen = append(seen, m.Observations...)
	}
}

// drop has a child of a program write a page.
func drop(path string) effect.StepPlan {
	page := effect.Write{Path: path, Content: []byte(artifact.Marker)}
	child := effect.Process{Image: "/bin/sh", Args: []string{"sh", "-c", "$(touch /escaped)"}, Acts: []effect.Act{page}}
	return effect.StepPlan{
		Processes: []effect.Process{{Image: "/usr/sbin/nginx", Args: []string{"nginx"}, User: "www-data", Acts: []effect.Act{effect.Run{Process: child}}}},
		Checks:    []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
}

func TestAnAgentProvisionsPerformsProvesAndTakesBack(t *testing.T) {
	t.Parallel()
	r := serve(t)
	ready := r.provision(asset.File{Path: "/var/www/index.html", Content: []byte("hello"), Days: 3})
	assert.NotEmpty(t, ready.Attempts)
	about, err := os.Stat(filepath.Join(r.root, "root/var/www/index.html"))
	require.NoError(t, err)
	assert.InDelta(t, 72, time.Since(about.ModTime()).Hours(), 1, "a file provisioned is as old as it is to be")

	seen, done := r.perform(drop("/var/www/page.php"))
	assert.True(t, done.Canary)
	assert.Empty(t, done.Errors)
	assert.Zero(t, done.Dropped)
	assert.Equal(t, uint64(len(seen)), done.ObservationCount)
	require.Len(t, done.Proofs, 1)
	assert.True(t, done.Proofs[0].Proven())
	var acts []string
	var argv []string
	for i, observation := range seen {
		assert.Equal(t, uint64(i+1), observation.Seq)
		assert.Equal(t, "step", observation.Step)
		if observation.Kind == event.Map {
			continue // what a loader brings along, where the test binary has one
		}
		if observation.Kind == event.Exec {
			argv = observation.Argv
		}
		acts = append(acts, string(observation.Kind)+" "+strings.TrimPrefix(observation.Path, r.root))
	}
	assert.Equal(t, []string{
		"fork ", "exec /root/usr/sbin/nginx", "fork ", "exec /root/bin/sh", "create /root/var/www/page.php", "exit ", "exit ",
	}, acts)
	assert.Equal(t, []string{"sh", "-c", "$(touch /escaped)"}, argv, "arguments are footprint, and nothing else")

	require.NoError(t, r.Send(wire.Message{Undo: &wire.Undo{}}))
	assert.Empty(t, r.hear().Undone.Left)
	assert.NoFileExists(t, filepath.Join(r.root, "root/var/www/page.php"))
}

func TestAnEffectThatWasThereBeforeProvesNothing(t *testing.T) {
	t.Parallel()
	r := serve(t)
	r.provision(asset.File{Path: "/var/www/page.php", Content: []byte(artifact.Marker)})
	_, done := r.perform(drop("/var/www/page.php"))
	assert.False(t, done.Proofs[0].Proven())
}

// What was killed says nothing of what it did not do.
func TestAProgramThatIsEndedIsReported(t *testing.T) {
	t.Parallel()
	const ended = "#!/bin/sh\nkill -9 $$\n"
	for _, test := range []struct{ name, program, want string }{
		{"the step's own", "/usr/sbin/nginx", "/usr/sbin/nginx exited with code 137"},
		{"a child of it", "/bin/sh", "/bin/sh was terminated by a signal: killed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := serve(t)
			r.provision()
			plan := drop("/var/www/page.php")
			plan.Preconditions = []effect.Precondition{{Path: test.program, Content: []byte(ended)}}
			_, done := r.perform(plan)
			assert.Equal(t, []string{test.want}, done.Errors)
		})
	}
}

// A plan made by hand, which no language let through, is not performed.
func TestAPathThatLeavesTheAssetIsRefused(t *testing.T) {
	t.Parallel()
	const out = "/var/../../../escaped"
	child := func(p effect.Process) effect.StepPlan {
		return effect.StepPlan{Processes: []effect.Process{{Image: "/usr/sbin/nginx", Args: []string{"nginx"}, Acts: []effect.Act{effect.Run{Process: p}}}}}
	}
	for name, plan := range map[string]effect.StepPlan{
		"an act's, of a child":   drop(out),
		"a program's":            {Processes: []effect.Process{{Image: out, Args: []string{"x"}}}},
		"a child's program":      child(effect.Process{Image: out, Args: []string{"x"}}),
		"a relative program":     child(effect.Process{Image: "escaped", Args: []string{"x"}}),
		"what is given":          {Preconditions: []effect.Precondition{{Path: out, Content: []byte(artifact.Marker)}}},
		"a folder that is given": {Preconditions: []effect.Precondition{{Path: out, Folder: true}}},
		"what is not there":      {Preconditions: []effect.Precondition{{Path: out, Absent: true}}},
		"a link's":               child(effect.Process{Image: "/bin/ln", Args: []string{"ln"}, Acts: []effect.Act{effect.SymLink{Path: out, Target: "/etc"}}}),
		"the new name of a file": child(effect.Process{Image: "/bin/mv", Args: []string{"mv"}, Acts: []effect.Act{effect.Move{From: "/etc/hosts", To: out}}}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := serve(t)
			r.provision()
			require.NoError(t, r.Send(wire.Message{Perform: &wire.Perform{Step: "step", Plan: plan}}))
			m, err := r.Receive()
			require.NoError(t, err)
			require.NotNil(t, m.Failure)
			assert.Regexp(t, "path must not leave its folder|expected an absolute path", m.Failure.Error)
			assert.NoFileExists(t, filepath.Join(filepath.Dir(r.root), "escaped"))
		})
	}
}

// What is only looked at outside is not found: a check proves nothing, and a program that
// would work there works in the root.
func TestNothingOutsideTheAssetIsLookedAt(t *testing.T) {
	t.Parallel()
	r := serve(t)
	r.provision()
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(r.root), "held"), []byte(artifact.Marker), 0o600))
	plan := drop("/var/www/page.php")
	plan.Processes[0].Dir = "/../.."
	plan.Checks = append(plan.Checks, effect.ContentIs{Path: "/../../held", Content: []byte(artifact.Marker)}, effect.Gone{Path: "/../../nothing"})
	seen, done := r.perform(plan)
	require.Len(t, done.Proofs, 3)
	assert.Equal(t, []bool{true, false, false}, []bool{done.Proofs[0].Proven(), done.Proofs[1].Proven(), done.Proofs[2].Proven()})
	assert.Contains(t, done.Proofs[1].After, "path must not leave its folder")
	for _, observation := range seen {
		assert.False(t, strings.Contains(observation.Path, "held"), observation.Path)
	}
}

func TestAnAgentEndsWithItsRunner(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*runner){
		"when it hangs up":                   func(r *runner) { r.hangUp() },
		"when it hangs up while provisioned": func(r *runner) { r.provision(); r.hangUp() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := serve(t)
			end(r)
			assert.Equal(t, exitHungUp, r.end())
		})
	}
}

func TestAnAgentEndsWhereTheRunnerSpeaksOutOfTurn(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]wire.Message{
		"a step before the asset stands": {Perform: &wire.Perform{Step: "early"}},
		"undo before the asset stands":   {Undo: &wire.Undo{}},
		"the agent's own word":           {Hello: &wire.Hello{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := serve(t)
			require.NoError(t, r.Send(m))
			got, err := r.Receive()
			require.NoError(t, err)
			require.NotNil(t, got.Failure)
			assert.Equal(t, exitError, r.end())
		})
	}
}

func (r *runner) end() int {
	select {
	case code := <-r.ended:
		return code
	case <-time.After(10 * time.Second):
		r.t.Fatal("the agent goes on")
		return 0
	}
}

// A provisioned file that cannot be made ends the asset before anything happens.
func TestWhatCannotBeProvisionedIsReported(t *testing.T) {
	t.Parallel()
	skipUnsupported(t)
	r := serve(t)
	require.NoError(t, r.Send(wire.Message{Provision: &wire.Provision{Platform: "macos"}}))
	m, err := r.Receive()
	require.NoError(t, err)
	require.NotNil(t, m.Failure)
	assert.Contains(t, m.Failure.Error, `unknown platform "macos"`)
}

package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/lab/labtest"
)

var update = flag.Bool("update", false, "rewrite expected output in testdata")

func TestMain(m *testing.M) {
	// The pipeline that runs the tests is not told of theirs; a story may say that it is one.
	if filepath.Base(os.Args[0]) != "ringer" {
		for _, name := range []string{"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"} {
			_ = os.Unsetenv(name) // fails for a name with = alone
		}
	}
	testscript.Main(m, map[string]func(){"ringer": main})
}

// concurrent are the stories whose commands do much at a time. The race detector makes a
// story take five times as long, so it watches these.
var concurrent = []string{
	"testdata/compare.txtar", "testdata/fake.txtar", "testdata/fidelity.txtar", "testdata/mutate.txtar", "testdata/nothing_opens.txtar",
	"testdata/recording.txtar", "testdata/reenact.txtar", "testdata/sigma_match.txtar", "testdata/variants.txtar",
}

// stories are the files of the stories that are told.
func stories(t *testing.T) []string {
	t.Helper()
	if labtest.RaceEnabled {
		return concurrent
	}
	all, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.Subset(t, all, concurrent)
	return all
}

// TestScripts tells a story a file: what a user types, and what comes back.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Files:               stories(t),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DOCKER_HOST", "unix:///nonexistent.sock")
			// The race detector has each process sleep for a second before it ends.
			env.Setenv("GORACE", "atexit_sleep_ms=20")
			folder, _ := sigmahqtest.Find(t)
			env.Setenv("SIGMAHQ", folder)
			env.Setenv("SIGMAHQ_NEEDED", sigmahqtest.Needed)
			return writeSteps(env)
		},
		Condition: func(cond string) (bool, error) {
			_, ok := sigmahqtest.Find(t)
			return cond == "sigmahq" && ok, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits N cmd args... since a bare ! cannot tell "invalid input" from "not met".
func exits(ts *testscript.TestScript, _ bool, args []string) {
	got, err := 0, ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err) // it did not even start
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s exited %d, want %s", args[1], got, args[0])
	}
}

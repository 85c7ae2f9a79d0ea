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
)

var update = flag.Bool("update", false, "rewrite expected output in testdata")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ringer": main})
}

// TestScripts tells a story a file: what a user types, and what comes back.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DOCKER_HOST", "unix:///nonexistent.sock")
			env.Setenv("SIGMAHQ", sigmahq(t))
			return nil
		},
		Condition: func(cond string) (bool, error) { return cond == "sigmahq" && sigmahq(t) != "", nil },
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// sigmahq is the folder of SigmaHQ's rules beside the checkout, or empty.
func sigmahq(t *testing.T) string {
	path, err := filepath.Abs("../../../shared/sigmahq/rules")
	require.NoError(t, err)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
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

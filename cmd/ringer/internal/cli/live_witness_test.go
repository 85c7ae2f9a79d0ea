//go:build linux

package cli

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/witness"
)

// TestWitness performs the library, or the scenarios that the variable names, while
// the host's kernel records what the assets' processes do, and compares that with
// what the sensor told. `make witness` asks for it. With the library every behaviour of
// a Linux host is performed.
func TestWitness(t *testing.T) {
	asked, set := os.LookupEnv("RINGER_WITNESS")
	if !set {
		t.Skip("needs Docker and the host's kernel: `make witness` sets RINGER_WITNESS")
	}
	var said strings.Builder
	c := &command{State: &State{
		Env: os.Getenv, Stdout: &said, Stderr: &said, Now: time.Now,
		Executable: os.Getenv("RINGER_BINARY"), PID: os.Getpid(), Build: Build{Version: "witness"},
	}}
	exercise, err := c.readExercise(strings.Fields(asked), scenarioFlags{})
	require.NoError(t, err, said.String())
	if asked == "" { // what no shipped scenario performs
		acts, err := c.readExercise([]string{"testdata/every_linux_act.hcl"}, scenarioFlags{})
		require.NoError(t, err, said.String())
		exercise.plans = append(exercise.plans, acts.plans...)
	}
	inner, err := docker.New(t.Context(), c.dockerOptions())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, inner.Close()) })
	recorder, err := witness.Start(t.Context())
	if errors.Is(err, witness.ErrUnavailable) {
		t.Skip(err)
	}
	require.NoError(t, err)
	lab := &witness.Lab{Lab: inner}
	run, broke := c.performPlans(t.Context(), c.newRun(lab).performing(lab, nil), exercise.plans, exercise.rules, 2, nil)
	acts, err := recorder.Stop()
	require.NoError(t, broke, said.String())
	require.NoError(t, err)
	assert.Empty(t, run.Interrupted)

	assets, seen := lab.Recorded()
	compared := witness.Compare(assets, acts, seen)
	t.Logf("%s", compared)
	t.Logf("witness: %s, %s compared, %s", report.Plural(len(run.Scenarios), "scenario"),
		report.Plural(compared.Compared, "act"), report.Plural(compared.Differences(), "difference"))
	assert.Zero(t, compared.Differences())
	assert.Greater(t, compared.Compared, 20*len(exercise.plans), "a witness that saw hardly anything shows nothing")
}

package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/standin"
)

// initialised lists the packages that this binary initialises when it is started
// as a stand-in. It does nothing: this is no asset.
func initialised(t *testing.T, env ...string) []string {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	standIn := exec.CommandContext(t.Context(), binary, "standin", "/nowhere/tool")
	standIn.Args[0] = "ringer" // by which testscript.Main has the test's binary be ringer, and not test
	standIn.Env = append(env, "GODEBUG=inittrace=1")
	said, err := standIn.CombinedOutput()
	require.Error(t, err)
	assert.Equal(t, 126, standIn.ProcessState.ExitCode(), "%s", said)
	assert.Contains(t, string(said), "a stand-in does nothing outside an asset")
	var packages []string
	for line := range strings.Lines(string(said)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "init" {
			packages = append(packages, words[1])
		}
	}
	return packages
}

// What a stand-in's start costs is what is initialised before it runs. Should this
// fail after a change below lab/standin, that imports a package which Go
// initialises late (see package first): do without, or hand it in from main.
func TestAStandInRunsBeforeMostOfTheBinaryIsInitialised(t *testing.T) {
	t.Parallel()
	before := initialised(t)
	assert.NotEmpty(t, before)
	assert.Less(t, len(before), 95, "%s", before)
	for _, late := range []string{
		"net", "net/http", "net/netip", "path/filepath", "regexp", // of the standard library
		"github.com/distribution/reference", "github.com/zclconf/go-cty/cty", "golang.org/x/sys/unix", // of others, before and after ours
		"github.com/ringer-lab/ringer/emulation/behaviour", "github.com/ringer-lab/ringer/emulation/telemetry",
	} {
		assert.NotContains(t, before, late)
	}
	asking := initialised(t, standin.EnvService+"=1")
	assert.Contains(t, asking, "net/http", "a stand-in that asks a service has all there is")
	assert.True(t, slices.Contains(asking, "main"), "and runs in main: %s", asking)
}

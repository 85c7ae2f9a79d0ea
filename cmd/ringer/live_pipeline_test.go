package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A repository that `ringer init` made, with the commands of its own pipelines, in
// containers: what stories tell with a recording in the lab's place.
func TestLivePipeline(t *testing.T) {
	t.Parallel()
	program := live(t)
	repository, programs := t.TempDir(), t.TempDir()
	path, err := filepath.Abs(program)
	require.NoError(t, err)
	require.NoError(t, os.Symlink(path, filepath.Join(programs, "ringer")))
	env := append(os.Environ(), "PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+repository, "RINGER_RUNS=",
		"SCENARIOS=scenarios", "RULES=rules", "GATE=main", "DEFAULT_RULES=false", "GITHUB_ACTIONS=", "GITLAB_CI=")
	run := func(code int, name string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir, cmd.Env = repository, env
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		_ = cmd.Run() // its exit code says what came of it
		require.Equal(t, code, cmd.ProcessState.ExitCode(), "%s %s: %s", name, strings.Join(args, " "), out.String())
		return out.String()
	}
	steps, err := pipelineSteps()
	require.NoError(t, err)
	github, gitlab := steps["github.sh"], steps["gitlab.sh"]
	run(0, "ringer", "init", "--ci", "github", ".")
	for _, args := range []string{"init -q -b main", "config user.email a@b", "config user.name a", "add -A", "commit -q -m first"} {
		run(0, "git", strings.Fields(args)...)
	}

	assert.Contains(t, run(0, "bash", "-e", "-c", github), "✓ gate main")
	recorded := filepath.Join(repository, ".ringer", "run.ringer")
	if *update {
		text, err := os.ReadFile(recorded)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(firstRun, text, 0o644))
	}
	require.NoError(t, os.Rename(recorded, filepath.Join(repository, ".ringer", "baseline.ringer")))

	rule := filepath.Join(repository, "rules", "cron_entry_by_hand.yml")
	text, err := os.ReadFile(rule)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(rule, bytes.ReplaceAll(text, []byte("/etc/cron.d/"), []byte("/etc/cron.weekly/")), 0o644))
	for _, commands := range []string{github, gitlab} {
		said := strings.Join(strings.Fields(run(1, "bash", "-e", "-c", commands)), " ")
		assert.Equal(t, 1, strings.Count(said, "no longer sees"), said)
		assert.Contains(t, said, `Rule "Cron Entry Written by Hand" (rules/cron_entry_by_hand.yml) no longer sees first/cron: file_event TargetFilename=/etc/cron.d/cdr-rotate`)
	}
	assert.FileExists(t, filepath.Join(repository, "gl-code-quality-report.json"))

	require.NoError(t, os.WriteFile(rule, text, 0o644))
	added := bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("5b1f0a52"), []byte("6b1f0a52")), []byte("/etc/cron."), []byte("/nowhere/"))
	require.NoError(t, os.WriteFile(filepath.Join(repository, "rules", "new.yml"), added, 0o644))
	assert.Contains(t, strings.Join(strings.Fields(run(0, "bash", "-e", "-c", github)), " "), `untested: rule "Cron Entry Written by Hand" (rules/new.yml) is new`)
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/robustness"
)

const evaded = `
scenario "evaded" { title = "A rule that goes by the name" }
actor "naikon" { group = "G0019" }
asset "domain_controller" "dc" {}
step "scheduled_task_create" "task" {
  by = actor.naikon
  on = asset.dc
  expect "sigma" "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11" { verdict = fires }
}
`

const byName = `
title: Task Scheduler Started
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11
status: test
description: Looks for a program by the name of its file.
logsource: {category: process_creation, product: windows}
detection:
  selection:
    Image|endswith: '\schtasks.exe'
  condition: selection
level: low
`

func TestLiveVariantsTellByTheirExitWhatTheyFound(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, scenario, rule string
		strict               bool
		code                 int
		stdout, stderr       string
	}{
		{"evaded, which is what was asked", evaded, byName, false, 0, `must end with "\schtasks.exe"`, ""},
		{"evaded, which must not be", evaded, byName, true, 1, "1 rule: 0 never evaded, 1 evaded", "strict: 1 rule evaded"},
		{"missed as reported", missed, elsewhere, false, 0, "Missed as reported, so not measured", ""},
		{"missed as reported, which must not be", missed, elsewhere, true, 1, "", "strict: 1 expectation not met as reported"},
		{"what had no effect evades nobody", prevented, byName, false, 4, "permission denied", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			rule, scenario := filepath.Join(dir, "rule.yml"), filepath.Join(dir, "scenario.hcl")
			require.NoError(t, os.WriteFile(rule, []byte(tt.rule), 0o600))
			require.NoError(t, os.WriteFile(scenario, []byte(tt.scenario), 0o600))
			args := []string{"run", "--variants", "--rules", rule, scenario}
			if tt.strict {
				args = append(args, "--strict")
			}
			out := ringer(t, args...)
			assert.Equal(t, tt.code, out.code, "%s", out.stderr.String())
			assert.Contains(t, out.stdout.String(), tt.stdout)
			assert.Contains(t, out.stderr.String(), tt.stderr)
			assert.Empty(t, containers(t, out.pid))
		})
	}
}

func TestLiveVariantsSayWhichLineEvades(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rule, scenario := filepath.Join(dir, "rule.yml"), filepath.Join(dir, "scenario.hcl")
	require.NoError(t, os.WriteFile(rule, []byte(byName), 0o600))
	require.NoError(t, os.WriteFile(scenario, []byte(evaded), 0o600))
	recording := filepath.Join(dir, "variants.ringer")
	read := func(args ...string) (measured robustness.Measurement) {
		out := ringer(t, args...)
		require.Equal(t, 0, out.code, "%s", out.stderr.String())
		require.NoError(t, json.Unmarshal(out.stdout.Bytes(), &measured))
		return measured
	}
	measured := read("run", "--variants", "--json", "--record", recording, "--rules", rule, scenario)
	again := read("replay", "--json", recording)
	assert.False(t, again.Replayed.IsZero())
	again.Replayed, again.Seconds = measured.Replayed, measured.Seconds
	assert.Equal(t, measured, again, "a replay gives the same report")
	require.Len(t, measured.Rules, 1)
	assert.Equal(t, "docker", measured.Lab)
	assert.Empty(t, measured.Failures)
	for i, cell := range measured.Rules[0].Cells {
		if measured.Mutations[i].Name != "renamed_program" {
			assert.NotEqual(t, robustness.Evaded, cell.State, measured.Mutations[i].Name)
			continue
		}
		require.Equal(t, robustness.Evaded, cell.State)
		require.Len(t, cell.Evasions, 1)
		require.NotEmpty(t, cell.Evasions[0].Lines)
		assert.Regexp(t, `^schtasks\.exe /create `, cell.Evasions[0].Lines[0].Reported)
		assert.Regexp(t, `^updater\.exe /create `, cell.Evasions[0].Lines[0].Mutated)
		assert.Equal(t, []string{`Image must end with "\schtasks.exe"`}, cell.Evasions[0].Why)
	}
}

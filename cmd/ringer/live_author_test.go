package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/trial"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

const noteRule = `
title: A Note Left
name: own_note
id: 0f4e7a52-5f0d-4a55-9a55-7f5b8b0a6b01
status: test
description: A note appears among what the server serves.
logsource: {product: linux, category: file_event}
detection:
  selection:
    TargetFilename|startswith: /srv/app/
  condition: selection
level: medium
`

// What `new` writes is performed as it stands: the behaviour has its effect, its rule fires
// and the other is silent.
func TestLiveWhatNewWritesIsPerformed(t *testing.T) {
	t.Parallel()
	live(t)
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.WriteFile(file("rule.yml"), []byte(noteRule), 0o600))
	require.Zero(t, ringer(t, "new", "behaviour", "note_left", "--from", "write,mode,connect", "--out", file("note.hcl")).code)
	out := ringer(t, "new", "scenario", "night", "--library", file("note.hcl"), "--rules", file("rule.yml"), "--out", file("night.hcl"))
	require.Zero(t, out.code, out.stderr.String())

	out = ringer(t, "try", "--json", "--rules", file("rule.yml"), file("note.hcl"))
	require.Zero(t, out.code, out.stderr.String())
	var tried trial.Trial
	require.NoError(t, json.Unmarshal(out.stdout.Bytes(), &tried))
	assert.Equal(t, trial.Proven, tried.Outcome, tried.Reason)
	assert.Empty(t, tried.Leftover)
	require.NotEmpty(t, tried.Alerts)
	assert.Equal(t, "A Note Left", tried.Alerts[0].Title)

	out = ringer(t, "run", "--json", "--rules", file("rule.yml"), file("night.hcl"))
	require.Zero(t, out.code, out.stderr.String())
	run := parse(t, out)
	for _, want := range []verdict.Verdict{verdict.Detected, verdict.Silent} {
		assert.Equal(t, 1, count(run, func(e result.Expectation) bool { return e.Verdict == want }), want)
	}
	assert.Empty(t, containers(t, out.pid))
}

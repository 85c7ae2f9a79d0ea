package reenact_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// rule is one of our own, for a log source and with a selection.
func rule(t *testing.T, category, selection string) *detect.Sigma {
	t.Helper()
	text := "title: a test\nid: 11111111-1111-4111-8111-111111111111\nlogsource:\n  product: windows\n  category: " + category +
		"\ndetection:\n  selection:\n    " + selection + "\n  condition: selection\n"
	rules, problems := sigma.LoadFS(fstest.MapFS{"rule.yml": {Data: []byte(text)}}, ".")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	return engine
}

func TestJudge(t *testing.T) {
	t.Parallel()
	library := map[string]string{
		"ImageLoaded": `C:\a\version.dll`, "Signed": "true", "Signature": "Somebody", "SignatureStatus": "Valid",
		"Hashes": "SHA256=AB,IMPHASH=CD",
	}
	for _, test := range []struct {
		name, selection string
		count           int
		detected, limit bool
		reason          string
	}{
		{name: "what was seen is detected", selection: `ImageLoaded|endswith: '\version.dll'`, count: 1, detected: true},
		{name: "what is only said is not", selection: `Signature: Somebody`, count: 1, limit: true, reason: "only on declared fields: Signature"},
		{name: "a real hash cannot be had", selection: `Hashes|contains: 'IMPHASH=CD'`, count: 1, limit: true, reason: "needs a real program's hash: event_1: field Hashes is"},
		{name: "as often as recorded", selection: `ImageLoaded|endswith: '\version.dll'`, count: 2, reason: "fired 1 times, expected at least 2"},
		{name: "what must not fire does not", selection: `ImageLoaded|endswith: '\other.dll'`, count: 0, detected: true},
		{name: "what must not fire does", selection: `ImageLoaded|endswith: '\version.dll'`, count: 0, reason: "fired 1 times but must not fire"},
		{name: "a rule that reads something else", selection: `ImageLoaded|endswith: '\other.dll'`, count: 1, reason: "did not fire"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := performed(t, recorded(sysmon, 7, by(maps.Clone(library))))
			p.Count, p.Rules = test.count, []string{"11111111-1111-4111-8111-111111111111"}
			found, err := reenact.Judge(t.Context(), p, rule(t, "image_load", test.selection))
			require.NoError(t, err)
			assert.Equal(t, test.detected, found.Detected)
			assert.Equal(t, test.limit, found.Limit)
			assert.Contains(t, found.Reason, test.reason)
		})
	}
}

// A lab in which nothing happens leaves nothing that counts as observed.
func TestNothingIsDetectedWhereNothingHappens(t *testing.T) {
	t.Parallel()
	p := performed(t, recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\x.exe`})))
	for i := range p.Records[0].Events {
		p.Records[0].Events[i].Provenance = event.Declared
	}
	p.Rules = []string{"11111111-1111-4111-8111-111111111111"}
	found, err := reenact.Judge(t.Context(), p, rule(t, "file_event", `TargetFilename: 'C:\x.exe'`))
	require.NoError(t, err)
	assert.False(t, found.Detected)
	assert.Contains(t, found.Reason, "declared")
}

func TestLoadTellsWhatIsNoRecording(t *testing.T) {
	t.Parallel()
	line := `{"Event":{"System":{"Channel":"` + sysmon + `","EventID":11},"EventData":{"Target Filename":"x"}}}`
	info := "rule_metadata:\n  - id: a\nregression_tests_info:\n  - name: t\n    type: evtx\n    match_count: 2\n    path: x/%.evtx\n"
	recordings, problems := reenact.Load(fstest.MapFS{
		"a/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "a"))}, "a/a.json": {Data: []byte(line + "\n" + line)},
		"b/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "b"))}, "b/b.raw": {Data: []byte("line\n")},
		"c/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "c"))},
		"e/info.yml": {Data: []byte("regression_tests_info:\n  - path: x/e.evtx\n")}, "e/e.json": {Data: []byte(line)},
		"f/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "f"))}, "f/a.json": {Data: []byte(line)}, "f/b.json": {Data: []byte(line)},
		"g/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "g"))}, "g/a.JSON": {Data: []byte(line)},
		"d/info.yml": {Data: []byte(strings.ReplaceAll(info, "%", "d"))}, "d/d.json": {Data: []byte("{")},
	})
	require.Empty(t, problems)
	require.Len(t, recordings, 7)
	assert.Len(t, recordings[0].Events, 2)
	assert.Equal(t, map[string]string{"TargetFilename": "x"}, recordings[0].Events[0].Data)
	assert.Equal(t, 2, recordings[0].Count)
	assert.Len(t, recordings[6].Events, 1, "the only recording there, though it is called something else")
	for _, recording := range recordings[1:6] {
		assert.NotEmpty(t, recording.Invalid, recording.Name)
		assert.Empty(t, recording.Events)
	}
}

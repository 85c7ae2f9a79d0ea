package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// differing are two runs in which everything that can differ does.
func differing() diff.Difference {
	started := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
	step := func(id string, became verdict.Verdict) result.Step {
		return result.Step{ID: id, Expectations: []result.Expectation{{
			Detector: "sigma", Rule: "11111111-2222-4333-8444-555555555555", Title: "Page", Want: verdict.Fires, Shape: event.Native, Verdict: became,
			Explanation: "✗ Page: does not match\n", File: "mail.hcl", Line: 7,
		}}}
	}
	events := func(took time.Duration, path any, n int) []event.Event {
		var all []event.Event
		for i := range n {
			all = append(all, event.Event{
				ID: string(rune('a' + i)), Time: started.Add(time.Duration(i) * took),
				Sources: []event.LogSource{{Product: "windows", Category: "file_event"}}, Fields: map[string]any{"TargetFilename": path},
			})
		}
		return all
	}
	alert := detect.Alert{Rule: "22222222-2222-4333-8444-555555555555", Title: "Tool", Level: "high", Shape: event.Native, Events: []string{"b"}}
	run := func(id string, became verdict.Verdict, took time.Duration, path any, more int, alerts ...detect.Alert) diff.Run {
		return diff.Run{ID: id, Scenarios: []diff.Scenario{{
			Scenario: result.Scenario{Name: "mail", Steps: []result.Step{step("drop", became), step("copy", became), {ID: "more"}, {ID: id}}},
			Events:   map[string][]event.Event{"drop": events(took, path, 2), "more": events(took, path, more)},
			Alerts:   map[string][]detect.Alert{"drop": {alert}, "copy": alerts},
		}}}
	}
	before := run("first", verdict.Detected, time.Second, `C:\a`, 1, alert)
	after := run("second", verdict.Missed, time.Hour, nil, 2)
	before.Rules = []diff.Rule{{ID: "11111111-2222-4333-8444-555555555555", Title: "Page", File: "page.yml", Digest: "a"}}
	after.Rules = []diff.Rule{{ID: "11111111-2222-4333-8444-555555555555", Title: "Page", File: "page.yml", Digest: "b"}}
	return diff.Compare(before, after)
}

func TestADifferenceIsToldByCause(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Diff(&out, differing(), report.Style{Width: 80}))
	golden(t, "diff_80.golden", out.String())
}

func TestADifferenceIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.DiffSchema)
	for _, d := range []diff.Difference{differing(), diff.Compare(diff.Run{}, diff.Run{})} {
		var out bytes.Buffer
		require.NoError(t, report.DiffJSON(&out, d))
		document, err := jsonschema.UnmarshalJSON(&out)
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(document))
	}
}

package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/robustness"
)

// measurement has every state there is.
func measurement() robustness.Measurement {
	place := robustness.Miss{Scenario: "host-web", Step: "page", Rule: "e460a3c3-c08f-4ace-84f8-4229a4feddc3", Lines: []robustness.Line{{
		Reported: `cmd.exe /c whoami`, Mutated: `"cmd.exe" /c whoami`,
	}}, Why: []string{`CommandLine would have to contain "cmd.exe /c"`}}
	cells := make([]robustness.Cell, len(evasion.All()))
	states := []robustness.State{robustness.Survives, robustness.Evaded, robustness.NotApplicable, robustness.Unjudged, robustness.NotAsked}
	for i := range cells {
		cells[i].State = states[i%len(states)]
		switch cells[i].State {
		case robustness.Survives:
			cells[i].Survived, cells[i].Of = 2, 2
		case robustness.Evaded:
			cells[i].Survived, cells[i].Of, cells[i].Evasions = 1, 2, []robustness.Miss{place}
		case robustness.NotAsked:
			cells[i].NotAsked = 1
		case robustness.NotApplicable, robustness.Unjudged:
		}
	}
	sees := make([]robustness.Cell, len(cells))
	for i := range sees {
		sees[i].State = robustness.NotApplicable
	}
	sees[0] = cells[0]
	notAsked := make([]robustness.Cell, len(cells))
	for i := range notAsked {
		notAsked[i].State = robustness.NotApplicable
	}
	notAsked[0] = robustness.Cell{State: robustness.NotAsked, NotAsked: 1}
	return robustness.Measurement{
		Format: robustness.Format, ID: "3b0a6d5c-2f0e-4a5e-8a53-b5c2e9f0c7f1", Version: "v1", Lab: "docker",
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Seconds: 6.25, Scenarios: 1, Executions: 12,
		Mutations: evasion.All(),
		Rules: []robustness.Rule{
			{Detector: "sigma", Rule: place.Rule, Title: "A Rule With a Title That Is Longer Than Its Column", Shape: event.EDR, Survives: 3, Of: 6, Cells: cells},
			{Detector: "sigma", Rule: place.Rule, Title: "Sees All", Shape: event.Native, Survives: 1, Of: 1, Cells: sees},
			{Detector: "sigma", Rule: place.Rule, Title: "Sees Nothing", Shape: event.Native, Cells: notAsked},
		},
		Missed:   []robustness.Miss{{Scenario: "host-web", Step: "keys", Rule: place.Rule}},
		Failures: []robustness.Failure{{Scenario: "host-web", Step: "page", Mutation: "moved_files", Reason: "the effect did not come about"}},
	}
}

func TestAMeasurementFitsItsTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Variants(&out, measurement(), report.Style{Width: 80}))
	golden(t, "variants_80.golden", out.String())
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
	}
}

func TestAMeasurementIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.VariantsSchema)
	for _, tt := range []struct {
		name   string
		change func(*robustness.Measurement)
		fits   bool
	}{
		{"all that there is", func(*robustness.Measurement) {}, true},
		{"another format", func(m *robustness.Measurement) { m.Format = "ringer.variants/0" }, false},
		{"an unknown state", func(m *robustness.Measurement) { m.Rules[0].Cells[0].State = "fine" }, false},
		{"no list of failures", func(m *robustness.Measurement) { m.Failures = nil }, false},
	} {
		measured := measurement()
		tt.change(&measured)
		var out bytes.Buffer
		require.NoError(t, report.VariantsJSON(&out, measured))
		document, err := jsonschema.UnmarshalJSON(&out)
		require.NoError(t, err)
		assert.Equal(t, tt.fits, schema.Validate(document) == nil, tt.name)
	}
}

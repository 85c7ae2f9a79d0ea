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

	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// mutants is a measurement with a rule of every outcome and each operator.
func mutants() mutate.Measurement {
	name := func(title string) mutate.Name {
		return mutate.Name{Rule: "e460a3c3-c08f-4ace-84f8-4229a4feddc3", Title: title, File: "rules/windows_task_deleted.yml", Line: 1}
	}
	half, most := 0.25, 0.8999
	tested := mutate.Rule{Name: name("Registered Task Deleted by an Account"), Score: mutate.Score{Killed: 5, Survived: 15, Equivalent: 1, Score: &half}}
	for i, operator := range sigma.Operators() {
		tested.Survivors = append(tested.Survivors, mutate.Mutant{Operator: operator, Line: 19 + i, Was: "TaskName|startswith: '\\Carrier', '\\Another Name That Is Long', '\\More'", Now: "TaskName|contains"})
	}
	tested.Survivors[5].Was, tested.Survivors[5].Now = "not filter_system", ""
	tested.Equivalents = []mutate.Mutant{{Operator: sigma.ValueDropped, Line: 20, Was: "TaskName|contains: 'a b'", Because: "covered by 'a'"}}
	return mutate.Measurement{
		Format: mutate.Format, ID: "3b0a6d5c-2f0e-4a5e-8a53-b5c2e9f0c7f1", Version: "v1", Lab: "docker",
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Seconds: 20.25, JudgingSeconds: 4.5, Scenarios: 11,
		Summary: mutate.Summary{Rules: 2, Unscored: 1, Score: mutate.Score{Killed: 8999, Survived: 1001, Equivalent: 1, Score: &most}},
		Rules: []mutate.Rule{
			{Name: name("Member Put Into a Group"), Unscored: "the unaltered rule is not met: missed at member of soft-cell"},
			tested,
			{Name: name("Task Deleted")},
		},
		Unexpected: []mutate.Name{name("Nobody Expects It")},
	}
}

func TestSurvivorsFitTheirTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Mutate(&out, mutants(), report.Style{Width: 80}))
	golden(t, "mutate_80.golden", out.String())
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
	}
}

func TestMutantsJudgedInAFakeLabSaySo(t *testing.T) {
	t.Parallel()
	rehearsed := mutants()
	rehearsed.Lab, rehearsed.Rules, rehearsed.Unexpected = "fake", nil, nil
	rehearsed.Summary = mutate.Summary{}
	var out strings.Builder
	require.NoError(t, report.Mutate(&out, rehearsed, report.Style{Width: 120}))
	assert.Contains(t, out.String(), "nothing was performed")
	assert.Contains(t, out.String(), "score none")
	assert.NotContains(t, out.String(), "No expectation names")
}

func TestMutantsAreAsTheirSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.MutateSchema)
	for _, tt := range []struct {
		name   string
		change func(*mutate.Measurement)
		fits   bool
	}{
		{"all that there is", func(*mutate.Measurement) {}, true},
		{"another format", func(m *mutate.Measurement) { m.Format = "ringer.mutate/0" }, false},
		{"an unknown operator", func(m *mutate.Measurement) { m.Rules[1].Survivors[0].Operator = "rewritten" }, false},
		{"a share above one", func(m *mutate.Measurement) { *m.Summary.Score.Score = 1.5 }, false},
		{"no list of rules", func(m *mutate.Measurement) { m.Rules = nil }, false},
	} {
		measured := mutants()
		tt.change(&measured)
		var out bytes.Buffer
		require.NoError(t, report.MutateJSON(&out, measured))
		document, err := jsonschema.UnmarshalJSON(&out)
		require.NoError(t, err)
		assert.Equal(t, tt.fits, schema.Validate(document) == nil, tt.name)
	}
}

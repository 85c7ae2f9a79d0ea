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
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/rulestate"
)

// ruleStates has a rule in each state.
func ruleStates() rulestate.Document {
	processes := []event.LogSource{{Product: "windows", Category: "process_creation"}}
	rules := []rulestate.Rule{
		{
			ID: "11111111-2222-4333-8444-555555555555", Title: "Shell of a Service", Level: "high", File: "rules/shell.yml", Line: 1, Changed: "2026-01-02", Tags: []string{"attack.t1059"}, Sources: processes,
			State: rulestate.Noisy, Reason: "1 day: backup (mail)", Asked: 40, AskedAt: 3,
			Fires:    []rulestate.Fire{{At: "mail/shell", Behaviour: "shell", Technique: "T1059", Asset: "mail", Shape: event.EDR, Alerts: 2, Stated: []string{"User"}}, {At: "mail/more", Behaviour: "shell", Asset: "mail", Shape: event.Native, Alerts: 1, Unproven: "the effect of the step was not proven"}},
			Alarms:   []rulestate.Alarm{{At: "mail/quiet", Day: "office_day", Activity: "backup", Asset: "mail", Shape: event.Native, Alerts: 1, EventID: "mail-7", Event: event.Event{Provenance: event.Translated, Sources: processes, Fields: map[string]any{"CommandLine": "cmd /c backup"}}}},
			Mutation: &rulestate.MutationScore{Killed: 5, Survived: 2},
		},
		{
			ID: "22222222-2222-4333-8444-555555555555", Title: "A Title That Is Longer Than Any Column That It Could Be Put Into", File: "rules/long.yml", Line: 7, Tags: []string{}, Sources: processes, Fires: []rulestate.Fire{}, Alarms: []rulestate.Alarm{},
			State: rulestate.Untested, Reason: `1 away at mail/shell: CommandLine must contain "/x"`, Asked: 40, AskedAt: 3,
			Nearest:    &rulestate.NearMiss{At: "mail/shell", NearMiss: detect.NearMiss{Event: "mail-3", Distance: 1, Changes: []string{`CommandLine must contain "/x"`}}},
			NearMisses: []rulestate.NearMiss{{At: "mail/shell", NearMiss: detect.NearMiss{Event: "mail-3", Distance: 1, Changes: []string{"x"}}}},
			CountedBy:  []string{"33333333-2222-4333-8444-555555555555"},
		},
		{ID: "Named by its title", Title: "Named by its title", File: "rules/cloud.yml", Line: 1, Tags: []string{}, Sources: []event.LogSource{{Product: "aws", Service: "cloudtrail"}}, Fires: []rulestate.Fire{}, Alarms: []rulestate.Alarm{}, State: rulestate.Unreachable, Reason: "no host has a log of product aws, service cloudtrail"},
		{ID: "44444444-2222-4333-8444-555555555555", Title: "Page", Level: "low", File: "rules/page.yml", Line: 1, Tags: []string{}, Sources: processes, Fires: []rulestate.Fire{{At: "mail/page", Behaviour: "page", Asset: "mail", Shape: event.Native, Alerts: 1}}, Alarms: []rulestate.Alarm{}, Asked: 2, AskedAt: 1, State: rulestate.Proven, Reason: "fires at mail/page"},
	}
	return rulestate.Document{
		Format: rulestate.Format, ID: "01a22681-0000-7000-8000-000000000000", Version: "v1", Lab: "docker", Started: time.Date(2026, 11, 29, 8, 53, 0, 0, time.UTC),
		Summary: rulestate.Summarise(rules), Rules: rules,
	}
}

func TestEachRuleHasARowAndEachStateASum(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Rules(&out, ruleStates(), report.Style{Width: 80}, 80))
	golden(t, "rules_80.golden", out.String())
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), 80)
	}
}

func TestRowsAreNotCutWhereNobodyLooks(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Rules(&out, ruleStates(), report.Style{Width: 80}, 1<<16))
	for _, rule := range ruleStates().Rules {
		assert.Contains(t, out.String(), rule.Reason)
	}
}

func TestARuleHasOneRowWhateverItIsCalled(t *testing.T) {
	t.Parallel()
	d := ruleStates()
	d.Rules = d.Rules[:1]
	d.Rules[0].Title, d.Rules[0].Reason = "two\nlines \x1b[31m", "a\nb"
	var out strings.Builder
	require.NoError(t, report.Rules(&out, d, report.Style{Width: 80}, 80))
	row, rest, _ := strings.Cut(out.String(), "\n")
	assert.Contains(t, row, `two\nlines`)
	assert.True(t, strings.HasPrefix(rest, "\n"), "one row, and then the sums")
	assert.NotContains(t, out.String(), "\x1b")
}

func TestAllOfOneRuleIsTold(t *testing.T) {
	t.Parallel()
	rule := ruleStates().Rules[0]
	for range 12 {
		rule.NearMisses = append(rule.NearMisses, *ruleStates().Rules[1].Nearest)
	}
	golden(t, "rule_state_80.golden", report.FormatPage(report.RulePage(rule), 80))
}

func TestTheStatesOfRulesAreAsTheirSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.RulesSchema)
	for _, d := range []rulestate.Document{ruleStates(), {Format: rulestate.Format, Rules: []rulestate.Rule{}}} {
		var out bytes.Buffer
		require.NoError(t, report.RulesJSON(&out, d))
		document, err := jsonschema.UnmarshalJSON(&out)
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(document))
	}
}

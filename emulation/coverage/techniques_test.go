package coverage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

const techniqueRules = `
title: Page
id: 11111111-1111-4111-8111-111111111111
tags: [attack.t1505.003]
logsource: {product: windows, category: file_event}
detection: {page: {TargetFilename|endswith: '.aspx'}, condition: page}
---
title: Task
id: 22222222-2222-4222-8222-222222222222
tags: [attack.t1053.005]
logsource: {product: windows, category: process_creation}
detection: {task: {Image|endswith: '\schtasks.exe', CommandLine|contains: '/create'}, condition: task}
---
title: Cloud
id: 33333333-3333-4333-8333-333333333333
tags: [attack.t1078.004]
logsource: {product: aws, service: cloudtrail}
detection: {user: {eventName: CreateUser}, condition: user}
`

// stepThat is a proven step that left an event of a category.
func stepThat(id, technique, category string, fields map[string]any) (plan.Step, runner.StepRecord) {
	record := runner.StepRecord{ID: id, Asset: "mail", Outcome: runner.Outcome{Proofs: []effect.Proof{{Check: "it is there", Before: "no such file"}}}}
	if category != "" {
		record.Events = []event.Event{{ID: id, Time: day, Provenance: event.Translated, Sources: []event.LogSource{{Product: "windows", Category: category}}, Fields: fields}}
	}
	return plan.Step{ID: id, Asset: "mail", Technique: technique}, record
}

func TestWhatWouldBeNeededForTheRest(t *testing.T) {
	t.Parallel()
	run := &runner.RunRecord{Plan: &plan.Plan{Name: "mail", Assets: []plan.Asset{{Name: "mail", Place: asset.Host{Kind: asset.Kind{Name: "exchange", Platform: effect.Windows}}}}}}
	add := func(step plan.Step, record runner.StepRecord) {
		run.Plan.Steps, run.Steps = append(run.Plan.Steps, step), append(run.Steps, record)
	}
	add(stepThat("page", "T1505.003", "file_event", map[string]any{"TargetFilename": `C:\x.aspx`}))
	add(stepThat("other_page", "T1505.003", "file_event", map[string]any{"TargetFilename": `C:\x.jsp`}))
	add(stepThat("task", "T1053.005", "process_creation", map[string]any{"Image": `C:\schtasks.exe`, "CommandLine": "/change"}))
	add(stepThat("archive", "T1560.001", "process_creation", map[string]any{"Image": `C:\rar.exe`}))
	add(stepThat("gone", "T1070.004", "file_delete", map[string]any{"TargetFilename": `C:\x`}))
	add(stepThat("nothing", "T1105", "", nil))
	add(stepThat("unproven", "T1016", "process_creation", nil))
	run.Steps[6].Outcome.Proofs = nil

	parsed, problems := sigma.Parse("rules.yml", []byte(techniqueRules))
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	detector, _ := detect.NewSigma(parsed)
	recording := rulestate.New([]*runner.RunRecord{run}, nil, telemetry.Channels)
	judged, err := recording.Judge(t.Context(), detector, nil)
	require.NoError(t, err)
	d := coverage.Techniques(recording, detector, judged, func(id string) bool { return id == parsed[0].ID })

	assert.Equal(t, coverage.Summary{Performed: 5, Seen: 1, ByOwn: 1, Waiting: 1}, d.Summary)
	got := map[string]coverage.Technique{}
	for _, technique := range d.Techniques {
		got[technique.ID] = technique
	}
	assert.Equal(t, coverage.Technique{
		ID: "T1505.003", Name: "Web Shell", Steps: []string{"mail/page", "mail/other_page"}, Seen: []string{"mail/page"},
		Own: []string{parsed[0].ID}, Others: []string{}, Rules: 1,
		Needs: []coverage.Need{{Kind: coverage.NeedsRule, Reason: `the nearest on it, "Page", is 1 away: TargetFilename must end with ".aspx"`, Steps: []string{"mail/other_page"}}},
	}, got["T1505.003"])
	for id, want := range map[string]coverage.Need{
		"T1053.005": {Kind: coverage.NeedsRule, Reason: `the nearest on it, "Task", is 1 away: CommandLine must contain "/create"`, Steps: []string{"mail/task"}},
		"T1560.001": {Kind: coverage.NeedsRule, Reason: "1 rule reads its events, and none of them is on T1560.001", Steps: []string{"mail/archive"}},
		"T1070.004": {Kind: coverage.NeedsLogSource, Reason: "no rule reads product windows, category file_delete", Steps: []string{"mail/gone"}},
		"T1105":     {Kind: coverage.NeedsEvent, Reason: "no log source has an event of it", Steps: []string{"mail/nothing"}},
		"T1016":     {Kind: coverage.NeedsEffect, Reason: "the effect of the step was not proven", Steps: []string{"mail/unproven"}},
		"T1078.004": {Kind: coverage.NeedsStep, Reason: "1 rule is on it, and no step performs it"},
	} {
		assert.Equal(t, []coverage.Need{want}, got[id].Needs, id)
	}
	assert.Equal(t, coverage.LogSource{Source: event.LogSource{Product: "windows", Category: "process_creation"}, Events: 3, Rules: 1, Hosts: []string{"exchange"}}, d.LogSources[0])
	assert.Contains(t, d.LogSources, coverage.LogSource{Source: event.LogSource{Product: "aws", Service: "cloudtrail"}, Rules: 1, Hosts: []string{}})
}

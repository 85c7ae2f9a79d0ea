package rulestate_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var start = time.Date(2021, 1, 1, 8, 0, 0, 0, time.UTC)

// started is a process event.
func started(id, image, line string) event.Event {
	return event.Event{
		ID: id, Time: start, Provenance: event.Translated, Sources: []event.LogSource{{Category: "process_creation", Product: "windows"}},
		Fields: map[string]any{"Image": image, "CommandLine": line},
	}
}

func declared(e event.Event) event.Event {
	e.Provenance = event.Declared
	return e
}

// record is a step whose effect was proven.
func record(id string, events ...event.Event) runner.StepRecord {
	return runner.StepRecord{ID: id, Asset: "desk", Events: events, Outcome: runner.Outcome{Canary: true, Proofs: []effect.Proof{{Check: "it is there", Before: "no such file"}}}}
}

func unproven(r runner.StepRecord) runner.StepRecord {
	r.Outcome.Proofs = []effect.Proof{{Check: "it is there", Before: "no such file", After: "no such file"}}
	return r
}

// runOf is a run of steps and of ordinary days.
func runOf(steps []runner.StepRecord, days ...runner.StepRecord) *runner.RunRecord {
	host := asset.Host{Kind: asset.Kind{Name: "workstation", Platform: effect.Windows}}
	p := &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "desk", Place: host}}}
	for _, step := range steps {
		p.Steps = append(p.Steps, plan.Step{ID: step.ID, Asset: "desk", Technique: "T1059.001"})
	}
	for _, day := range days {
		p.Baselines = append(p.Baselines, plan.Baseline{ID: day.ID, Asset: "desk", Kind: behaviour.Baseline{Name: "office_day"}})
	}
	return &runner.RunRecord{Plan: p, Assets: []runner.AssetRecord{{Name: "desk"}}, Steps: steps, Baselines: days}
}

const head = `
title: Tool
id: 11111111-1111-4111-8111-111111111111
date: 2024-01-01
modified: 2025-02-03
level: high
logsource: {category: process_creation, product: windows}
detection:
  tool: {Image|endswith: '\tool.exe'}
  line: {CommandLine|contains: '-attack'}
  condition: `

// rules compiles rules.
func rules(t *testing.T, text string) *detect.Sigma {
	t.Helper()
	parsed, problems := sigma.Parse("tool.yml", []byte(text))
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	detector, problems := detect.NewSigma(parsed)
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	return detector
}

func windowsProcesses(p effect.Platform) []event.LogSource {
	if p != effect.Windows {
		return nil
	}
	return []event.LogSource{{Category: "process_creation", Product: "windows"}, {Category: "file_event", Product: "windows"}}
}

func judge(t *testing.T, text string, runs ...*runner.RunRecord) []rulestate.Rule {
	t.Helper()
	judged, err := rulestate.New(runs, nil, windowsProcesses).Judge(t.Context(), rules(t, text), nil)
	require.NoError(t, err)
	return judged
}

func TestTheStateOfARule(t *testing.T) {
	t.Parallel()
	const tool, other = `C:\x\tool.exe`, `C:\x\other.exe`
	attack := record("attack", started("a", tool, "tool -attack"))
	broken := attack
	broken.Err = errors.New("an event was lost")
	for _, tt := range []struct {
		name, rule string
		run        *runner.RunRecord
		state      rulestate.State
		reason     string
	}{
		{"it fires where the effect was proven", head + "tool", runOf([]runner.StepRecord{attack}), rulestate.Proven, "fires at test/attack"},
		{"it fires and alarms on a day", head + "tool", runOf([]runner.StepRecord{attack}, record("day", started("d", tool, "tool"))), rulestate.Noisy, "1 day: office_day (desk)"},
		{"it alarms on a day alone", head + "tool", runOf(nil, record("day", started("d", tool, "tool"))), rulestate.Noisy, "1 day: office_day (desk)"},
		{"it was asked and never fired", head + "tool and line", runOf([]runner.StepRecord{record("quiet", started("a", other, "x")), record("near", started("b", tool, "x"))}), rulestate.Untested, `1 away at test/near: CommandLine must contain "-attack"`},
		{"a day comes near as well", head + "tool and line", runOf(nil, record("day", started("b", tool, "x"))), rulestate.Untested, `1 away at test/day: CommandLine must contain "-attack"`},
		{"the effect was not proven", head + "tool", runOf([]runner.StepRecord{unproven(attack)}), rulestate.Untested, "fired at test/attack, which proves nothing: the effect of the step was not proven"},
		{"the telemetry is not whole", head + "tool", runOf([]runner.StepRecord{broken}), rulestate.Untested, "fired at test/attack, which proves nothing: the step or its telemetry broke: an event was lost"},
		{"the event is declared", head + "tool", runOf([]runner.StepRecord{record("attack", declared(started("a", tool, "x")))}), rulestate.Untested, "fired at test/attack, which proves nothing: nothing of it was observed: it is only declared"},
		{"nothing here has such an event", "title: Files\nlogsource: {category: file_event, product: windows}\ndetection: {a: {Image: b}, condition: a}", runOf([]runner.StepRecord{attack}), rulestate.Untested, "not asked: no event of product windows, category file_event here; workstation can have one"},
		{"no host has such an event", "title: Cloud\nlogsource: {product: aws, service: cloudtrail}\ndetection: {a: {Image: b}, condition: a}", runOf([]runner.StepRecord{attack}), rulestate.Unreachable, "no host has a log of product aws, service cloudtrail"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			judged := judge(t, tt.rule, tt.run)
			require.Len(t, judged, 1)
			assert.Equal(t, tt.state, judged[0].State)
			assert.Equal(t, tt.reason, judged[0].Reason)
		})
	}
}

func TestARuleThatIsLeftOutIsTold(t *testing.T) {
	t.Parallel()
	judged := judge(t, "title: Open\nlogsource: {product: windows}\ndetection: {a: {User|expand: '%admins%'}, condition: a}", runOf(nil))
	require.Len(t, judged, 1)
	assert.Equal(t, rulestate.Untested, judged[0].State)
	assert.Equal(t, "left out: Placeholder without values: %admins% has no values, so the rule cannot be used; configure values for it", judged[0].Reason)
}

func TestRulesThatShareATitleAreToldAlike(t *testing.T) {
	t.Parallel()
	const text = "title: Same\nlogsource: {category: process_creation, product: windows}\ndetection: {a: {Image: tool}, condition: a}\n"
	for _, rule := range judge(t, text+"---\n"+text, runOf([]runner.StepRecord{record("attack", started("a", "tool", ""))})) {
		assert.Equal(t, rulestate.Proven, rule.State)
	}
}

func TestWhatRestsOnStatedFieldsIsTold(t *testing.T) {
	t.Parallel()
	stated := func(id string) event.Event {
		e := started(id, `C:\x\tool.exe`, "-attack")
		e.FieldProvenance = map[string]event.Provenance{"CommandLine": event.Stated}
		return e
	}
	run := runOf([]runner.StepRecord{record("stated", stated("a")), record("both", stated("b"), started("c", `C:\x\tool.exe`, "-attack"))})
	detector := rules(t, head+"tool and line")
	recording := rulestate.New([]*runner.RunRecord{run}, nil, windowsProcesses)
	judged, err := recording.Judge(t.Context(), detector, nil)
	require.NoError(t, err)
	require.NoError(t, recording.AddStated(t.Context(), detector, &judged[0]))
	require.Len(t, judged[0].Fires, 2)
	assert.Equal(t, []string{"CommandLine"}, judged[0].Fires[0].Stated)
	assert.Empty(t, judged[0].Fires[1].Stated)
	assert.Equal(t, rulestate.Proven, judged[0].State)
}

func TestAFalseAlarmProvesNothing(t *testing.T) {
	t.Parallel()
	run := runOf([]runner.StepRecord{record("attack", started("a", `C:\x\tool.exe`, ""))})
	run.Plan.Steps[0].Expect = []plan.Expectation{{Detector: "sigma", Rule: "11111111-1111-4111-8111-111111111111", Want: verdict.Quiet, Shape: event.Native}}
	judged := judge(t, head+"tool", run)
	assert.Equal(t, rulestate.Untested, judged[0].State)
	assert.Equal(t, "the step expects it to be silent", judged[0].Fires[0].Unproven)
}

func TestAllThatIsToldOfARule(t *testing.T) {
	t.Parallel()
	const tool = `C:\x\tool.exe`
	run := runOf([]runner.StepRecord{record("attack", started("a", tool, "-attack"), started("b", tool, "-attack")), record("near", started("c", tool, ""))}, record("day", started("d", tool, "-attack")))
	judged := judge(t, head+"tool and line", run)
	require.Len(t, judged, 1)
	judged[0].Alarms[0].Event = event.Event{}
	assert.Equal(t, rulestate.Rule{
		ID: "11111111-1111-4111-8111-111111111111", Title: "Tool", Level: "high", File: "tool.yml", Line: 2, Changed: "2025-02-03", Tags: []string{},
		Sources: []event.LogSource{{Category: "process_creation", Product: "windows"}}, State: rulestate.Noisy, Reason: "1 day: office_day (desk)",
		Fires:  []rulestate.Fire{{At: "test/attack", Technique: "T1059.001", Asset: "desk", Shape: event.Native, Alerts: 2}},
		Alarms: []rulestate.Alarm{{At: "test/day", Day: "office_day", Asset: "desk", Shape: event.Native, Alerts: 1, EventID: "d"}},
		Asked:  4, AskedAt: 3,
	}, judged[0])
}

func TestNearMissesAreAtOtherPlaces(t *testing.T) {
	t.Parallel()
	const tool = `C:\x\tool.exe`
	run := runOf([]runner.StepRecord{record("attack", started("a", tool, "-attack")), record("far", started("b", "x", "")), record("near", started("c", tool, ""))})
	detector := rules(t, head+"tool and line")
	recording := rulestate.New([]*runner.RunRecord{run}, nil, windowsProcesses)
	judged, err := recording.Judge(t.Context(), detector, nil)
	require.NoError(t, err)
	var at []string
	for _, near := range recording.NearMisses(detector, judged[0]) {
		at = append(at, near.At)
	}
	assert.Equal(t, []string{"test/near", "test/far"}, at)
}

func TestWhatACorrelationCountsHasItsState(t *testing.T) {
	t.Parallel()
	text := head + `tool
---
title: Twice
id: 22222222-2222-4222-8222-222222222222
correlation:
  type: event_count
  rules: [11111111-1111-4111-8111-111111111111]
  timespan: 1h
  condition: {gte: 2}
`
	const tool = `C:\x\tool.exe`
	judged := judge(t, text, runOf([]runner.StepRecord{record("attack", started("a", tool, ""), started("b", tool, ""))}))
	require.Len(t, judged, 2)
	for _, rule := range judged {
		assert.Equal(t, rulestate.Proven, rule.State, rule.Title)
	}
	judged = judge(t, text, runOf([]runner.StepRecord{record("attack", started("a", tool, ""))}))
	for _, rule := range judged {
		assert.Equal(t, rulestate.Untested, rule.State, rule.Title)
		if rule.Title == "Tool" {
			assert.Equal(t, []string{"22222222-2222-4222-8222-222222222222"}, rule.CountedBy)
		}
	}
}

func TestWhatWantsAttentionComesFirst(t *testing.T) {
	t.Parallel()
	text := ""
	for _, rule := range [][2]string{{"fires", "{Image: attack}"}, {"far", "{Image: a, CommandLine: b}"}, {"noisy", "{Image: day}"}, {"near", "{Image: a}"}} {
		text += "title: " + rule[0] + "\nlogsource: {category: process_creation, product: windows}\ndetection: {a: " + rule[1] + ", condition: a}\n---\n"
	}
	text += "title: cloud\nlogsource: {product: aws}\ndetection: {a: {b: c}, condition: a}\n"
	var titles []string
	for _, rule := range judge(t, text, runOf([]runner.StepRecord{record("attack", started("a", "attack", ""))}, record("day", started("d", "day", "")))) {
		titles = append(titles, rule.Title)
	}
	assert.Equal(t, []string{"noisy", "near", "far", "cloud", "fires"}, titles)
}

func TestWhatIsConcernedByAChange(t *testing.T) {
	t.Parallel()
	const text = `
title: counted
name: counted
logsource: {product: windows}
detection: {a: {b: c}, condition: a}
---
title: other
logsource: {product: windows}
detection: {a: {b: c}, condition: a}
---
title: counting
correlation: {type: event_count, rules: [counted], timespan: 1h, condition: {gte: 2}}
---
title: filter
logsource: {product: windows}
filter: {rules: [counted], a: {b: d}, condition: not a}
`
	parsed, problems := sigma.Parse("all.yml", []byte(text))
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	for _, tt := range []struct {
		changed            string
		members, concerned []string
	}{
		{"counted", []string{"counted", "counting", "filter"}, []string{"counted", "counting"}},
		{"counting", []string{"counted", "counting", "filter"}, []string{"counting"}},
		{"other", []string{"other", "filter"}, []string{"other"}},
		{"filter", []string{"counted", "other", "counting", "filter"}, []string{"counted", "counting", "other"}},
		{"none", []string{"filter"}, nil},
	} {
		members, concerned := rulestate.Concerned(parsed, func(r *sigma.Rule) bool { return r.Title == tt.changed })
		var named, about []string
		for _, rule := range members {
			named = append(named, rule.Title)
		}
		for rule, is := range concerned {
			if is {
				about = append(about, rule.Title)
			}
		}
		assert.Equal(t, tt.members, named, tt.changed)
		assert.ElementsMatch(t, tt.concerned, about, tt.changed)
	}
}

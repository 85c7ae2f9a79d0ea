package robustness_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func TestWaysAreTheReportedOneAndThoseThatApply(t *testing.T) {
	t.Parallel()
	cases := plan.Step{
		ID: "cases", Asset: "web", Behaviour: behaviour.Behaviour{About: behaviour.About{Phase: behaviour.Boundary}},
		Effect: effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/rm", Args: []string{"rm", "-f", "/etc/y"}}}},
	}
	p := &plan.Plan{
		Name: "test", Baselines: []plan.Baseline{{ID: "day"}},
		Assets: []plan.Asset{{Name: "web", Place: asset.Host{Kind: asset.Kind{Platform: effect.Linux}}}},
		Steps: []plan.Step{
			cases,
			{ID: "removed", Asset: "web", Effect: effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/rm", Args: []string{"rm", "-f", "/etc/x"}}}}},
			{ID: "running", Asset: "web", Effect: effect.StepPlan{Processes: []effect.Process{{Image: "/usr/sbin/cron", Args: []string{"cron"}, Resident: true}}}},
		},
	}
	lines := map[string][]robustness.Line{"": nil}
	names := []string{}
	for _, variant := range robustness.Variants(p) {
		names = append(names, variant.Plan.Name)
		lines[variant.Mutation] = variant.MutatedSteps["removed"]
		assert.NotContains(t, variant.MutatedSteps, "running")
		assert.Empty(t, variant.Plan.Baselines)
		assert.Len(t, variant.Plan.Steps, 2, "what is not mutated is performed too: a later step may build on it")
	}
	assert.Equal(t, []string{"test", "test+renamed_program", "test+moved_program", "test+long_options"}, names)
	assert.Equal(t, map[string][]robustness.Line{
		"":                nil,
		"renamed_program": {{Reported: "rm -f /etc/x", Mutated: "updater -f /etc/x"}},
		"moved_program":   {{Reported: "rm -f /etc/x", Mutated: "/var/tmp/rm -f /etc/x"}},
		"long_options":    {{Reported: "rm -f /etc/x", Mutated: "rm --force /etc/x"}},
	}, lines)
	assert.Equal(t, "rm", p.Steps[1].Effect.Processes[0].Args[0])
	p.Steps = []plan.Step{cases}
	assert.Empty(t, robustness.Variants(p), "boundary cases are other forms already")
}

func TestWhatWasPerformedIsWhatTheWaysAreComparedBy(t *testing.T) {
	t.Parallel()
	remove := func(args ...string) effect.StepPlan {
		return effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/rm", Args: args}}}
	}
	variants := robustness.Variants(&plan.Plan{
		Name: "test", Assets: []plan.Asset{{Name: "web", Place: asset.Host{Kind: asset.Kind{Platform: effect.Linux}}}},
		Steps: []plan.Step{{ID: "removed", Asset: "web", Effect: remove("rm", "-f", "/etc/x")}},
	})
	performed := map[string]map[string]effect.StepPlan{
		"test":                 {"removed": remove("rm", "-f", "/etc/other")},
		"test+renamed_program": {"removed": remove("other", "-f", "/etc/other")},
		"test+long_options":    {"removed": {Processes: []effect.Process{remove("rm", "--force").Processes[0], remove("rm").Processes[0]}}},
	}
	lines := map[string][]robustness.Line{}
	for _, variant := range robustness.AsPerformed(variants, func(plan string) map[string]effect.StepPlan { return performed[plan] }) {
		lines[variant.Mutation] = variant.MutatedSteps["removed"]
		assert.Equal(t, performed[variant.Plan.Name]["removed"], variant.Plan.Steps[0].Effect)
	}
	assert.Equal(t, map[string][]robustness.Line{
		"":                nil,
		"renamed_program": {{Reported: "rm -f /etc/other", Mutated: "other -f /etc/other"}},
		"long_options":    {{Reported: "rm -f /etc/other", Mutated: "rm --force"}},
	}, lines, "what was not performed is left out, and so is a process that the reported one does not have")
	delete(performed, "test")
	assert.Empty(t, robustness.AsPerformed(variants, func(plan string) map[string]effect.StepPlan { return performed[plan] }))
}

// judged is a scenario of one step whose rule got that verdict.
func judged(got verdict.Verdict, change ...func(*result.Step)) result.Scenario {
	step := result.Step{ID: "step", Expectations: []result.Expectation{
		{Detector: "sigma", Rule: "quiet", Want: verdict.Quiet, Verdict: verdict.Silent},
		{Detector: "sigma", Rule: "bell", Title: "A Bell", Want: verdict.Fires, Shape: event.Native, Verdict: got},
	}}
	switch bell := &step.Expectations[1]; got {
	case verdict.Detected:
		bell.Evidence = []event.Event{{Fields: map[string]any{"CommandLine": "rings"}}}
	case verdict.Missed:
		bell.Asked = 2
		bell.Mismatches = []detect.Mismatch{
			{Event: event.Event{Fields: map[string]any{"CommandLine": "sets  out"}}, Changes: []string{"nearest"}},
			{Event: event.Event{Fields: map[string]any{"CommandLine": "updater"}}, Changes: []string{"Image would have to end with bell"}},
		}
	}
	for _, apply := range change {
		apply(&step)
	}
	return result.Scenario{Name: "test", Assets: []result.Asset{{Name: "web"}}, Steps: []result.Step{step}}
}

func TestARuleSurvivesWhereItFiresAllTheSame(t *testing.T) {
	t.Parallel()
	miss := robustness.Miss{
		Scenario: "test", Step: "step", Rule: "bell", Lines: []robustness.Line{{Reported: "rings", Mutated: "updater"}},
		Why: []string{"Image would have to end with bell"},
	}
	for _, tt := range []struct {
		name            string
		before, after   result.Scenario
		want            robustness.Cell
		missed, trouble int
	}{
		{"survives", judged(verdict.Detected), judged(verdict.Detected), robustness.Cell{State: robustness.Survives, Survived: 1, Of: 1}, 0, 0},
		{"evaded", judged(verdict.Detected), judged(verdict.Missed), robustness.Cell{State: robustness.Evaded, Of: 1, Evasions: []robustness.Miss{miss}}, 0, 0},
		{"neither, where it had nothing to look at", judged(verdict.Detected), judged(verdict.Missed, func(s *result.Step) { s.Expectations[1].Asked = 0 }),
			robustness.Cell{State: robustness.NotAsked, NotAsked: 1}, 0, 0},
		{"missed as reported is no evasion", judged(verdict.Missed), judged(verdict.Missed), robustness.Cell{State: robustness.NotApplicable}, 1, 0},
		{"where nothing is performed nothing is judged", judged(verdict.Skipped), judged(verdict.Skipped), robustness.Cell{State: robustness.Unjudged}, 0, 0},
		{"no effect is trouble, not evasion", judged(verdict.Detected), judged(verdict.NoEffect),
			robustness.Cell{State: robustness.NotApplicable}, 0, 1},
		{"what broke is trouble", judged(verdict.Detected), judged(verdict.Missed, func(s *result.Step) { s.Error = "lost" }),
			robustness.Cell{State: robustness.NotApplicable}, 0, 1},
		{"telemetry with a gap is trouble", judged(verdict.Detected), judged(verdict.Errored), robustness.Cell{State: robustness.NotApplicable}, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			variants := []robustness.Variant{{}, {Mutation: "renamed_program", MutatedSteps: map[string][]robustness.Line{
				"step": {{Reported: "sets out", Mutated: "sets  out"}, {Reported: "rings", Mutated: "updater"}},
			}}}
			rules, missed, failures := robustness.Measure(variants, []result.Scenario{tt.before, tt.after})
			require.Len(t, rules, 1)
			require.Len(t, rules[0].Cells, len(evasion.All()))
			got := rules[0].Cells[0]
			assert.Equal(t, tt.want.State, got.State)
			assert.Equal(t, [2]int{tt.want.Survived, tt.want.Of}, [2]int{got.Survived, got.Of})
			assert.Equal(t, tt.want.Evasions, got.Evasions)
			assert.Len(t, missed, tt.missed)
			assert.Len(t, failures, tt.trouble)
			assert.Equal(t, robustness.NotApplicable, rules[0].Cells[1].State)
			measured := robustness.Measurement{Rules: rules}
			assert.Equal(t, tt.want.State == robustness.Evaded, measured.Evaded() == 1)
			assert.Equal(t, tt.want.NotAsked, got.NotAsked)
			assert.Equal(t, tt.want.State == robustness.NotAsked, measured.NotAsked() == 1)
			assert.False(t, measured.NotAsked() == 1 && measured.Untried() == 1, "what was tried is not untried")
		})
	}
}

// One step at which it was asked does not make a rule survive at another.
func TestAMutationIsNotSurvivedWhereARuleWasNotAsked(t *testing.T) {
	t.Parallel()
	twice := func(second verdict.Verdict) result.Scenario {
		scenario, more := judged(verdict.Detected), judged(second).Steps[0]
		more.ID, more.Expectations[1].Asked = "second", 0
		scenario.Steps = append(scenario.Steps, more)
		return scenario
	}
	variants := []robustness.Variant{{}, {Mutation: "renamed_program", MutatedSteps: map[string][]robustness.Line{"step": nil, "second": nil}}}
	rules, _, _ := robustness.Measure(variants, []result.Scenario{twice(verdict.Detected), twice(verdict.Missed)})
	assert.Equal(t, robustness.NotAsked, rules[0].Cells[0].State)
	assert.Equal(t, [3]int{1, 1, 1}, [3]int{rules[0].Cells[0].Survived, rules[0].Cells[0].Of, rules[0].Cells[0].NotAsked})
	assert.Equal(t, [2]int{0, 0}, [2]int{rules[0].Survives, rules[0].Of})
}

// What auditd tells of a start has the line in pieces.
func TestALineIsFoundInItsPieces(t *testing.T) {
	t.Parallel()
	before := judged(verdict.Detected)
	before.Steps[0].Expectations[1].Evidence = []event.Event{{Fields: map[string]any{"type": "EXECVE", "a0": "tar", "a1": "-cf"}}}
	line := robustness.Line{Reported: "tar -cf", Mutated: "updater -cf"}
	variants := []robustness.Variant{{}, {Mutation: "renamed_program", MutatedSteps: map[string][]robustness.Line{
		"step": {{Reported: "mkdir x", Mutated: "updater2 x"}, line},
	}}}
	rules, _, _ := robustness.Measure(variants, []result.Scenario{before, judged(verdict.Missed)})
	assert.Equal(t, []robustness.Line{line}, rules[0].Cells[0].Evasions[0].Lines)
}

// A correlation is evaded at the step that completes it, though that is done as
// reported.
func TestAnEarlierStepCanEvadeForALaterOne(t *testing.T) {
	t.Parallel()
	variants := []robustness.Variant{{}, {Mutation: "renamed_program", MutatedSteps: map[string][]robustness.Line{"another": nil}}}
	for _, tt := range []struct {
		name  string
		after verdict.Verdict
		want  robustness.State
	}{
		{"missed, it was evaded", verdict.Missed, robustness.Evaded},
		{"detected, nothing was tried of it", verdict.Detected, robustness.NotApplicable},
	} {
		rules, _, _ := robustness.Measure(variants, []result.Scenario{judged(verdict.Detected), judged(tt.after)})
		assert.Equal(t, tt.want, rules[0].Cells[0].State, tt.name)
	}
}

func TestAnAssetThatIsNotAsItWasSpoilsTheMeasurement(t *testing.T) {
	t.Parallel()
	left := judged(verdict.Detected)
	left.Assets[0].Leftover = []string{"/tmp/x"}
	_, _, failures := robustness.Measure([]robustness.Variant{{}}, []result.Scenario{left})
	assert.Equal(t, []robustness.Failure{{Scenario: "test", Reason: "asset web is not as it was provisioned"}}, failures)
}

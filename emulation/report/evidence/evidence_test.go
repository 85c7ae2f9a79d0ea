package evidence_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
)

func observedLab() fake.Lab {
	return fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true}
}

func TestACampaignIsCollectedWithItsEventsAndProcesses(t *testing.T) {
	t.Parallel()
	run := reporttest.Overlap(t, observedLab())
	require.Len(t, run.Scenarios, 1)
	scenario := run.Scenarios[0]
	require.NotNil(t, scenario.Telemetry)
	events := 0
	for _, step := range scenario.Steps {
		events += len(step.Events)
		inTrees := 0
		var count func(all []*evidence.Process)
		count = func(all []*evidence.Process) {
			for _, process := range all {
				inTrees += len(process.Events)
				count(process.Children)
			}
		}
		count(step.Processes)
		assert.Equal(t, len(step.Events), inTrees, "each event of %s is one process's", step.Judged.ID)
		assert.NotZero(t, step.Line, step.Judged.ID)
		for _, alert := range step.Alerts {
			assert.NotEmpty(t, alert.Level, alert.Title)
			assert.NotEmpty(t, alert.Events, alert.Title)
		}
	}
	assert.Equal(t, run.Result.Summary.Events, events)
	assert.Empty(t, run.Findings(), "all of the campaign is as expected")
	for id, rule := range run.Rules {
		assert.Regexp(t, "^(condition|correlation):", rule.Condition.Text, id)
	}
}

func TestAProcessTreeSaysWhoStartedWhatAndLeftWhat(t *testing.T) {
	t.Parallel()
	step := reporttest.Sample(t).Scenarios[0].Steps[1]
	require.Equal(t, "backdoor", step.Judged.ID)
	require.Len(t, step.Processes, 1)
	root := step.Processes[0]
	assert.Equal(t, `C:\Windows\System32\inetsrv\w3wp.exe`, root.Image)
	assert.Equal(t, `w3wp.exe -ap "Pool"`, root.Name())
	assert.True(t, root.Resident)
	assert.Nil(t, root.ExitCode)
	require.Len(t, root.Children, 1)
	child := root.Children[0]
	assert.Equal(t, `IIS APPPOOL\Pool`, child.User, "an account is inherited")
	require.NotNil(t, child.ExitCode)
	assert.Equal(t, 1, *child.ExitCode)
	require.Len(t, child.Events, 1)
	assert.Equal(t, "mail-7", child.Events[0].ID)
}

func TestFindingsAreTheWorstFirstAndARuleIsNamedOnce(t *testing.T) {
	t.Parallel()
	run := reporttest.Sample(t)
	var names []string
	for _, f := range run.FindingsByRule() {
		names = append(names, f.Name()+": "+f.Places(2))
	}
	assert.Equal(t, []string{
		"errored: mail-backdoor/asset mail", "errored: mail-backdoor/broken_step", "errored: naikon",
		"errored: mail-backdoor/backdoor", "pending: mail-backdoor/backdoor",
		"missed: mail-backdoor/backdoor", "false alarm: mail-backdoor/backdoor", "detected late: mail-backdoor/backdoor", "no effect: mail-backdoor/backdoor",
		"skipped: mail-backdoor/backdoor", "not asked: mail-backdoor/backdoor",
		"unexpected alert: mail-backdoor/backdoor",
	}, names)
	for _, f := range run.Findings() {
		assert.Equal(t, f.Verdict == verdict.Missed || f.Verdict == verdict.FalseAlarm, f.RuleAtFault, f.Name())
	}
}

func TestAFindingIsLocatedInTheRuleAndInTheScenario(t *testing.T) {
	t.Parallel()
	run := reporttest.Sample(t)
	at, ok := run.RuleLocation(reporttest.PageRule)
	require.True(t, ok)
	assert.Equal(t, evidence.Location{
		Path: "rules/page.yml", InRepository: true, Region: evidence.Region{Line: 11, Start: 3, End: 18, Text: "condition: page"},
	}, at)
	field, ok := run.Rules[reporttest.PageRule].Field("TargetFilename")
	require.True(t, ok)
	assert.Equal(t, 10, field.Line)
	for _, f := range run.Findings() {
		if f.Verdict != verdict.Missed {
			continue
		}
		in := run.Location(f)
		assert.Equal(t, "scenarios/mail.hcl", in.Path)
		assert.Equal(t, 29, in.Line)
		assert.Equal(t, 3, in.Start)
		assert.Equal(t, `expect "sigma" "`+reporttest.PageRule+`" {`, in.Text)
	}
	outside := run.Location(evidence.Finding{File: `..\..\C:\x\mail.hcl`, Line: 3})
	assert.Equal(t, evidence.Location{Path: "C:/x/mail.hcl", Region: evidence.Region{Line: 3, Start: 1, End: 2}}, outside)
}

func TestWhatChangedIsTheWorseFirst(t *testing.T) {
	t.Parallel()
	run := reporttest.Sample(t)
	require.True(t, run.Compared)
	var kinds []string
	for _, change := range run.Changes {
		kinds = append(kinds, change.Kind.String())
	}
	assert.Equal(t, verdict.Missed, run.Changes[2].After.Verdict, "after what was forgotten and what broke")
	assert.Equal(t, []string{"worse", "worse", "worse", "worse", "worse", "worse", "worse", "worse", "worse", "new unexpected alert", "changed"}, kinds)
}

func TestAChangeIsJudgedByBothVerdicts(t *testing.T) {
	t.Parallel()
	run := func(v ...verdict.Verdict) result.Run {
		step := result.Step{ID: "step"}
		for _, v := range v {
			step.Expectations = append(step.Expectations, result.Expectation{Rule: "rule", Shape: event.Native, Verdict: v})
		}
		return result.Run{Scenarios: []result.Scenario{{Name: "scenario", Steps: []result.Step{step}}}}
	}
	for _, test := range []struct {
		name          string
		before, after []verdict.Verdict
		kinds         []diff.ChangeKind
	}{
		{"nothing where the verdict is the same", []verdict.Verdict{verdict.Missed}, []verdict.Verdict{verdict.Missed}, nil},
		{"worse where it was met", []verdict.Verdict{verdict.Detected}, []verdict.Verdict{verdict.Missed}, []diff.ChangeKind{diff.Worse}},
		{"better where it was not", []verdict.Verdict{verdict.Missed}, []verdict.Verdict{verdict.Detected}, []diff.ChangeKind{diff.Better}},
		{"worse where a detection became a known gap", []verdict.Verdict{verdict.Detected}, []verdict.Verdict{verdict.BlindSpot}, []diff.ChangeKind{diff.Worse}},
		{"better where a gap was closed", []verdict.Verdict{verdict.BlindSpot}, []verdict.Verdict{verdict.Detected}, []diff.ChangeKind{diff.Better}},
		{"changed where another answer is expected and came", []verdict.Verdict{verdict.Detected}, []verdict.Verdict{verdict.Silent}, []diff.ChangeKind{diff.Reinterpreted}},
		{"new where it was not there", nil, []verdict.Verdict{verdict.Detected}, []diff.ChangeKind{diff.Added}},
		{"worse where it is new and not met", nil, []verdict.Verdict{verdict.Missed}, []diff.ChangeKind{diff.Worse}},
		{"nothing where it is new and silent", nil, []verdict.Verdict{verdict.Silent}, nil},
		{"removed where it is no longer judged", []verdict.Verdict{verdict.Detected}, nil, []diff.ChangeKind{diff.Removed}},
		{"nothing where a silence is no longer judged", []verdict.Verdict{verdict.Silent}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			before := run(test.before...)
			got, err := evidence.Collect(evidence.Source{Result: run(test.after...), Previous: &before})
			require.NoError(t, err)
			var kinds []diff.ChangeKind
			for _, change := range got.Changes {
				kinds = append(kinds, change.Kind)
			}
			assert.Equal(t, test.kinds, kinds)
		})
	}
}

func TestTechniquesSayWhatWasReportedPerformedAndDetected(t *testing.T) {
	t.Parallel()
	states := map[string]evidence.TechniqueState{}
	for _, technique := range reporttest.Sample(t).Techniques() {
		states[technique.ID] = technique.State
		assert.NotEmpty(t, technique.Name, technique.ID)
	}
	assert.Equal(t, evidence.TechniquePartly, states["T1505.003"], "one alert of two came")
	assert.Equal(t, evidence.TechniqueUnjudged, states["T1562.002"])
	assert.Equal(t, evidence.TechniqueNotProven, states["T1547.001"])
	assert.Equal(t, evidence.TechniqueReported, states["T1003.001"])
}

func TestAResultAloneCanBeReported(t *testing.T) {
	t.Parallel()
	source := reporttest.Source()
	run, err := evidence.Collect(evidence.Source{Result: source.Result})
	require.NoError(t, err)
	step := run.Scenarios[0].Steps[1]
	assert.Equal(t, 45*24*time.Hour, step.Offset)
	assert.Len(t, step.Events, 1, "the events that the result holds, each once")
	assert.Empty(t, step.Processes)
	assert.False(t, run.Compared)
	_, known := run.RuleLocation(reporttest.PageRule)
	assert.False(t, known)
}

func TestAFileOfRulesThatIsNoYAMLIsNamed(t *testing.T) {
	t.Parallel()
	source := reporttest.Source()
	source.RuleFiles[0].Content = []byte("id: " + reporttest.PageRule + "\n\t: [")
	_, err := evidence.Collect(source)
	assert.ErrorContains(t, err, "read rules of /home/me/repo/rules/page.yml: ")
}

func TestATechniqueThatOnlyAGapNamesIsAGap(t *testing.T) {
	t.Parallel()
	run := reporttest.Sample(t)
	require.Len(t, run.Gaps(), 3)
	assert.Equal(t, "mail-backdoor/scan", run.Gaps()[0].Place())
	assert.Empty(t, run.TechniqueOfGap(run.Gaps()[2]).ID, "it names none")
	states := map[string]evidence.TechniqueState{}
	named := map[string]int{}
	for _, technique := range run.Techniques() {
		states[technique.ID], named[technique.ID] = technique.State, len(technique.Gaps)
	}
	assert.Equal(t, evidence.TechniqueGap, states["T1046"])
	assert.Equal(t, evidence.TechniqueNotProven, states["T1547.001"], "a step claims it as well")
	assert.Equal(t, []int{1, 1, 0}, []int{named["T1046"], named["T1547.001"], named["T1505.003"]})
}

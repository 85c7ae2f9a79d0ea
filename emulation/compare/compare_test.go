package compare_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

const day = 24 * time.Hour

var today = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)

// The ids of the rules that the tests stand on, in testdata/rules.yml.
const (
	pageWritten     = "10000000-0000-4000-8000-000000000001"
	programRun      = "10000000-0000-4000-8000-000000000002"
	logCleared      = "10000000-0000-4000-8000-000000000003"
	taskMade        = "10000000-0000-4000-8000-000000000004"
	taskThenCleared = "10000000-0000-4000-8000-000000000006"
	misnamed        = "10000000-0000-4000-8000-000000000005"
)

// campaign has two actors on two hosts over four years. The task's record stands
// in Security, which a later step clears.
const campaign = `
scenario "campaign" { title = "A test" }
actor "soft_cell" { group = "G0093" }
actor "panda"     { group = "G0027" }
asset "domain_controller" "dc" {}
asset "exchange" "mail" {}
step "scheduled_task_create" "task" {
  by = actor.soft_cell
  on = asset.dc
  at = "0d"
  expect "sigma" "10000000-0000-4000-8000-000000000004" { verdict = fires }
  expect "sigma" "10000000-0000-4000-8000-000000000003" { verdict = silent }
}
step "event_log_clear" "cleared" {
  by = actor.soft_cell
  on = asset.dc
  at = "10d"
  with { logs = ["Security"] }
  expect "sigma" "10000000-0000-4000-8000-000000000003" { verdict = fires }
  expect "sigma" "10000000-0000-4000-8000-000000000006" { verdict = fires }
}
step "owa_web_shell_drop" "page" {
  by = actor.panda
  on = asset.mail
  at = "700d"
  expect "sigma" "10000000-0000-4000-8000-000000000001" { verdict = fires }
  expect "sigma" "10000000-0000-4000-8000-000000000003" { verdict = silent }
}
step "run_key_set" "quiet" {
  by = actor.panda
  on = asset.mail
  at = "701d"
  expect "sigma" "10000000-0000-4000-8000-000000000001" { verdict = silent }
}
step "tool_files_delete" "unseen" {
  by = actor.panda
  on = asset.mail
  at = "702d"
  expect "sigma" "10000000-0000-4000-8000-000000000001" {
    verdict = blind
    because = "nothing is written"
  }
}
`

// compared performs the campaign in memory and judges it under the carriers.
func compared(t *testing.T, pretend bool, profiles plan.Conditions, change ...func(*runner.RunRecord)) compare.Scenario {
	t.Helper()
	rules, problems := sigma.LoadPaths("testdata/rules.yml")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	set, wrong := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"main.hcl": {Data: []byte(campaign)}}, "main.hcl")
	require.Empty(t, wrong)
	built, wrong := plan.Build(set.Scenarios[0], engine, telemetry.Channels, today)
	require.Empty(t, wrong)
	now := func() time.Time { return today }
	run := runner.Runner{Lab: fake.Lab{Now: now, ClaimObserved: pretend}, Now: now, NewTranslate: func(a plan.Asset) runner.Translate {
		return telemetry.New(a.Name, a.Place).Translate
	}, NewCheck: func(a plan.Asset) runner.TelemetryCheck {
		return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
	}}
	record, err := run.Run(t.Context(), "run", built)
	require.NoError(t, err)
	for _, alter := range change {
		alter(record)
	}
	judges := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: today}
	judged, err := judges.Conclude(t.Context(), record)
	require.NoError(t, err)
	out, err := compare.Comparer{Detectors: judges.Detectors, Conditions: profiles}.Compare(t.Context(), record, judged)
	require.NoError(t, err)
	return out
}

// carriersOf are one that has Security alone, for a year, and one that reads
// everything on the host, late and for thirty days.
func carriersOf(faults ...profile.Fault) plan.Conditions {
	return plan.Conditions{Faults: faults, Profiles: []profile.Profile{
		{Name: "security", Shape: event.Native, Lookback: day, Sources: []profile.Source{
			{Product: "windows", Name: "security", Storage: profile.Forwarded, Retention: 365 * day, HostRetention: 30 * day, Sample: 1},
		}},
		{Name: "host", Shape: event.Native, Sources: []profile.Source{
			{Product: profile.Any, Name: profile.Any, Storage: profile.Host, Retention: 30 * day, Delay: 12 * day, Sample: 1},
		}},
	}}
}

func TestTheMatrixTellsWhatEachCarrierWouldHaveSeen(t *testing.T) {
	t.Parallel()
	got := compared(t, true, carriersOf())
	rows := map[string][]compare.State{}
	for _, row := range got.Techniques {
		for _, cell := range row.Cells {
			rows[row.ID] = append(rows[row.ID], cell.State)
		}
	}
	assert.Equal(t, map[string][]compare.State{
		"T1053.005": {compare.Detected, compare.Detected, compare.NotAsked}, // cleared before the host's log was read
		"T1685.005": {compare.Detected, compare.Detected, compare.Detected},
		"T1505.003": {compare.Detected, compare.NotAsked, compare.Detected}, // Security has no files
		"T1547.001": {compare.NothingExpected, compare.NothingExpected, compare.NothingExpected},
		"T1070.004": {compare.Blind, compare.NotAsked, compare.Blind},
	}, rows)
	assert.Equal(t, compare.Cell{State: compare.Detected, Detected: 1, Expected: 1}, got.Techniques[0].Cells[0])
	assert.Equal(t, []int{4, 3, 2}, []int{got.Profiles[0].Detected, got.Profiles[1].Detected, got.Profiles[2].Detected})
}

// A rule whose fields a carrier drops is asked and misses; one whose log source it
// drops is not asked, and neither misses nor keeps silent.
func TestARuleIsNotAskedWhereItsLogSourceIsDropped(t *testing.T) {
	t.Parallel()
	having := func(name string, without ...string) profile.Profile {
		return profile.Profile{Name: name, Shape: event.Native, Sources: []profile.Source{
			{Product: "windows", Name: name, Storage: profile.Forwarded, Sample: 1, MissingFields: without},
		}}
	}
	got := compared(t, true, plan.Conditions{Profiles: []profile.Profile{
		having("file_event", "TargetFilename"), having("registry_set"),
	}})
	for _, row := range got.Techniques {
		if row.ID == "T1505.003" {
			assert.Equal(t, compare.Missed, row.Cells[1].State)
			assert.Equal(t, compare.NotAsked, row.Cells[2].State)
		}
	}
	type quiet struct{ silent, notAsked, alarms int }
	var quiets []quiet
	for _, profile := range got.Profiles {
		quiets = append(quiets, quiet{profile.Silent, profile.NotAsked, profile.FalseAlarms})
	}
	assert.Equal(t, []quiet{{1, 2, 0}, {0, 3, 0}, {0, 3, 0}}, quiets, "one of three has an event of Security to look at, where there is Security")
}

func TestNoVerdictIsMetWhereEverythingIsDeclared(t *testing.T) {
	t.Parallel()
	got := compared(t, false, carriersOf())
	for _, row := range got.Techniques {
		for _, cell := range row.Cells {
			assert.NotEqual(t, compare.Detected, cell.State, row.ID)
		}
	}
	assert.Zero(t, got.Profiles[0].Expected)
	assert.Equal(t, "would be detected, but nothing was performed: the events are declared", got.Unjudged)
	for _, actor := range got.Actors {
		assert.True(t, actor.Unjudged, actor.Name)
	}
	performed := compared(t, true, carriersOf())
	assert.Empty(t, performed.Unjudged)
	assert.False(t, performed.Actors[0].Unjudged)
}

func TestEachFaultCostsWhatItTakesAway(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		wrong profile.Fault
		lost  []int // full, security, host
	}{
		{profile.Exclusion{Field: "TargetFilename", Contains: ".aspx"}, []int{1, 0, 1}},
		{profile.DisabledRule{Rule: logCleared}, []int{1, 1, 1}},
		{profile.ForwarderOff{From: 0, Until: 11 * day}, []int{3, 3, 0}},
		{profile.ForwarderOff{From: 1 * day, Until: 2 * day}, []int{0, 0, 0}},
		{profile.ClockSkew{About: profile.About{On: []string{"domain_controller"}}, Ahead: -3 * day}, []int{0, 3, 0}},
		{profile.ParserFieldMissing{Field: "EventID"}, []int{4, 3, 2}},
	} {
		got := compared(t, true, carriersOf(test.wrong))
		assert.Equal(t, test.lost, got.Faults[0].Lost, "%T", test.wrong)
		assert.Equal(t, test.lost[1]+test.lost[2], got.Faults[0].Total, "%T: over the carriers", test.wrong)
	}
}

func TestTheCostliestFaultIsNamed(t *testing.T) {
	t.Parallel()
	cheap := profile.Exclusion{About: profile.About{Name: "cheap"}, Field: "TargetFilename", Contains: ".aspx"}
	dear := profile.ParserFieldMissing{About: profile.About{Name: "dear"}, Field: "EventID"}
	free := profile.ForwarderOff{About: profile.About{Name: "free"}, From: day, Until: 2 * day}
	assert.Equal(t, "dear", compared(t, true, carriersOf(cheap, dear, free)).Costliest)
	assert.Empty(t, compared(t, true, carriersOf(free)).Costliest)
}

func TestTheDaysOfTheFirstAlertAndOfTheLastEvidence(t *testing.T) {
	t.Parallel()
	got := compared(t, true, carriersOf())
	assert.Equal(t, []compare.Actor{
		{Name: "soft_cell", Began: "0d", Visibility: []compare.Visibility{{FirstSeen: "0d"}, {FirstSeen: "0d", EvidenceLost: "375d"}, {FirstSeen: "12d", EvidenceLost: "40d"}}},
		{Name: "panda", Began: "700d", Visibility: []compare.Visibility{{FirstSeen: "700d"}, {NotAsked: true}, {FirstSeen: "712d", EvidenceLost: "732d"}}},
	}, got.Actors)
}

func TestWhatIsLeftFollowsFromWhatTheStepsErased(t *testing.T) {
	t.Parallel()
	got := compared(t, true, carriersOf())
	type left struct{ host, forwarded compare.State }
	steps := map[string][]left{}
	for _, row := range got.Remaining {
		for _, places := range row.ByProfile {
			steps[row.Step] = append(steps[row.Step], left{places.Host.State, places.Forwarded.State})
		}
	}
	gone, there := compare.NotAsked, compare.Detected
	assert.Equal(t, []left{{gone, there}, {gone, gone}, {gone, gone}}, steps["task"], "cleared on the host; over after a year where it was sent to")
	assert.Equal(t, []left{{there, there}, {gone, gone}, {gone, gone}}, steps["cleared"], "clearing leaves its own record, until that is too old")
	assert.Equal(t, []left{{there, there}, {gone, gone}, {there, gone}}, steps["page"], "never sent on by one, never written down by the other")
	assert.Equal(t, []left{{compare.Blind, compare.Blind}, {gone, gone}, {compare.Blind, gone}}, steps["unseen"], "what is not there cannot be looked at")
}

// A correlation needs what it reaches back to: the task's record is ten days old
// when the log is cleared.
func TestACorrelationReachesBackToWhatIsKept(t *testing.T) {
	t.Parallel()
	keeping := func(retention time.Duration) profile.Profile {
		return profile.Profile{Name: "store", Shape: event.Native, Sources: []profile.Source{
			{Product: "windows", Name: "security", Storage: profile.Forwarded, Retention: retention, Sample: 1},
		}}
	}
	for _, test := range []struct {
		name      string
		retention time.Duration
		detected  int
	}{
		{"kept for good", 0, 3},
		{"kept for long enough", 11 * day, 3},
		{"kept for too short", 9 * day, 2},
	} {
		got := compared(t, true, plan.Conditions{Profiles: []profile.Profile{keeping(test.retention)}})
		assert.Equal(t, test.detected, got.Profiles[1].Detected, test.name)
	}
}

func TestAlertsPointToOneActorToSeveralOrToTheWrongOne(t *testing.T) {
	t.Parallel()
	kinds := map[string]compare.AttributionKind{}
	for _, attribution := range compared(t, true, carriersOf()).Attributions {
		kinds[attribution.Rule] = attribution.Kind
	}
	assert.Equal(t, map[string]compare.AttributionKind{
		pageWritten: compare.SingleActor, taskMade: compare.SingleActor, logCleared: compare.SingleActor, taskThenCleared: compare.SingleActor,
		programRun: compare.SeveralActors, misnamed: compare.Misleading,
	}, kinds)
}

package exercise_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// line is what a test looks at of a line.
type line struct {
	kind      exercise.LineKind
	objective string
	points    int
	counts    bool
	why       string
}

func linesOf(state exercise.TeamState) []line {
	out := []line{}
	for _, l := range state.Lines {
		out = append(out, line{l.Kind, l.Objective, l.Points, l.Counts, l.Why})
	}
	return out
}

func TestAnEntryIsWorthWhatHappened(t *testing.T) {
	t.Parallel()
	f := func(change func(*exercise.Finding)) exercise.Entry {
		finding := page()
		change(&finding)
		return found("a", finding)
	}
	rule := func(text string) exercise.Entry {
		return exercise.Entry{Kind: exercise.RuleIn, Team: "a", Rule: &exercise.Rule{Text: text}}
	}
	judged := func(text string, v exercise.RuleVerdict) exercise.Entry {
		v.Digest = exercise.RuleDigest(text)
		return exercise.Entry{Kind: exercise.JudgedRule, RuleVerdict: &v}
	}
	bought := func(names ...string) exercise.Entry {
		return exercise.Entry{Kind: exercise.Bought, Team: "a", Purchases: names}
	}
	hint := exercise.Entry{Kind: exercise.TookHint, Team: "a", Objective: "foothold", Hint: "night"}
	two := func(detected, of int) []exercise.StepDetection {
		return []exercise.StepDetection{{Step: "page", Variants: of, Detected: detected}, {Step: "archive", Variants: of, Detected: of}}
	}
	const whole = "technique 0.25 × 1 + host 0.25 × 1 + time 0.25 × 1 + evidence (2 of 2 events) 0.25 × 1 = 1; 1 × 30 points = 30"
	tests := []struct {
		name                string
		entries             []exercise.Entry
		points, attribution int
		want                []line
	}{
		{"a whole answer", []exercise.Entry{f(func(*exercise.Finding) {})}, 30, 0, []line{{exercise.LineFound, "foothold", 30, true, whole}}},
		{"the technique in any case, the host's name in the scenario", []exercise.Entry{f(func(f *exercise.Finding) { f.Technique, f.Host = " t1505.003 ", "MAIL" })}, 30, 0,
			[]line{{exercise.LineFound, "foothold", 30, true, whole}}},
		{"the technique by its id in another version of ATT&CK", []exercise.Entry{found("a", exercise.Finding{Technique: "T1070.002", Events: []string{"cleared-0"}})}, 8, 0,
			[]line{{exercise.LineFound, "tracks", 8, true, "technique 1 × 1 = 1; 1 × 8 points = 8"}}},
		{"a technique that is near counts a half, and a half point is rounded up", []exercise.Entry{f(func(f *exercise.Finding) { f.Technique = "T1505"; f.Events = f.Events[:1] })}, 23, 0,
			[]line{{exercise.LineFound, "foothold", 23, true, "technique 0.25 × 0.5 + host 0.25 × 1 + time 0.25 × 1 + evidence (1 of 2 events) 0.25 × 0.5 = 0.75; 0.75 × 30 points = 23"}}},
		{"nothing but one event twice", []exercise.Entry{found("a", exercise.Finding{Events: []string{"page-0", "page-0"}})}, 4, 0,
			[]line{{exercise.LineFound, "foothold", 4, true, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4"}}},
		{"a time outside is worth nothing", []exercise.Entry{f(func(f *exercise.Finding) { f.Time = virtual.Add(62 * time.Minute) })}, 23, 0,
			[]line{{exercise.LineFound, "foothold", 23, true, "technique 0.25 × 1 + host 0.25 × 1 + time 0.25 × 0 + evidence (2 of 2 events) 0.25 × 1 = 0.75; 0.75 × 30 points = 23"}}},
		{"words that are right beside events that are not", []exercise.Entry{f(func(f *exercise.Finding) { f.Events = []string{"day-1", "day-2"} })}, -5, 0,
			[]line{{exercise.LineAccused, "", -5, true, "false accusation: 2 of 2 events from ordinary days: -5 points"}}},
		{"more events of ordinary days than of the step", []exercise.Entry{f(func(f *exercise.Finding) { f.Events = []string{"page-0", "day-1", "day-2"} })}, -5, 0,
			[]line{{exercise.LineAccused, "", -5, true, "false accusation: 2 of 3 events from ordinary days: -5 points"}}},
		{"as many of ordinary days as of the step", []exercise.Entry{f(func(f *exercise.Finding) { f.Events = []string{"day-1", "day-2", "page-0", "page-2"} })}, 30, 0,
			[]line{{exercise.LineFound, "foothold", 30, true, whole}}},
		{"as many of two steps: the earlier one", []exercise.Entry{f(func(f *exercise.Finding) { f.Events = []string{"archive-0", "page-2"} })}, 26, 0,
			[]line{{exercise.LineFound, "foothold", 26, true, "technique 0.25 × 1 + host 0.25 × 1 + time 0.25 × 1 + evidence (1 of 2 events) 0.25 × 0.5 = 0.875; 0.875 × 30 points = 26"}}},
		{"events that do not exist", []exercise.Entry{f(func(f *exercise.Finding) { f.Events = []string{"gone-1"} })}, 0, 0,
			[]line{{exercise.LineNothing, "", 0, false, "none of its events exists: 0 points"}}},
		{"a step that nobody asks for", []exercise.Entry{found("a", exercise.Finding{Events: []string{"unasked-0"}})}, 0, 0,
			[]line{{exercise.LineUnasked, "", 0, false, "it happened, and no objective asks for it: 0 points"}}},
		{"either of two steps, and one try", []exercise.Entry{found("a", exercise.Finding{Events: []string{"copy-0"}}), found("a", exercise.Finding{Host: "dc", Events: []string{"archive-0"}})}, 6, 0, []line{
			{exercise.LineFound, "either", 6, true, "host 0.4 × 0 + evidence (1 of 1 event) 0.6 × 1 = 0.6; 0.6 × 10 points = 6"},
			{exercise.LineFound, "either", 0, false, "all 1 try of this objective were used before: it does not count"}}},
		{"the best of several counts", []exercise.Entry{found("a", exercise.Finding{Events: []string{"page-0"}}), f(func(*exercise.Finding) {}), found("a", exercise.Finding{Events: []string{"page-0"}})}, 30, 0, []line{
			{exercise.LineFound, "foothold", 4, false, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4; entry 7 is worth as much or more and counts instead"},
			{exercise.LineFound, "foothold", 30, true, whole},
			{exercise.LineFound, "foothold", 4, false, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4; entry 7 is worth as much or more and counts instead"}}},
		{"the actor, by the group's id, apart from the points", []exercise.Entry{found("a", exercise.Finding{Actor: "g0093", Events: []string{"copy-0"}})}, 6, 20, []line{
			{exercise.LineFound, "either", 6, true, "host 0.4 × 0 + evidence (1 of 1 event) 0.6 × 1 = 0.6; 0.6 × 10 points = 6"},
			{exercise.LineAttributed, "who", 20, true, "the right actor for what its events show: +20 points"}}},
		{"a wrong actor costs each time, and takes a try", []exercise.Entry{
			found("a", exercise.Finding{Actor: "panda", Events: []string{"page-0"}}), found("a", exercise.Finding{Actor: "naikon", Events: []string{"page-0"}}), found("a", exercise.Finding{Actor: "soft_cell", Events: []string{"page-0"}})}, 4, -20, []line{
			{exercise.LineFound, "foothold", 4, true, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4"},
			{exercise.LineAttributed, "who", -10, true, "not the actor of what its events show: -10 points"},
			{exercise.LineFound, "foothold", 4, false, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4; entry 6 is worth as much or more and counts instead"},
			{exercise.LineAttributed, "who", -10, true, "not the actor of what its events show: -10 points"},
			{exercise.LineFound, "foothold", 4, false, "technique 0.25 × 0 + host 0.25 × 0 + time 0.25 × 0 + evidence (1 of 2 events) 0.25 × 0.5 = 0.125; 0.125 × 30 points = 4; entry 6 is worth as much or more and counts instead"},
			{exercise.LineAttributed, "who", 0, false, "all 2 tries of this objective were used before: it does not count"}}},
		{"an actor named for another's step", []exercise.Entry{found("a", exercise.Finding{Actor: "soft_cell", Events: []string{"unasked-0"}})}, 0, -10,
			[]line{{exercise.LineAttributed, "who", -10, true, "not the actor of what its events show: -10 points"}}},
		{"the right actor of a step for which none is asked", []exercise.Entry{found("a", exercise.Finding{Actor: "panda", Events: []string{"unasked-0"}})}, 0, 0,
			[]line{{exercise.LineUnasked, "", 0, false, "it happened, and no objective asks for it: 0 points"}}},
		{"a hint is charged once", []exercise.Entry{hint, hint}, -5, 0, []line{{exercise.LineHint, "foothold", -5, true, `hint for "The foothold", charged once: -5 points`}}},
		{"a rule before its verdict", []exercise.Entry{rule("x")}, 0, 0, []line{{exercise.LineToBeJudged, "", 0, false, "it is being judged"}}},
		{"a rule that detects some variants, silent", []exercise.Entry{rule("x"), judged("x", exercise.RuleVerdict{Steps: two(2, 3)})}, 30, 0,
			[]line{{exercise.LineRule, "alert", 30, true, "detection (2 of 3 variants) 0.75 × 0.667 + silence (0 alarms on ordinary days) 0.25 × 1 = 0.75; 0.75 × 40 points = 30"}}},
		{"a rule that alarms is charged once, however often it is handed in", []exercise.Entry{rule("x"), judged("x", exercise.RuleVerdict{Steps: two(3, 3), Alarms: 2}), rule("x")}, 26, 0, []line{
			{exercise.LineAlarms, "", -4, true, "2 alarms on ordinary days, charged once for a rule: -4 points"},
			{exercise.LineRule, "alert", 30, true, "detection (3 of 3 variants) 0.75 × 1 + silence (2 alarms on ordinary days) 0.25 × 0 = 0.75; 0.75 × 40 points = 30"},
			{exercise.LineRule, "alert", 30, false, "detection (3 of 3 variants) 0.75 × 1 + silence (2 alarms on ordinary days) 0.25 × 0 = 0.75; 0.75 × 40 points = 30; entry 6 is worth as much or more and counts instead"}}},
		{"a rule that only alarms is a false accusation", []exercise.Entry{rule("x"), judged("x", exercise.RuleVerdict{Steps: two(0, 3), Alarms: 1})}, -5, 0, []line{
			{exercise.LineAlarms, "", -5, true, "1 alarm on ordinary days, charged once for a rule: -5 points"},
			{exercise.LineRule, "", 0, false, "it detects nothing that an objective asks for: 0 points"}}},
		{"what is not a rule", []exercise.Entry{rule("x"), judged("x", exercise.RuleVerdict{Problems: []string{"line 1: no"}})}, 0, 0,
			[]line{{exercise.LineNothing, "", 0, false, "it cannot be used as a rule: line 1: no"}}},
		{"telemetry within the budget", []exercise.Entry{bought("sysmon"), {Kind: exercise.JudgedProfile, ProfileVerdict: &exercise.ProfileVerdict{
			Digest: exercise.PurchaseDigest([]string{"sysmon"}), Steps: []exercise.StepSight{{Step: "page", Expected: 3, Detected: 2}, {Step: "archive", Expected: 1, Detected: 1}, {Step: "copy", Expected: 9}}}}}, 9, 0,
			[]line{{exercise.LineTelemetry, "eyes", 9, true, "detection (3 of 4 expected alerts) 1 × 0.75 = 0.75; 0.75 × 12 points = 9"}}},
		{"telemetry over the budget", []exercise.Entry{bought("sysmon", "web")}, 0, 0, []line{{exercise.LineNothing, "", 0, false, "it costs 110, and the budget is 100: nothing was bought"}}},
		{"what comes after the end", []exercise.Entry{{Kind: exercise.End}, f(func(*exercise.Finding) {}), hint}, 0, 0, []line{
			{exercise.LineNothing, "", 0, false, "handed in after the end: it does not count"}, {exercise.LineNothing, "", 0, false, "handed in after the end: it does not count"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			state := exercise.Fold(definition(), truth(), entries(test.entries...))
			got, ok := state.Team("a")
			require.True(t, ok)
			assert.Equal(t, test.want, linesOf(got))
			assert.Equal(t, test.points, got.Points)
			assert.Equal(t, test.attribution, got.Attribution)
			other, _ := state.Team("b")
			assert.Empty(t, other.Lines, "another team's entries are not its")
		})
	}
}

func TestTheBoardRanksTeamsAndCanBeFrozen(t *testing.T) {
	t.Parallel()
	state := exercise.Fold(definition(), truth(), entries(
		found("b", exercise.Finding{Events: []string{"page-0"}}), found("a", page()), found("b", page()), found("b", exercise.Finding{Events: []string{"day-0"}})))
	assert.Equal(t, exercise.Board{Through: 9, Rows: []exercise.Row{
		{Rank: 1, Team: "a", Name: "Blue", Points: 30, Solved: 1, LastEntry: 7, Last: wall.Add(6 * time.Second)},
		{Rank: 2, Team: "b", Name: "Green", Points: 25, Solved: 1, FalseAccusations: 1, LastEntry: 9, Last: wall.Add(8 * time.Second)},
	}}, state.Board())
	frozen := state.BoardThrough(6)
	assert.Equal(t, exercise.Fold(definition(), truth(), entries(found("b", exercise.Finding{Events: []string{"page-0"}}))).Board(), frozen, "as it was then")
	assert.Equal(t, []string{"b", "a"}, []string{frozen.Rows[0].Team, frozen.Rows[1].Team})
	both := exercise.Fold(definition(), truth(), entries()).Board()
	assert.Equal(t, []int{1, 1}, []int{both.Rows[0].Rank, both.Rows[1].Rank}, "teams that stand alike share a rank")
}

func TestATeamSeesItsOwnAndNotTheTruth(t *testing.T) {
	t.Parallel()
	state := exercise.Fold(definition(), truth(), entries(
		exercise.Entry{Kind: exercise.TookHint, Team: "a", Objective: "foothold", Hint: "night"}, found("a", page()),
		exercise.Entry{Kind: exercise.Saved, Team: "a", Finding: &exercise.Finding{Note: "later"}}))
	got, _ := state.Team("a")
	assert.Equal(t, exercise.ObjectiveState{Objective: "foothold", Points: 30, Of: 30, Entry: 7, Tries: 1, Left: 2, Hints: definition().Objectives[0].Hints, Charged: -5}, got.Objectives[0])
	assert.Equal(t, exercise.ObjectiveState{Objective: "either", Of: 10, Left: 1}, got.Objectives[1])
	assert.Equal(t, []exercise.Person{{ID: "ann", Name: "Ann"}}, got.Members)
	require.Len(t, got.Saved, 1)
	assert.Equal(t, "later", got.Saved[0].Finding.Note)
	assert.Len(t, got.HandedIn, 2)
	_, ok := state.Team("c")
	assert.False(t, ok)
	for _, l := range got.Lines {
		assert.NotContains(t, l.Why+l.What, "mail")
		assert.NotContains(t, l.Why+l.What, "page")
	}
}

package exercise_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// randomEntries is a log that two teams might have filled.
func randomEntries(r *rand.Rand) []exercise.Entry {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	var all []exercise.Entry
	for range 40 + r.IntN(40) {
		team := pick("a", "b")
		rule := pick("one", "two", "three")
		switch r.IntN(8) {
		case 0, 1, 2, 3:
			f := exercise.Finding{Technique: pick("", "T1505.003", "T1505"), Host: pick("", "EX01", "DC01"), Actor: pick("", "", "soft_cell", "panda", "naikon")}
			for range 1 + r.IntN(4) {
				f.Events = append(f.Events, fmt.Sprintf("%s-%d", pick("page", "page", "archive", "copy", "unasked", "day", "gone"), r.IntN(3)))
			}
			all = append(all, found(team, f))
		case 4:
			all = append(all, exercise.Entry{Kind: exercise.TookHint, Team: team, Objective: "foothold", Hint: "night"})
		case 5:
			all = append(all, exercise.Entry{Kind: exercise.RuleIn, Team: team, Rule: &exercise.Rule{Text: rule}})
		case 6:
			all = append(all, exercise.Entry{Kind: exercise.JudgedRule, RuleVerdict: &exercise.RuleVerdict{
				Digest: exercise.RuleDigest(rule), Alarms: r.IntN(2), Steps: []exercise.StepDetection{{Step: "page", Variants: 4, Detected: r.IntN(5)}}}})
		case 7:
			all = append(all, exercise.Entry{Kind: exercise.Bought, Team: team, Purchases: []string{pick("sysmon", "web")}})
		}
	}
	if r.IntN(3) == 0 {
		all = append(all, exercise.Entry{Kind: exercise.End}, found("a", page()))
	}
	return entries(all...)
}

// seen is all that a state says.
type seen struct {
	board, frozen exercise.Board
	a, b          exercise.TeamState
	clock         exercise.Clock
	debrief       exercise.Debrief
	unjudged      []exercise.Entry
}

func seenOf(s *exercise.State) seen {
	a, _ := s.Team("a")
	b, _ := s.Team("b")
	return seen{s.Board(), s.BoardThrough(20), a, b, s.Clock(), s.Debrief(), s.Unjudged()}
}

func TestScoresAreTheSameWhateverOrderEntriesArriveIn(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 21))
	moved := 0
	for range 60 {
		log := randomEntries(r)
		want := seenOf(exercise.Fold(definition(), truth(), log))
		if want.board.Rows[0].Points != 0 {
			moved++
		}

		shuffled := append([]exercise.Entry(nil), log...)
		shuffled = append(shuffled, log[:r.IntN(len(log))]...) // some arrive twice
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		incremental := exercise.NewState(definition(), truth())
		for _, e := range shuffled {
			incremental.Apply(e)
			incremental.Board() // to look changes nothing
		}
		require.Equal(t, want, seenOf(incremental), "in any order")

		stop := r.IntN(len(log))
		restarted := exercise.Fold(definition(), truth(), log[:stop])
		before := seenOf(restarted)
		require.Equal(t, before, seenOf(exercise.Fold(definition(), truth(), log[:stop])), "after a restart")
		for _, e := range log[stop:] {
			restarted.Apply(e)
		}
		require.Equal(t, want, seenOf(restarted), "a restart in the middle")
		for _, team := range []exercise.TeamState{want.a, want.b} {
			points, attribution := 0, 0
			for _, l := range team.Lines {
				switch {
				case l.Counts && l.Objective == "who":
					attribution += l.Points
				case l.Counts:
					points += l.Points
				}
			}
			assert.Equal(t, points, team.Points, "the lines add up")
			assert.Equal(t, attribution, team.Attribution, "the lines add up")
		}
	}
	assert.Greater(t, moved, 30, "most logs must come to points")
}

func TestScoresAreTheSameIfTheTruthGrowsLater(t *testing.T) {
	t.Parallel()
	log := entries(found("a", page()), found("b", exercise.Finding{Host: "dc", Events: []string{"archive-0"}}))
	whole := truth()
	growing := exercise.NewTruth(whole.Actors(), nil)
	state := exercise.Fold(definition(), growing, log)
	assert.Zero(t, state.Board().Rows[0].Points)
	for _, step := range whole.Steps() {
		growing.Add(step)
	}
	assert.Equal(t, seenOf(exercise.Fold(definition(), whole, log)), seenOf(state))
}

package exercise_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

func TestWhatMustNotBeInTheLogIsRefused(t *testing.T) {
	t.Parallel()
	state := exercise.Fold(definition(), truth(), entries())
	ended := exercise.Fold(definition(), truth(), entries(exercise.Entry{Kind: exercise.End}))
	good := func(change func(*exercise.Entry)) exercise.Entry {
		f := page()
		e := exercise.Entry{Key: "k", Kind: exercise.HandedIn, Team: "a", Member: "ann", Finding: &f}
		change(&e)
		return e
	}
	many := func(n int) []string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("page-%d", i))
		}
		return all
	}
	tests := []struct {
		name  string
		state *exercise.State
		entry exercise.Entry
		want  string // part of the error; empty if it is accepted
	}{
		{"a finding", state, good(func(*exercise.Entry) {}), ""},
		{"no key", state, good(func(e *exercise.Entry) { e.Key = "" }), "key must not be empty"},
		{"no events", state, good(func(e *exercise.Entry) { e.Finding.Events = nil }), "events must be given"},
		{"a draft without events", state, good(func(e *exercise.Entry) { e.Kind, e.Finding.Events = exercise.Saved, nil }), ""},
		{"too many events", state, good(func(e *exercise.Entry) { e.Finding.Events = many(exercise.MaxEvents + 1) }), "there are 65 events; at most 64 are allowed"},
		{"an event that does not exist", state, good(func(e *exercise.Entry) { e.Finding.Events = []string{"gone-1"} }), `there is no event "gone-1"`},
		{"a long note", state, good(func(e *exercise.Entry) { e.Finding.Note = strings.Repeat("n", exercise.MaxNote+1) }), "note has 4001 bytes; at most 4000 are allowed"},
		{"a note with lines", state, good(func(e *exercise.Entry) { e.Finding.Note = "one\ntwo\r\n\tthree" }), ""},
		{"a host with a line break", state, good(func(e *exercise.Entry) { e.Finding.Host = "a\nb" }), "host must not have the character U+000A"},
		{"a colour of a terminal", state, good(func(e *exercise.Entry) { e.Finding.Note = "\x1b[31m" }), "note must not have the character U+001B"},
		{"a zero", state, good(func(e *exercise.Entry) { e.Finding.Actor = "a\x00" }), "actor must not have the character U+0000"},
		{"a change of direction", state, good(func(e *exercise.Entry) { e.Finding.Note = "\u202e" }), "note must not have the character U+202E"},
		{"not UTF-8", state, good(func(e *exercise.Entry) { e.Finding.Technique = "\xff" }), "technique must be UTF-8"},
		{"a year out of bounds", state, good(func(e *exercise.Entry) { e.Finding.Time = time.Date(123456, 1, 1, 0, 0, 0, 0, time.UTC) }), "the year of time must be from 0 to 9999"},
		{"another team's member", state, good(func(e *exercise.Entry) { e.Member = "bob" }), `there is no member "bob" of a team "a"`},
		{"no such team", state, good(func(e *exercise.Entry) { e.Team = "z" }), `there is no member "ann" of a team "z"`},
		{"after the end", ended, good(func(*exercise.Entry) {}), "the exercise has ended"},
		{"a hint", state, good(func(e *exercise.Entry) { e.Kind, e.Objective, e.Hint = exercise.TookHint, "foothold", "night" }), ""},
		{"no such objective", state, good(func(e *exercise.Entry) { e.Kind, e.Objective, e.Hint = exercise.TookHint, "x", "night" }), `there is no objective "x"`},
		{"no such hint", state, good(func(e *exercise.Entry) { e.Kind, e.Objective, e.Hint = exercise.TookHint, "foothold", "x" }), `the objective "foothold" has no hint "x"`},
		{"no rule", state, good(func(e *exercise.Entry) { e.Kind, e.Rule = exercise.RuleIn, &exercise.Rule{Text: " \n"} }), "rule must be given"},
		{"a rule that is too long", state, good(func(e *exercise.Entry) {
			e.Kind, e.Rule = exercise.RuleIn, &exercise.Rule{Text: strings.Repeat("r", exercise.MaxRule+1)}
		}), "rule has 32769 bytes"},
		{"purchases over the budget", state, good(func(e *exercise.Entry) { e.Kind, e.Purchases = exercise.Bought, []string{"sysmon", "web"} }), "it costs 110, and the budget is 100"},
		{"what is not for sale", state, good(func(e *exercise.Entry) { e.Kind, e.Purchases = exercise.Bought, []string{"x"} }), `"x" is not for sale`},
		{"too many purchases", state, good(func(e *exercise.Entry) { e.Kind, e.Purchases = exercise.Bought, many(65) }), "there are 65 purchases; at most 64 are allowed"},
		{"a kind that there is not", state, good(func(e *exercise.Entry) { e.Kind = "x" }), "there is no such kind"},
		{"a pace that is not a number", state, exercise.Entry{Key: "k", Kind: exercise.SetPace, Pace: math.NaN()}, "the pace must be from 0.01 to 1000000, and is NaN"},
		{"a pace", state, exercise.Entry{Key: "k", Kind: exercise.SetPace, Pace: 240}, ""},
		{"a team twice", state, exercise.Entry{Key: "k", Kind: exercise.Team, Team: "a", Name: "Again"}, `there is a team with the id "a" already`},
		{"a team without a name", state, exercise.Entry{Key: "k", Kind: exercise.Team, Team: "c", Name: " "}, "name must be given"},
		{"a member of no team", state, exercise.Entry{Key: "k", Kind: exercise.Member, Team: "z", Member: "m", Name: "M"}, `there is no team with the id "z"`},
		{"a token without a hash", state, exercise.Entry{Key: "k", Kind: exercise.Token, Token: &exercise.TokenHash{}}, "token must be given"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.state.Accept(test.entry)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.want)
		})
	}
	require.ErrorIs(t, ended.Accept(good(func(*exercise.Entry) {})), exercise.ErrEnded)
}

func TestATeamCannotFillTheDisk(t *testing.T) {
	t.Parallel()
	var all []exercise.Entry
	for range exercise.MaxHandedIn {
		all = append(all, found("a", page()))
	}
	state := exercise.Fold(definition(), truth(), entries(all...))
	f := page()
	full := exercise.Entry{Key: "k", Kind: exercise.HandedIn, Team: "a", Member: "ann", Finding: &f}
	require.ErrorContains(t, state.Accept(full), "as much as is allowed")
	full.Team, full.Member = "b", "bob"
	require.NoError(t, state.Accept(full), "another team can go on")
	full.Kind = exercise.Saved
	require.NoError(t, state.Accept(full))
}

func FuzzCheckText(f *testing.F) {
	for _, text := range []string{"", "plain", "a\nb", "\x1b[0m", "\u202e", "\xff", "=1+1", "{{.}}", strings.Repeat("é", 50)} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		if exercise.CheckText("field", text, exercise.MaxName, lines) != nil {
			return
		}
		assert.LessOrEqual(t, len(text), exercise.MaxName)
		assert.True(t, utf8.ValidString(text))
		for _, r := range text {
			assert.True(t, !unicode.IsControl(r) || lines && strings.ContainsRune("\n\r\t", r), "%U", r)
		}
	})
}

func TestTokensAreKnownByTheirLastEntry(t *testing.T) {
	t.Parallel()
	link := &exercise.TokenHash{Hash: "link", Role: "trainee"}
	session := &exercise.TokenHash{Hash: "session", Role: "trainee", From: "link"}
	state := exercise.Fold(definition(), truth(), entries(
		exercise.Entry{Kind: exercise.Token, Token: link}, exercise.Entry{Kind: exercise.Redeemed, Token: session},
		exercise.Entry{Kind: exercise.Note, Text: "Look at the mail server"}))
	for _, hash := range []string{"link", "session"} {
		e, ok := state.TokenEntry(hash)
		require.True(t, ok)
		assert.Equal(t, exercise.Redeemed, e.Kind, hash)
	}
	_, ok := state.TokenEntry("guessed")
	assert.False(t, ok)
	require.Len(t, state.Notes(), 1)
	assert.Equal(t, "Look at the mail server", state.Notes()[0].Text)
}

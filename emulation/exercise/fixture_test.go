package exercise_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// definition asks for three steps, an actor, a rule and telemetry.
func definition() exercise.Definition {
	return exercise.Definition{
		Name: "first", Title: "Who was there?", Scenario: "campaign", Mode: exercise.Hunt, Pace: 60, Minutes: 90, Wrong: -5, Budget: 100,
		Objectives: []exercise.Objective{
			{Name: "foothold", Title: "The foothold", Points: 30, Find: exercise.Target{Steps: []string{"page"}}, Evidence: 2,
				Partial: exercise.DefaultShares(exercise.Target{Steps: []string{"page"}}), Within: time.Hour, Tries: 3,
				Hints: []exercise.Hint{{Name: "night", Cost: 5, Text: "What runs at night?"}}},
			{Name: "either", Title: "Collection", Points: 10, Find: exercise.Target{Steps: []string{"archive", "copy"}}, Evidence: 1,
				Partial: exercise.Shares{Host: 0.4, Evidence: 0.6}, Within: time.Hour, Tries: 1},
			{Name: "who", Title: "Who was it?", Points: 20, Find: exercise.Target{Actor: "soft_cell"}, Tries: 2, Wrong: -10},
			{Name: "alert", Title: "A rule for the foothold", Points: 40, Find: exercise.Target{Detect: []string{"page"}},
				Partial: exercise.Shares{Detection: 0.75, Silence: 0.25}, Tries: 10, Wrong: -4},
			{Name: "eyes", Title: "Telemetry", Points: 12, Find: exercise.Target{See: []string{"page", "archive"}}, Tries: 3},
			{Name: "tracks", Title: "Tracks", Points: 8, Find: exercise.Target{Steps: []string{"cleared"}}, Evidence: 1, Partial: exercise.Shares{Technique: 1}, Within: time.Hour, Tries: 3},
		},
		Purchases: []exercise.Purchase{{Name: "sysmon", Title: "Sysmon", Cost: 60}, {Name: "web", Title: "Web logs", Cost: 50}},
	}
}

// truth has two steps of soft_cell and two of panda. Events that begin with "day" are of
// ordinary days; "gone" is no event.
func truth() *exercise.Truth {
	t := exercise.NewTruth([]exercise.TrueActor{{Name: "soft_cell", Group: "G0093", Title: "GALLIUM"}, {Name: "panda", Title: "panda"}, {Name: "naikon", Group: "G0019", Title: "Naikon"}},
		func(event string) (string, bool) {
			step, _, _ := strings.Cut(event, "-")
			return step, step != "gone"
		})
	for i, step := range []exercise.TrueStep{
		{ID: "page", Technique: "T1505.003", Asset: "mail", Host: "EX01", Actor: "soft_cell"},
		{ID: "archive", Technique: "T1560.001", Asset: "dc", Host: "DC01", Actor: "panda"},
		{ID: "copy", Technique: "T1074.001", Asset: "dc", Host: "DC01", Actor: "soft_cell"},
		{ID: "unasked", Technique: "T1003", Asset: "dc", Host: "DC01", Actor: "panda"},
		{ID: "cleared", Technique: "T1685.006", Asset: "mail", Host: "EX01", Actor: "panda"},
	} {
		step.From = virtual.Add(time.Duration(i) * 24 * time.Hour)
		step.To = step.From.Add(time.Minute)
		for n := range 3 {
			step.Events = append(step.Events, fmt.Sprintf("%s-%d", step.ID, n))
		}
		t.Add(step)
	}
	return t
}

// entries numbers entries and gives them times, after those that make two teams.
func entries(more ...exercise.Entry) []exercise.Entry {
	all := append([]exercise.Entry{
		{Kind: exercise.Team, Team: "a", Name: "Blue"}, {Kind: exercise.Member, Team: "a", Member: "ann", Name: "Ann"},
		{Kind: exercise.Team, Team: "b", Name: "Green"}, {Kind: exercise.Member, Team: "b", Member: "bob", Name: "Bob"},
		{Kind: exercise.Start, To: virtual},
	}, more...)
	for i := range all {
		all[i].Number, all[i].Key = int64(i+1), fmt.Sprintf("key-%d", i)
		all[i].At = wall.Add(time.Duration(i) * time.Second)
		all[i].Virtual = virtual.Add(time.Duration(i) * time.Minute)
		if all[i].Team == "a" && all[i].Kind != exercise.Team {
			all[i].Member = "ann"
		}
		if all[i].Team == "b" && all[i].Kind != exercise.Team {
			all[i].Member = "bob"
		}
	}
	return all
}

func found(team string, f exercise.Finding) exercise.Entry {
	return exercise.Entry{Kind: exercise.HandedIn, Team: team, Finding: &f}
}

// page is a whole answer for the foothold.
func page() exercise.Finding {
	return exercise.Finding{Technique: "T1505.003", Host: "ex01", Time: virtual, Events: []string{"page-0", "page-1"}}
}

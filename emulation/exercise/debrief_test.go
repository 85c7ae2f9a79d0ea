package exercise_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

func TestTheDebriefHasWhatBecameOfEachStep(t *testing.T) {
	t.Parallel()
	told := truth()
	archive, _ := told.Step("archive")
	archive.Alerted = true
	told.Add(archive)
	wrong := exercise.Finding{Note: "surely", Events: []string{"day-1"}}
	first := page()
	first.Actor = "panda"
	right := page()
	right.Actor = "GALLIUM"
	got := exercise.Fold(definition(), told, entries(
		found("b", first), found("b", right), found("a", page()), found("a", wrong), found("a", exercise.Finding{Events: []string{"archive-0"}}), found("b", exercise.Finding{Events: []string{"gone-0"}}),
		exercise.Entry{Kind: exercise.End}, found("a", exercise.Finding{Events: []string{"copy-0"}}))).Debrief()
	after := func(n int) (time.Time, time.Time) {
		return wall.Add(time.Duration(n) * time.Second), virtual.Add(time.Duration(n) * time.Minute)
	}
	at5, virtual5 := after(5)
	at7, virtual7 := after(7)
	at8, virtual8 := after(8)
	assert.Equal(t, []exercise.FoundBy{
		{Team: "b", Name: "Green", Entry: 6, At: at5, Virtual: virtual5, Events: first.Events, AfterSeconds: 300, Actor: "GALLIUM", RightActor: true},
		{Team: "a", Name: "Blue", Entry: 8, At: at7, Virtual: virtual7, Events: page().Events, AfterSeconds: 420},
	}, got.Steps[0].Found)
	assert.Equal(t, []string{"foothold", "who", "alert", "eyes"}, got.Steps[0].Objectives)
	assert.Len(t, got.Steps[1].Found, 1)
	assert.Zero(t, got.Steps[1].Found[0].AfterSeconds, "it was handed in before the step, by jitter")
	assert.Empty(t, got.Steps[2].Found, "that was after the end")
	assert.Equal(t, []exercise.Accusation{{Team: "a", Name: "Blue", Entry: 9, At: at8, Virtual: virtual8, Finding: wrong, Points: -5}}, got.Accusations)
	assert.Equal(t, []string{"page"}, got.OnlyHunted, "a rule alerted on the archive")
}

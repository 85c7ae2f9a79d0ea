package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// slot is a step of the scenario and when it is performed.
type slot struct {
	index int
	at    time.Duration
}

// order puts the steps in the order of virtual time, then of what each comes
// after, then of the file. A step without a time of its own is at the latest
// of those it comes after. Steps that wait for each other have no order: they
// are reported and follow in that of the file.
func (b *builder) order() []slot {
	t := timetable{builder: b, byName: map[string]int{}, at: make([]time.Duration, len(b.scenario.Steps)), state: make([]progress, len(b.scenario.Steps))}
	for i, step := range b.scenario.Steps {
		if _, taken := t.byName[step.Name.Text]; !taken {
			t.byName[step.Name.Text] = i
		}
	}
	for i := range b.scenario.Steps {
		t.settle(i, nil)
	}
	return t.sequence()
}

// sequence takes, again and again, the earliest step that waits for none; of
// several the first in the file.
func (t *timetable) sequence() []slot {
	var slots []slot
	placed := make([]bool, len(t.at))
	for range t.at {
		next := -1
		for i := range t.at {
			if !placed[i] && t.ready(i, placed) && (next < 0 || t.at[i] < t.at[next]) {
				next = i
			}
		}
		if next < 0 { // a circle, which has been reported
			next = slices.Index(placed, false)
		}
		placed[next] = true
		slots = append(slots, slot{next, t.at[next]})
	}
	return slots
}

func (t *timetable) ready(i int, placed []bool) bool {
	for _, word := range t.scenario.Steps[i].After {
		if before, known := t.byName[word.Text]; known && !placed[before] {
			return false
		}
	}
	return true
}

type progress uint8

const (
	untouched progress = iota
	entered
	done
)

type timetable struct {
	*builder
	byName map[string]int
	at     []time.Duration
	state  []progress
}

// settle gives a step its time, after those it comes after. way is how we came
// here, to tell of a circle.
func (t *timetable) settle(i int, way []int) {
	if t.state[i] != untouched {
		return
	}
	t.state[i] = entered
	step := t.scenario.Steps[i]
	way = append(way, i)
	latest := time.Duration(0)
	for _, word := range step.After {
		before, known := t.byName[word.Text]
		if !known {
			continue
		}
		if t.state[before] == entered {
			t.circle(word, way[slices.Index(way, before):])
			continue
		}
		t.settle(before, way)
		t.late(step, word, t.scenario.Steps[before], t.at[before])
		latest = max(latest, t.at[before])
	}
	t.at[i] = latest
	if step.At.Given {
		t.at[i] = step.At.Time
	}
	t.state[i] = done
}

// late reports a step that should come after one which its time puts later.
func (t *timetable) late(step scenario.Step, word scenario.Word, before scenario.Step, at time.Duration) {
	if !step.At.Given || at <= step.At.Time {
		return
	}
	t.wrongf(word.Range, word.Range, "Steps in the wrong order",
		"step.%s is at %s, but comes after step.%s, which is at %s (%s). Move one of them, or leave out its `at`.",
		step.Name.Text, FormatDwell(step.At.Time), before.Name.Text, FormatDwell(at), where(before.Range))
}

func (t *timetable) circle(word scenario.Word, round []int) {
	names := make([]string, len(round))
	for i, index := range round {
		names[i] = "step." + t.scenario.Steps[index].Name.Text
	}
	if len(names) == 1 {
		t.wrongf(word.Range, word.Range, "Circular order", "%s cannot come after itself.", names[0])
		return
	}
	t.wrongf(word.Range, word.Range, "Circular order", "%s comes after %s, which leads back to it. Take one `after` out.",
		names[0], strings.Join(names[1:], ", which comes after "))
}

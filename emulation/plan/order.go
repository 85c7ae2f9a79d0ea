package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// scheduledStep is a step of the scenario, by its index, and its virtual time.
type scheduledStep struct {
	index int
	at    time.Duration
}

// orderSteps sorts the steps by virtual time, then by what each comes after, then by
// their order in the file. A step without a time of its own gets the latest time of
// those that it comes after. Steps that wait for each other are reported and keep the
// order of the file.
func (b *builder) orderSteps() []scheduledStep {
	t := schedule{builder: b, byName: map[string]int{}, at: make([]time.Duration, len(b.scenario.Steps)), state: make([]visitState, len(b.scenario.Steps))}
	for i, step := range b.scenario.Steps {
		if _, taken := t.byName[step.Name.Text]; !taken {
			t.byName[step.Name.Text] = i
		}
	}
	for i := range b.scenario.Steps {
		t.scheduleStep(i, nil)
	}
	return t.sequence()
}

// sequence takes, again and again, the earliest step that waits for no other; of
// several the first in the file.
func (t *schedule) sequence() []scheduledStep {
	var slots []scheduledStep
	placed := make([]bool, len(t.at))
	for range t.at {
		next := -1
		for i := range t.at {
			if !placed[i] && t.ready(i, placed) && (next < 0 || t.at[i] < t.at[next]) {
				next = i
			}
		}
		if next < 0 { // a cycle, which has been reported
			next = slices.Index(placed, false)
		}
		placed[next] = true
		slots = append(slots, scheduledStep{next, t.at[next]})
	}
	return slots
}

func (t *schedule) ready(i int, placed []bool) bool {
	for _, reference := range t.scenario.Steps[i].After {
		if before, known := t.byName[reference.Text]; known && !placed[before] {
			return false
		}
	}
	return true
}

type visitState uint8

const (
	unvisited visitState = iota
	visiting
	visited
)

type schedule struct {
	*builder
	byName map[string]int
	at     []time.Duration
	state  []visitState
}

// scheduleStep sets a step's time, after those that it comes after. path has the
// steps that led here, to report a cycle.
func (t *schedule) scheduleStep(i int, path []int) {
	if t.state[i] != unvisited {
		return
	}
	t.state[i] = visiting
	step := t.scenario.Steps[i]
	path = append(path, i)
	latest := time.Duration(0)
	for _, reference := range step.After {
		before, known := t.byName[reference.Text]
		if !known {
			continue
		}
		if t.state[before] == visiting {
			t.reportCycle(reference, path[slices.Index(path, before):])
			continue
		}
		t.scheduleStep(before, path)
		t.checkOrder(step, reference, t.scenario.Steps[before], t.at[before])
		latest = max(latest, t.at[before])
	}
	t.at[i] = latest
	if step.At.Given {
		t.at[i] = step.At.Time
	}
	t.state[i] = visited
}

// checkOrder reports a step whose time is earlier than that of one it comes after.
func (t *schedule) checkOrder(step scenario.Step, reference scenario.Identifier, before scenario.Step, at time.Duration) {
	if !step.At.Given || at <= step.At.Time {
		return
	}
	t.Errorf(diagnostic.At(reference.Range), "Steps in the wrong order",
		"step.%s is at %s, but must come after step.%s, which is at %s (%s). Change one of the times, or remove its `at`.",
		step.Name.Text, FormatOffset(step.At.Time), before.Name.Text, FormatOffset(at), diagnostic.FileLine(before.Range))
}

func (t *schedule) reportCycle(reference scenario.Identifier, cycle []int) {
	names := make([]string, len(cycle))
	for i, index := range cycle {
		names[i] = "step." + t.scenario.Steps[index].Name.Text
	}
	if len(names) == 1 {
		t.Errorf(diagnostic.At(reference.Range), "Circular order", "%s cannot come after itself.", names[0])
		return
	}
	t.Errorf(diagnostic.At(reference.Range), "Circular order", "%s comes after %s, which leads back to it. Remove one `after`.",
		names[0], strings.Join(names[1:], ", which comes after "))
}

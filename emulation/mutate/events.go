package mutate

import (
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// performed is a performance and its events in every form that a detector is
// given them in.
type performed struct {
	*runner.Performance
	mutex sync.Mutex
	forms map[sigma.LogSource][]*sigma.Event
}

// seenBy are the events that rules of a log source are asked of: in both shapes,
// and once more without what is declared. Where a rule answers to all of them as
// its mutant does, their alerts are the same.
func (p *performed) seenBy(source sigma.LogSource) []*sigma.Event {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if forms, ok := p.forms[source]; ok {
		return forms
	}
	var forms []*sigma.Event
	all := reads(source, p.Events())
	told := [][]event.Event{all}
	if seen, stated := event.Undeclared(all); stated {
		told = append(told, seen)
	}
	for _, events := range told {
		for i := range events {
			forms = append(forms, detect.EventOf(&events[i], event.Native))
			if len(events[i].Joined) > 0 {
				forms = append(forms, detect.EventOf(&events[i], event.EDR))
			}
		}
	}
	p.forms[source] = forms
	return forms
}

// reads picks the events that rules of a log source are asked of.
func reads(source sigma.LogSource, events []event.Event) []event.Event {
	var out []event.Event
	for _, e := range events {
		if slices.ContainsFunc(e.Sources, func(s event.LogSource) bool { return source.Contains(sigma.LogSource(s)) }) {
			out = append(out, e)
		}
	}
	return out
}

// pruned is the performance with the expectations of a family alone, and, where
// each alert is of one event, the events that its rule reads.
func (p *performed) pruned(f family) *runner.Performance {
	about := func(all []plan.Expectation) []plan.Expectation {
		var out []plan.Expectation
		for _, expected := range all {
			if f.affected[expected.Rule] {
				out = append(out, expected)
			}
		}
		return out
	}
	narrowed := *p.Plan
	narrowed.Steps, narrowed.Baselines = slices.Clone(p.Plan.Steps), slices.Clone(p.Plan.Baselines)
	for i := range narrowed.Steps {
		narrowed.Steps[i].Expect = about(narrowed.Steps[i].Expect)
	}
	for i := range narrowed.Baselines {
		narrowed.Baselines[i].Expect = about(narrowed.Baselines[i].Expect)
	}
	out := *p.Performance
	out.Plan = &narrowed
	if !f.correlated {
		out.Steps, out.Baselines = read(f.rule.LogSource, p.Steps), read(f.rule.LogSource, p.Baselines)
	}
	return &out
}

func read(source sigma.LogSource, records []runner.Record) []runner.Record {
	out := slices.Clone(records)
	for i := range out {
		out[i].Events = reads(source, out[i].Events)
	}
	return out
}

// outcome is one expectation, judged.
type outcome struct {
	scenario, step string
	result.Expectation
	skipped string // why its step was not performed
}

// outcomesOf are those of a family's expectations, ordinary days first.
func outcomesOf(judged result.Scenario, f family) []outcome {
	var out []outcome
	for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
		for _, expectation := range step.Expectations {
			if f.affected[expectation.Rule] {
				out = append(out, outcome{judged.Name, step.ID, expectation, step.Skipped})
			}
		}
	}
	return out
}

// sameVerdicts says that every expectation came out alike.
func sameVerdicts(a, b []outcome) bool {
	return slices.EqualFunc(a, b, func(a, b outcome) bool {
		return a.step == b.step && a.Rule == b.Rule && a.Shape == b.Shape && a.Verdict == b.Verdict
	})
}

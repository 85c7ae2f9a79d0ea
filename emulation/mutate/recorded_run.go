package mutate

import (
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// recordedRun is a run with its events in every form that a detector is given.
type recordedRun struct {
	*runner.RunRecord
	mutex          sync.Mutex
	eventsBySource map[logevent.LogSource][]*logevent.Event
}

// eventsFor returns the events that rules of a log source are asked of: in both
// shapes, and again without what is declared. A mutant that matches the same of them
// as its rule has the same alerts.
func (p *recordedRun) eventsFor(source logevent.LogSource) []*logevent.Event {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if events, ok := p.eventsBySource[source]; ok {
		return events
	}
	var events []*logevent.Event
	all := eventsOf(source, p.Events())
	sets := [][]event.Event{all}
	if seen, stated := event.WithoutDeclared(all); stated {
		sets = append(sets, seen)
	}
	for _, set := range sets {
		for i := range set {
			events = append(events, detect.EventOf(&set[i], event.Native))
			if len(set[i].Joined) > 0 {
				events = append(events, detect.EventOf(&set[i], event.EDR))
			}
		}
	}
	p.eventsBySource[source] = events
	return events
}

// eventsOf returns the events that rules of a log source are asked of.
func eventsOf(source logevent.LogSource, events []event.Event) []event.Event {
	var out []event.Event
	for _, e := range events {
		if slices.ContainsFunc(e.Sources, func(s event.LogSource) bool { return source.Contains(logevent.LogSource(s)) }) {
			out = append(out, e)
		}
	}
	return out
}

// restrictedTo returns the run with only the expectations of a group of rules, and,
// if each alert is of one event, only the events that its rule reads.
func (p *recordedRun) restrictedTo(group ruleGroup) *runner.RunRecord {
	about := func(all []plan.Expectation) []plan.Expectation {
		var out []plan.Expectation
		for _, expected := range all {
			if group.affected[expected.Rule] {
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
	out := *p.RunRecord
	out.Plan = &narrowed
	if !group.correlated {
		out.Steps, out.Baselines = recordsOf(group.rule.LogSource, p.Steps), recordsOf(group.rule.LogSource, p.Baselines)
	}
	return &out
}

func recordsOf(source logevent.LogSource, records []runner.StepRecord) []runner.StepRecord {
	out := slices.Clone(records)
	for i := range out {
		out[i].Events = eventsOf(source, out[i].Events)
	}
	return out
}

// outcome is one judged expectation.
type outcome struct {
	scenario, step string
	result.Expectation
	skipped string // why its step was not performed
}

// outcomesIn returns the outcomes of a group's expectations, baselines first.
func outcomesIn(judged result.Scenario, group ruleGroup) []outcome {
	var out []outcome
	for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
		for _, expectation := range step.Expectations {
			if group.affected[expectation.Rule] {
				out = append(out, outcome{judged.Name, step.ID, expectation, step.Skipped})
			}
		}
	}
	return out
}

// sameVerdicts reports whether all verdicts are equal.
func sameVerdicts(a, b []outcome) bool {
	return slices.EqualFunc(a, b, func(a, b outcome) bool {
		return a.step == b.step && a.Rule == b.Rule && a.Shape == b.Shape && a.Verdict == b.Verdict
	})
}

package compare

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// view is what rules make of the copies of records that they are given.
type view struct {
	doubts map[detect.Question]detect.Doubts // of those below
	// shape is that of the alerts; empty is the one each expectation asks for.
	shape  event.Shape
	copies map[string]profile.Copy   // by the event's id
	alerts map[string][]detect.Alert // by step
	// events are those that the rules are given, by step.
	events map[string][]event.Event
	by     []detect.Detector
}

// look runs all rules over those copies that given takes.
func (c Comparer) look(ctx context.Context, copies []profile.Copy, shape event.Shape, given func(profile.Copy) bool) (view, error) {
	v := view{shape: shape, copies: map[string]profile.Copy{}, alerts: map[string][]detect.Alert{}, events: map[string][]event.Event{}, by: c.Detectors}
	var events []event.Event
	for _, one := range copies {
		if given(one) {
			events = append(events, one.Event)
			v.copies[one.Event.ID] = one
		}
	}
	shapes := []event.Shape{shape}
	if shape == "" {
		shapes = []event.Shape{event.Native, event.EDR}
	}
	// Nothing is had by what the scenario only states.
	events, _ = event.Undeclared(events)
	for _, e := range events {
		v.events[e.Lineage.Step] = append(v.events[e.Lineage.Step], e)
	}
	alerts, err := detect.All(ctx, c.Detectors, events, shapes...)
	if err != nil {
		return view{}, err
	}
	for _, alert := range alerts {
		step := v.copies[alert.Newest()].Event.Lineage.Step
		v.alerts[step] = append(v.alerts[step], alert)
	}
	return v, nil
}

// live is a look at what the carrier's rules are given as it comes in: a
// correlation reaches back to what is still held by then.
func (c Comparer) live(ctx context.Context, p profile.Profile, copies []profile.Copy, wrong profile.Fault) (view, error) {
	v, err := c.look(ctx, copies, p.Shape, func(one profile.Copy) bool { return one.Seen })
	if err != nil {
		return view{}, err
	}
	for step, alerts := range v.alerts {
		var kept []detect.Alert
		for _, alert := range alerts {
			if v.held(alert) && (wrong == nil || !wrong.Silences(alert.Rule)) {
				kept = append(kept, alert)
			}
		}
		v.alerts[step] = kept
	}
	return v, nil
}

func (v view) held(alert detect.Alert) bool {
	now := v.copies[alert.Newest()].Came
	for _, id := range alert.Events[:len(alert.Events)-1] {
		if !v.copies[id].Held(now) {
			return false
		}
	}
	return true
}

// shaped is the shape in which an expectation is asked.
func (v view) shaped(want plan.Expectation) event.Shape {
	if v.shape == "" {
		return want.Shape
	}
	return v.shape
}

// asks reports whether an expectation's rule has an event of the step to look at.
func (v view) asks(step string, want plan.Expectation) bool {
	return slices.ContainsFunc(v.by, func(d detect.Detector) bool {
		return d.Name() == want.Detector && d.Asked(want.Rule, v.events[step], v.shaped(want)) > 0
	})
}

// count is how many alerts answer an expectation at its step.
func (v view) count(step string, want plan.Expectation) int {
	shape, n := v.shaped(want), 0
	for _, alert := range v.alerts[step] {
		if alert.Detector == want.Detector && alert.Rule == want.Rule && alert.Shape == shape {
			n++
		}
	}
	return n
}

// has reports whether an expectation that a rule fires is met.
func (v view) has(step string, want plan.Expectation) bool {
	return v.count(step, want) >= max(1, want.Least)
}

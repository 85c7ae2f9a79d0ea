package compare

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// detections are the alerts of all rules on some copies of the run's records.
type detections struct {
	statedFields map[detect.Question]detect.FieldsByEvent // of the alerts below
	// shape is that of the alerts; empty is the one each expectation asks for.
	shape  event.Shape
	copies map[string]profile.Delivery // by the event's id
	alerts map[string][]detect.Alert   // by step
	// events are those that the rules are given, by step.
	events    map[string][]event.Event
	detectors []detect.Detector
}

// detectIn runs all rules over the copies for which given is true.
func (c Comparer) detectIn(ctx context.Context, copies []profile.Delivery, shape event.Shape, given func(profile.Delivery) bool) (detections, error) {
	d := detections{shape: shape, copies: map[string]profile.Delivery{}, alerts: map[string][]detect.Alert{}, events: map[string][]event.Event{}, detectors: c.Detectors}
	var events []event.Event
	for _, record := range copies {
		if given(record) {
			events = append(events, record.Event)
			d.copies[record.Event.ID] = record
		}
	}
	shapes := []event.Shape{shape}
	if shape == "" {
		shapes = []event.Shape{event.Native, event.EDR}
	}
	// Declared events and fields do not count as telemetry.
	events, _ = event.WithoutDeclared(events)
	for _, e := range events {
		d.events[e.Lineage.Step] = append(d.events[e.Lineage.Step], e)
	}
	alerts, err := detect.All(ctx, c.Detectors, events, shapes...)
	if err != nil {
		return detections{}, err
	}
	for _, alert := range alerts {
		step := d.copies[alert.Newest()].Event.Lineage.Step
		d.alerts[step] = append(d.alerts[step], alert)
	}
	return d, nil
}

// detectLive returns what a carrier's rules detect as records arrive: a correlation
// reaches back only to records that are still kept.
func (c Comparer) detectLive(ctx context.Context, p profile.Profile, copies []profile.Delivery, wrong profile.Fault) (detections, error) {
	d, err := c.detectIn(ctx, copies, p.Shape, func(record profile.Delivery) bool { return record.Seen })
	if err != nil {
		return detections{}, err
	}
	for step, alerts := range d.alerts {
		var kept []detect.Alert
		for _, alert := range alerts {
			if d.stillHeld(alert) && (wrong == nil || !wrong.SuppressesRule(alert.Rule)) {
				kept = append(kept, alert)
			}
		}
		d.alerts[step] = kept
	}
	return d, nil
}

func (d detections) stillHeld(alert detect.Alert) bool {
	now := d.copies[alert.Newest()].Arrived
	for _, id := range alert.Events[:len(alert.Events)-1] {
		if !d.copies[id].Available(now) {
			return false
		}
	}
	return true
}

// shapeFor returns the shape in which an expectation is judged.
func (d detections) shapeFor(want plan.Expectation) event.Shape {
	if d.shape == "" {
		return want.Shape
	}
	return d.shape
}

// asks reports whether an expectation's rule has an event of the step to read.
func (d detections) asks(step string, want plan.Expectation) bool {
	return slices.ContainsFunc(d.detectors, func(detector detect.Detector) bool {
		return detector.Name() == want.Detector && detector.Asked(want.Rule, d.events[step], d.shapeFor(want)) > 0
	})
}

// alertCount returns how many alerts meet an expectation at its step.
func (d detections) alertCount(step string, want plan.Expectation) int {
	shape, n := d.shapeFor(want), 0
	for _, alert := range d.alerts[step] {
		if alert.Detector == want.Detector && alert.Rule == want.Rule && alert.Shape == shape {
			n++
		}
	}
	return n
}

// detects reports whether an expectation that a rule fires is met.
func (d detections) detects(step string, want plan.Expectation) bool {
	return d.alertCount(step, want) >= max(1, want.Least)
}

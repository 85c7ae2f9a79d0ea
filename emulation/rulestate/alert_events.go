package rulestate

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// AlertEvent is an event that an alert of a rule rests on.
type AlertEvent struct {
	At       string // scenario/step
	Baseline bool   // on an ordinary day
	Shape    event.Shape
	Event    event.Event
}

// AlertEvents lists the events that the alerts of a rule rest on. It fails if ctx ends.
func (r *Recording) AlertEvents(ctx context.Context, detector *detect.Sigma, rule Rule) ([]AlertEvent, error) {
	judges := result.Judges{Detectors: []detect.Detector{detector}}
	var all []AlertEvent
	for n, run := range r.runs {
		found, _, err := judges.Alerts(ctx, run)
		if err != nil {
			return nil, err
		}
		events := map[string]event.Event{}
		for _, e := range run.Events() {
			events[e.ID] = e
		}
		for _, place := range r.places {
			if place.run != n {
				continue
			}
			for _, alert := range found[place.record.ID] {
				if alert.Rule != rule.ID {
					continue
				}
				for _, id := range alert.Events {
					all = append(all, AlertEvent{At: place.at, Baseline: place.baseline, Shape: alert.Shape, Event: events[id]})
				}
			}
		}
	}
	return all, nil
}

// AttackEvents lists the fields of all events of steps that a rule is asked of, with those
// of the acting process.
func (r *Recording) AttackEvents(rule Rule) []map[string]any {
	var all []map[string]any
	for _, place := range r.places {
		if place.baseline {
			continue
		}
		for i := range place.record.Events {
			if e := &place.record.Events[i]; rule.Reads(*e) {
				all = append(all, e.Shaped(event.EDR))
			}
		}
	}
	return all
}

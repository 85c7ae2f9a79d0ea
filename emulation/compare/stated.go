package compare

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// findStatedFields finds which alerts rest on stated fields.
func (c Comparer) findStatedFields(ctx context.Context, d *detections, copies []profile.Delivery, judgedSteps []step) error {
	var events []event.Event
	for _, record := range copies {
		if _, given := d.copies[record.Event.ID]; given {
			events = append(events, record.Event)
		}
	}
	events, _ = event.WithoutDeclared(events)
	var questions []detect.Question
	for _, s := range judgedSteps {
		for _, want := range s.expected {
			if want.state == Detected {
				questions = append(questions, d.questionFor(want.Expectation))
			}
		}
	}
	var err error
	d.statedFields, err = detect.AllStatedFields(ctx, c.Detectors, questions, events)
	return err
}

func (d detections) questionFor(want plan.Expectation) detect.Question {
	shape := d.shape
	if shape == "" {
		shape = want.Shape
	}
	return detect.Question{Detector: want.Detector, Rule: want.Rule, Shape: shape}
}

// detectsForCertain reports whether an expectation that a rule fires is met without the
// alerts that rest on stated fields.
func (d detections) detectsForCertain(step string, want plan.Expectation) bool {
	question := d.questionFor(want)
	certain := 0
	for _, alert := range d.alerts[step] {
		of := detect.Question{Detector: alert.Detector, Rule: alert.Rule, Shape: alert.Shape}
		if of == question && len(d.statedFields[question][alert.Newest()]) == 0 {
			certain++
		}
	}
	return certain >= max(1, want.Least)
}

package compare

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// doubt finds which alerts of a view rest on stated fields.
func (c Comparer) doubt(ctx context.Context, v *view, copies []profile.Copy, asked []step) error {
	var events []event.Event
	for _, one := range copies {
		if _, given := v.copies[one.Event.ID]; given {
			events = append(events, one.Event)
		}
	}
	events, _ = event.Undeclared(events)
	var questions []detect.Question
	for _, s := range asked {
		for _, want := range s.wants {
			if want.state == Detected {
				questions = append(questions, v.question(want.Expectation))
			}
		}
	}
	var err error
	v.doubts, err = detect.AllDoubts(ctx, c.Detectors, questions, events)
	return err
}

func (v view) question(want plan.Expectation) detect.Question {
	shape := v.shape
	if shape == "" {
		shape = want.Shape
	}
	return detect.Question{Detector: want.Detector, Rule: want.Rule, Shape: shape}
}

// surely reports whether an expectation that a rule fires is met without the
// alerts that rest on stated fields.
func (v view) surely(step string, want plan.Expectation) bool {
	question := v.question(want)
	certain := 0
	for _, alert := range v.alerts[step] {
		of := detect.Question{Detector: alert.Detector, Rule: alert.Rule, Shape: alert.Shape}
		if of == question && len(v.doubts[question][alert.Newest()]) == 0 {
			certain++
		}
	}
	return certain >= max(1, want.Least)
}

package rulestate

import (
	"context"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// AddStated adds to the fires of a rule the stated fields without which it could not have
// fired. It fails if ctx ends.
func (r *Recording) AddStated(ctx context.Context, detector *detect.Sigma, rule *Rule) error {
	judges := result.Judges{Detectors: []detect.Detector{detector}}
	for _, run := range r.runs {
		at := map[string]*Fire{}
		for i := range rule.Fires {
			fire := &rule.Fires[i]
			for _, step := range run.Plan.Steps {
				if fire.At == run.Plan.Name+"/"+step.ID {
					at[step.ID] = fire
				}
			}
		}
		if len(at) == 0 {
			continue
		}
		_, observed, err := judges.Alerts(ctx, run)
		if err != nil {
			return fmt.Errorf("judge %s: %w", run.Plan.Name, err)
		}
		stated, err := statedFields(ctx, detector, rule.ID, run)
		if err != nil {
			return fmt.Errorf("judge %s: %w", run.Plan.Name, err)
		}
		for step, fire := range at {
			fire.Stated = statedIn(stated[questionOf(rule.ID, fire.Shape)], rule.ID, fire.Shape, observed[step])
		}
	}
	return nil
}

// statedFields returns the stated fields that the answers of a rule rest on, by event.
func statedFields(ctx context.Context, detector *detect.Sigma, rule string, run *runner.RunRecord) (map[detect.Question]detect.FieldsByEvent, error) {
	var events []event.Event
	for _, step := range run.Steps {
		events = append(events, step.Events...)
	}
	seen, _ := event.WithoutDeclared(events)
	questions := []detect.Question{questionOf(rule, event.Native), questionOf(rule, event.EDR)}
	return detect.AllStatedFields(ctx, []detect.Detector{detector}, questions, seen)
}

func questionOf(rule string, shape event.Shape) detect.Question {
	return detect.Question{Detector: "sigma", Rule: rule, Shape: shape}
}

// statedIn returns the stated fields that each of a rule's alerts in that shape rests on,
// sorted; nil if one rests on none.
func statedIn(fields detect.FieldsByEvent, rule string, shape event.Shape, alerts []detect.Alert) []string {
	var all []string
	for _, alert := range alerts {
		if alert.Rule != rule || alert.Shape != shape {
			continue
		}
		if len(fields[alert.Newest()]) == 0 {
			return nil
		}
		all = append(all, fields[alert.Newest()]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

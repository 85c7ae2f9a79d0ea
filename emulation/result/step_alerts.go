package result

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// stepAlerts are the alerts of a run, by the step or baseline whose event completed
// them.
type stepAlerts struct {
	// all are the alerts on all events, observed those on the events without declared
	// ones and without declared fields.
	all, observed map[string][]detect.Alert
	// statedFields are the stated fields that answers rest on.
	statedFields map[detect.Question]detect.FieldsByEvent
}

// runDetectors runs every detector over all events of a run, in the order of virtual
// time, in both shapes. Baselines are separate from steps: no correlation spans both.
func (j Judges) runDetectors(ctx context.Context, run *runner.RunRecord) (stepAlerts, error) {
	found := stepAlerts{all: map[string][]detect.Alert{}, observed: map[string][]detect.Alert{}}
	for _, records := range [][]runner.StepRecord{run.Baselines, run.Steps} {
		events := eventsIn(records)
		step := make(map[string]string, len(events))
		for _, record := range records {
			for i := range record.Events {
				step[record.Events[i].ID] = record.ID
			}
		}
		alerts, err := detect.All(ctx, j.Detectors, events, event.Native, event.EDR)
		if err != nil {
			return stepAlerts{}, err
		}
		groupByStep(alerts, step, found.all)
		if seen, stated := event.WithoutDeclared(events); stated {
			if alerts, err = detect.All(ctx, j.Detectors, seen, event.Native, event.EDR); err != nil {
				return stepAlerts{}, err
			}
		}
		groupByStep(alerts, step, found.observed)
	}
	if j.VerdictsOnly {
		return found, nil
	}
	var err error
	if found.statedFields, err = j.statedFields(ctx, run); err != nil {
		return stepAlerts{}, err
	}
	return found, nil
}

// Alerts returns the alerts on a run's events by the step or baseline whose event
// completed them: on all events, and on those without what is declared. It fails if a
// detector does, or if ctx ends.
func (j Judges) Alerts(ctx context.Context, run *runner.RunRecord) (all, observed map[string][]detect.Alert, err error) {
	j.VerdictsOnly = true
	found, err := j.runDetectors(ctx, run)
	return found.all, found.observed, err
}

// eventsIn lists the events of the records.
func eventsIn(records []runner.StepRecord) []event.Event {
	n := 0
	for _, record := range records {
		n += len(record.Events)
	}
	events := make([]event.Event, 0, n)
	for _, record := range records {
		events = append(events, record.Events...)
	}
	return events
}

func groupByStep(alerts []detect.Alert, step map[string]string, into map[string][]detect.Alert) {
	for _, alert := range alerts {
		id := step[alert.Newest()]
		into[id] = append(into[id], alert)
	}
}

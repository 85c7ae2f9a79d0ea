package result

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// heard are the alerts of a performance by the step or baseline whose event
// completed them.
type heard struct {
	// all are those on all events, seen those that come where nothing is told
	// but what was seen.
	all, seen map[string][]detect.Alert
	// doubts are the answers that rest on stated fields.
	doubts map[detect.Question]detect.Doubts
}

// detect runs every detector over all events of a performance, in the order of
// virtual time, in both shapes. Baselines are a day of their own: no correlation
// reaches from one into a step.
func (j Judges) detect(ctx context.Context, perf *runner.Performance) (heard, error) {
	found := heard{all: map[string][]detect.Alert{}, seen: map[string][]detect.Alert{}}
	for _, records := range [][]runner.Record{perf.Baselines, perf.Steps} {
		var events []event.Event
		step := map[string]string{}
		for _, record := range records {
			for _, e := range record.Events {
				events = append(events, e)
				step[e.ID] = record.ID
			}
		}
		alerts, err := detect.All(ctx, j.Detectors, events, event.Native, event.EDR)
		if err != nil {
			return heard{}, err
		}
		sort(alerts, step, found.all)
		if seen, stated := event.Undeclared(events); stated {
			if alerts, err = detect.All(ctx, j.Detectors, seen, event.Native, event.EDR); err != nil {
				return heard{}, err
			}
		}
		sort(alerts, step, found.seen)
	}
	if j.VerdictsOnly {
		return found, nil
	}
	var err error
	if found.doubts, err = j.doubts(ctx, perf); err != nil {
		return heard{}, err
	}
	return found, nil
}

func sort(alerts []detect.Alert, step map[string]string, into map[string][]detect.Alert) {
	for _, alert := range alerts {
		id := step[alert.Newest()]
		into[id] = append(into[id], alert)
	}
}

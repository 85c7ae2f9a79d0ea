package result

import (
	"context"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// detect runs every detector over all events of a performance, in the order of
// virtual time, in both shapes, and sorts the alerts by the step or baseline
// whose event completed them. Baselines are a day of their own: no correlation
// reaches from one into a step.
func (j Judges) detect(ctx context.Context, perf *runner.Performance) (map[string][]detect.Alert, error) {
	found := map[string][]detect.Alert{}
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
			return nil, err
		}
		for _, alert := range alerts {
			id := step[alert.Newest()]
			found[id] = append(found[id], alert)
		}
	}
	return found, nil
}

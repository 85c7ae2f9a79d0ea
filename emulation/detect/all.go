package detect

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// inOrder returns events sorted by time; those given stay as they are.
func inOrder(events []event.Event) []event.Event {
	byTime := func(a, b event.Event) int { return a.Time.Compare(b.Time) }
	if slices.IsSortedFunc(events, byTime) {
		return events
	}
	ordered := slices.Clone(events)
	slices.SortStableFunc(ordered, byTime)
	return ordered
}

// All returns the alerts of several detectors on events, which it sorts by time, in
// each of the shapes. It fails as [Detector.Detect] does.
func All(ctx context.Context, detectors []Detector, events []event.Event, shapes ...event.Shape) ([]Alert, error) {
	ordered := inOrder(events)
	var found []Alert
	for _, detector := range detectors {
		for _, shape := range shapes {
			alerts, err := detector.Detect(ctx, ordered, shape)
			if err != nil {
				return nil, err
			}
			found = append(found, alerts...)
		}
	}
	return found, nil
}

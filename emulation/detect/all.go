package detect

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// All returns the alerts of several detectors on events, which it sorts by time, in
// each of the shapes. It fails as [Detector.Detect] does.
func All(ctx context.Context, detectors []Detector, events []event.Event, shapes ...event.Shape) ([]Alert, error) {
	ordered := slices.Clone(events)
	slices.SortStableFunc(ordered, func(a, b event.Event) int { return a.Time.Compare(b.Time) })
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

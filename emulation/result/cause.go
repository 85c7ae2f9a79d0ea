package result

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Cause is what an unexpected alert came from.
type Cause struct {
	// Event is the one that brought the alert about.
	Event event.Event
	// Activity is which of a baseline's activities it belongs to; empty for a step,
	// and where it cannot be told.
	Activity string
}

// BaselineCauses finds the causes of alerts on the events of a baseline, one for each:
// of one of its activities on that host.
func BaselineCauses(record runner.StepRecord, alerts []detect.Alert, baseline behaviour.Baseline, on asset.Host) []Cause {
	return causesOf(record, alerts, activitiesOf(baseline, on))
}

// causesOf finds the causes of alerts on the events of a step or baseline, one for
// each. activities names, for a baseline, the activity of each root process.
func causesOf(record runner.StepRecord, alerts []detect.Alert, activities []string) []Cause {
	events := map[string]event.Event{}
	for _, e := range record.Events {
		events[e.ID] = e
	}
	roots := rootsOf(record.Outcome.Observations)
	var causes []Cause
	for _, alert := range alerts {
		cause := Cause{Event: events[alert.Newest()]}
		if root, ok := roots[cause.Event.Lineage.Process]; ok && root < len(activities) {
			cause.Activity = activities[root]
		}
		causes = append(causes, cause)
	}
	return causes
}

// rootsOf tells, for each process that observations are of, from which root process it
// descends: the first that the agent started is 0.
func rootsOf(observations []event.Observation) map[uint64]int {
	roots := map[uint64]int{}
	next := 0
	for _, o := range observations {
		if _, known := roots[o.Process]; known {
			continue
		}
		if root, ok := roots[o.Parent]; ok && o.Parent != 0 {
			roots[o.Process] = root
			continue
		}
		roots[o.Process] = next
		next++
	}
	return roots
}

// activitiesOf names the activity of each root process of a baseline.
func activitiesOf(baseline behaviour.Baseline, on asset.Host) []string {
	var names []string
	for _, activity := range baseline.On(on.Kind) {
		planned, _ := activity.Plan(on) // what is wrong with it was told when the plan was built
		for _, process := range planned.Processes {
			if !process.Remote {
				names = append(names, activity.Name)
			}
		}
	}
	return names
}

package compare

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// actorsOf tells, for each actor that has a step, when each carrier first saw
// it and when the last record of what it saw was gone.
func actorsOf(carriers []*carrier, perf *runner.Performance, asked []step) []Actor {
	all := []Actor{}
	for _, actor := range perf.Plan.Actors {
		var steps []step
		for _, one := range asked {
			if one.Actor.Name == actor.Name {
				steps = append(steps, one)
			}
		}
		if len(steps) == 0 {
			continue
		}
		out := Actor{Name: actor.Name, Began: plan.FormatDwell(steps[0].At), Unjudged: unjudged(steps) != ""}
		for _, one := range carriers {
			out.Sights = append(out.Sights, one.now.sight(steps, perf.Start))
		}
		all = append(all, out)
	}
	return all
}

func (v view) sight(steps []step, start time.Time) Sight {
	var first, last time.Time
	forGood := false
	for _, s := range steps {
		for _, alert := range v.alerts[s.ID] {
			if came := v.copies[alert.Newest()].Came; first.IsZero() || came.Before(first) {
				first = came
			}
			for _, id := range alert.Events {
				until, ends := v.copies[id].Kept()
				forGood = forGood || !ends
				if until.After(last) {
					last = until
				}
			}
		}
	}
	switch {
	case first.IsZero():
		return Sight{NotAsked: cell(v, steps).State == NotAsked}
	case forGood:
		return Sight{First: day(first, start)}
	}
	return Sight{First: day(first, start), Gone: day(last, start)}
}

// day is a virtual day, counted from the scenario's first.
func day(at, start time.Time) string {
	return plan.FormatDwell(at.Sub(start).Truncate(24 * time.Hour))
}

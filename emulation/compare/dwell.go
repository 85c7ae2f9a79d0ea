package compare

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// actorsOf returns, for each actor that has a step, when each carrier first saw it
// and when its last evidence was lost.
func actorsOf(profiles []*judgedProfile, run *runner.RunRecord, judgedSteps []step) []Actor {
	all := []Actor{}
	for _, actor := range run.Plan.Actors {
		var steps []step
		for _, step := range judgedSteps {
			if step.Actor.Name == actor.Name {
				steps = append(steps, step)
			}
		}
		if len(steps) == 0 {
			continue
		}
		out := Actor{Name: actor.Name, Began: plan.FormatOffset(steps[0].At), Unjudged: unjudgedReason(steps) != ""}
		for _, judged := range profiles {
			out.Visibility = append(out.Visibility, judged.live.visibility(steps, run.Start))
		}
		all = append(all, out)
	}
	return all
}

func (d detections) visibility(steps []step, start time.Time) Visibility {
	var first, last time.Time
	forGood := false
	for _, s := range steps {
		for _, alert := range d.alerts[s.ID] {
			if came := d.copies[alert.Newest()].Arrived; first.IsZero() || came.Before(first) {
				first = came
			}
			for _, id := range alert.Events {
				until, ends := d.copies[id].RetainedUntil()
				forGood = forGood || !ends
				if until.After(last) {
					last = until
				}
			}
		}
	}
	switch {
	case first.IsZero():
		return Visibility{NotAsked: cell(d, steps).State == NotAsked}
	case forGood:
		return Visibility{FirstSeen: day(first, start)}
	}
	return Visibility{FirstSeen: day(first, start), EvidenceLost: day(last, start)}
}

// day returns the virtual day of a time, counted from the scenario's start.
func day(at, start time.Time) string {
	return plan.FormatOffset(at.Sub(start).Truncate(24 * time.Hour))
}

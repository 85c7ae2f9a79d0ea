package rulestate

import (
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Step is a performed step of one of the runs.
type Step struct {
	// At is the place, as scenario/step.
	At string
	plan.Step
	// Unproven says why nothing that a rule did at it proves anything; empty if it does.
	Unproven string
	// Events are those that a verdict may rest on; Declared counts the others.
	Events   []event.Event
	Declared int
}

// Steps lists the steps of all runs, in order; ordinary days are left out.
func (r *Recording) Steps() []Step {
	var all []Step
	for _, place := range r.places {
		if !place.baseline {
			all = append(all, Step{
				At: place.at, Step: r.runs[place.run].Plan.Steps[place.index], Unproven: unproven(place, true),
				Events: place.judgeable, Declared: len(place.record.Events) - len(place.judgeable),
			})
		}
	}
	return all
}

// NearMissAt returns how near a rule came at a step; ok is false if it was not asked of
// any of its events, or fires on one.
func NearMissAt(detector *detect.Sigma, rule Rule, step Step) (near NearMiss, ok bool) {
	full, ok := detector.FullRule(rule.ID)
	if !ok {
		return NearMiss{}, false
	}
	asked := &askedEvents{}
	for i := range step.Events {
		if rule.Reads(step.Events[i]) {
			asked.add(&step.Events[i], 0)
		}
	}
	found, ok := detector.NearestIn(full, sigma.NewBatch(asked.events))
	if !ok {
		return NearMiss{}, false
	}
	return NearMiss{At: step.At, NearMiss: nearMissOf(found, asked.from[found.Event].id)}, true
}

// LoggedBy names the kinds of host that can have an event of a log source.
func (r *Recording) LoggedBy(source event.LogSource) []string {
	return r.kindsThatLog([]event.LogSource{source})
}

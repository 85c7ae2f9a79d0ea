package coverage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Coverage is what is known of one behaviour as it is by default.
type Coverage struct {
	// Reported are the actors of whom it was reported.
	Reported []string `json:"reported"`
	// Emulated is whether its effect came about and was proven.
	Emulated bool `json:"emulated"`
	// Detected are the ids of the rules that fire on what its log sources write,
	// sorted.
	Detected []string `json:"detected"`
	// Joined are those that need fields of the acting process besides.
	Joined []string `json:"joined"`
}

// Blind reports whether no rule sees it.
func (c Coverage) Blind() bool { return len(c.Detected)+len(c.Joined) == 0 }

// Of performs a behaviour with its defaults on the first kind of asset it is
// for, and asks the detector. An alert that rests on a declared record counts
// for nothing. The error is the lab's or the detector's.
func Of(ctx context.Context, lab runner.Lab, at time.Time, one behaviour.Behaviour, by detect.Detector) (Coverage, error) {
	kind, ok := asset.Find(one.Assets[0])
	if !ok {
		return Coverage{}, fmt.Errorf("cover %s: no kind of asset %q", one.Name, one.Assets[0])
	}
	planner, err := one.With(nil)
	if err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", one.Name, err)
	}
	place := asset.Place{Kind: kind, Hostname: kind.Hostname}
	outcome, err := performed(ctx, lab, place, one.Name, planner.Plan(place))
	if err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", one.Name, err)
	}
	if err := outcome.Complete(); err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", one.Name, err)
	}
	covered := Coverage{Reported: one.Actors, Emulated: len(outcome.Proofs) > 0 && len(outcome.Trouble) == 0}
	for _, proof := range outcome.Proofs {
		covered.Emulated = covered.Emulated && proof.Proven()
	}
	events := persona.New(kind.Name, place).Translate(outcome.Observations, at)
	if covered.Detected, err = fired(ctx, by, events, event.Native); err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", one.Name, err)
	}
	if covered.Joined, err = fired(ctx, by, events, event.EDR); err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", one.Name, err)
	}
	covered.Joined = slices.DeleteFunc(covered.Joined, func(id string) bool { return slices.Contains(covered.Detected, id) })
	return covered, nil
}

func performed(ctx context.Context, lab runner.Lab, place asset.Place, name string, plan effect.Plan) (outcome runner.Outcome, err error) {
	stage, err := runner.Verified(lab).Open(ctx, runner.Asset{Name: place.Kind.Name, Place: place})
	if err != nil {
		return outcome, err
	}
	defer func() {
		if closed := stage.Close(); err == nil {
			err = closed
		}
	}()
	return stage.Perform(ctx, name, plan)
}

// fired are the rules with an alert that rests on more than declared records.
func fired(ctx context.Context, by detect.Detector, events []event.Event, shape event.Shape) ([]string, error) {
	alerts, err := by.Detect(ctx, events, shape)
	if err != nil {
		return nil, err
	}
	declared := map[string]bool{}
	for _, e := range events {
		declared[e.ID] = e.Provenance == event.Declared
	}
	rules := []string{}
	for _, alert := range alerts {
		if !slices.ContainsFunc(alert.Events, func(id string) bool { return declared[id] }) {
			rules = append(rules, alert.Rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules), nil
}

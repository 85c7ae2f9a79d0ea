package record

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// planLine is a plan as it was performed: what a reader needs to know which acts
// were asked for, and by which a replay sees that its own plan is another one.
type planLine struct {
	Name      string         `json:"name"`
	Title     string         `json:"title"`
	File      string         `json:"file"`
	Attack    attack.Version `json:"attack,omitempty"`
	Actors    []plan.Actor   `json:"actors,omitempty"`
	Assets    []plannedAsset `json:"assets"`
	Baselines []plannedStep  `json:"baselines,omitempty"`
	Steps     []plannedStep  `json:"steps"`
}

type plannedAsset struct {
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	Platform  effect.Platform `json:"persona"`
	Hostname  string          `json:"hostname"`
	Protected []string        `json:"protected,omitempty"`
	Wrapped   *plan.Wrapped   `json:"wrapped,omitempty"`
}

type plannedStep struct {
	ID        string               `json:"id"`
	Behaviour string               `json:"behaviour"`
	Asset     string               `json:"asset"`
	Actor     string               `json:"actor,omitempty"`
	Technique string               `json:"technique,omitempty"`
	At        time.Duration        `json:"at"`
	Arguments map[string]any       `json:"arguments,omitempty"`
	Effect    effect.StepPlan      `json:"effect"`
	Expect    []plannedExpectation `json:"expect,omitempty"`
}

type plannedExpectation struct {
	Detector string       `json:"detector"`
	Rule     string       `json:"rule"`
	Want     verdict.Want `json:"want"`
	Shape    event.Shape  `json:"shape"`
	Because  string       `json:"because,omitempty"`
	Until    time.Time    `json:"until,omitzero"`
	Least    int          `json:"least,omitempty"`
	Most     int          `json:"most,omitempty"`
}

func planOf(p *plan.Plan) planLine {
	out := planLine{Name: p.Name, Title: p.Title, File: p.File, Attack: p.Attack, Actors: p.Actors}
	for _, asset := range p.Assets {
		kind := asset.Place.Kind
		out.Assets = append(out.Assets, plannedAsset{asset.Name, kind.Name, kind.Platform, asset.Place.Hostname, asset.Protected, asset.Wrapped})
	}
	for _, baseline := range p.Baselines {
		out.Baselines = append(out.Baselines, plannedStep{
			ID: baseline.ID, Behaviour: baseline.Kind.Name, Asset: baseline.Asset, Effect: baseline.Effect, Expect: expectationsOf(slices.Concat(baseline.Expect, baseline.Outside)),
		})
	}
	for _, step := range p.Steps {
		out.Steps = append(out.Steps, plannedStep{
			ID: step.ID, Behaviour: step.Behaviour.Name, Asset: step.Asset, Actor: step.Actor.Name, Technique: step.Technique,
			At: step.At, Arguments: step.Arguments, Effect: step.Effect, Expect: expectationsOf(slices.Concat(step.Expect, step.Outside)),
		})
	}
	return out
}

func expectationsOf(expectations []plan.Expectation) []plannedExpectation {
	var out []plannedExpectation
	for _, e := range expectations {
		out = append(out, plannedExpectation{e.Detector, e.Rule, e.Want, e.Shape, e.Because, e.Until, e.Least, e.Most})
	}
	return out
}

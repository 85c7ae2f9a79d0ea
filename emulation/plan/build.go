package plan

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Build resolves a scenario. rules are all that its expectations may name,
// channels tells which log sources a platform writes, and now decides whether a
// known gap is past its day.
//
// A scenario that is not valid is checked as well, as far as its parts are, so
// that what is wrong with its rules comes up together with what was found when
// it was read:
//
//	set, problems := scenario.Load(options, paths...)
//	for _, one := range set.Scenarios {
//		built, more := plan.Build(one, rules, telemetry.Channels, now)
//		…
//		problems = append(problems, more...)
//	}
//	problems = diagnostic.Sort(problems)
//
// The plan is nil unless both are free of errors: what cannot be trusted cannot
// be run.
func Build(s *scenario.Scenario, rules Catalog, channels Channels, now time.Time) (*Plan, hcl.Diagnostics) {
	b := builder{scenario: s, rules: rules, channels: channels, now: now}
	out := b.buildPlan()
	if !s.Valid || b.ErrorCount() > 0 {
		out = nil
	}
	return out, b.Diagnostics()
}

func (b *builder) buildPlan() *Plan {
	s := b.scenario
	out := &Plan{Name: s.Name.Text, Title: s.Title, File: s.File, Attack: s.Attack, References: s.References, Tags: s.Tags, Detectors: b.outsideDetectors()}
	for _, actor := range s.Actors {
		out.Actors = append(out.Actors, actorOf(actor))
	}
	for _, asset := range s.Assets {
		out.Assets = append(out.Assets, Asset{Name: asset.Name.Text, Place: asset.Place(), Protected: asset.Protected, Range: asset.Range})
	}
	for _, i := range b.orderSteps() {
		out.Steps = append(out.Steps, b.buildStep(s.Steps[i.index], i.at))
	}
	for _, baseline := range s.Baselines {
		out.Baselines = append(out.Baselines, b.buildBaseline(baseline))
	}
	for _, gap := range s.Gaps {
		out.Gaps = append(out.Gaps, Gap{ID: gap.Name.Text, Title: gap.Title, Technique: gap.Technique, Because: gap.Because, Range: gap.Range})
	}
	var more hcl.Diagnostics
	out.Conditions, more = BuildConditions(s.Conditions, b.rules, b.channels)
	b.Report(more...)
	b.checkAnythingExpected()
	return out
}

func actorOf(actor scenario.Actor) Actor {
	return Actor{Name: actor.Name.Text, Group: actor.Group.ID, Title: actor.Title(), Aliases: actor.Aliases, References: actor.References}
}

func (b *builder) buildStep(s scenario.Step, at time.Duration) Step {
	asset, _ := b.scenario.Asset(s.On.Text)
	out := Step{
		ID: s.Name.Text, Behaviour: s.Behaviour, Asset: s.On.Text, At: at,
		Technique: s.Technique, Arguments: s.Arguments, Range: s.Range,
		Expect: b.buildExpectations(s.Expect, asset), Outside: b.buildOutside(s.Expect),
	}
	for _, before := range s.After {
		out.After = append(out.After, before.Text)
	}
	if actor, ok := b.scenario.Actor(s.By.Text); ok {
		out.Actor = actorOf(actor)
	}
	// An asset of unknown kind has no accounts that a behaviour could act as.
	if !s.Valid || asset.Kind.Name == "" {
		return out
	}
	var problems hcl.Diagnostics
	out.Effect, problems = s.Behaviour.Plan(asset.Place(), s.Arguments)
	b.Report(problems...)
	b.checkOnImage(asset, out.Effect, s.Range)
	return out
}

func (b *builder) buildBaseline(s scenario.Baseline) Baseline {
	asset, _ := b.scenario.Asset(s.On.Text)
	out := Baseline{ID: s.Name.Text, Kind: s.Kind, Asset: s.On.Text, Range: s.Range, Expect: b.buildExpectations(s.Expect, asset), Outside: b.buildOutside(s.Expect)}
	if s.Valid && asset.Kind.Name != "" {
		var problems hcl.Diagnostics
		out.Effect, problems = s.Kind.Plan(asset.Place())
		b.Report(problems...)
		b.checkOnImage(asset, out.Effect, s.Range)
	}
	return out
}

// checkAnythingExpected warns of a scenario that cannot show anything.
func (b *builder) checkAnythingExpected() {
	s := b.scenario
	expects := slices.ContainsFunc(s.Steps, func(step scenario.Step) bool { return len(step.Expect) > 0 }) ||
		slices.ContainsFunc(s.Baselines, func(baseline scenario.Baseline) bool { return len(baseline.Expect) > 0 })
	if !expects && s.Valid {
		b.Warnf(diagnostic.At(s.Name.Range), "Nothing to judge", "No step of %q has an expectation, so a run cannot show anything. Add an expect block.", s.Name.Text)
	}
}

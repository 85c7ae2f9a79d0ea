package result

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Judges is what conclusions are drawn with.
type Judges struct {
	Detectors []detect.Detector
	// Everyday reports whether a baseline must not make that rule fire, though
	// the scenario does not name it: ringer's own rules.
	Everyday func(rule string) bool
	Today    time.Time
	// VerdictsOnly leaves out what only explains them: Explanation, Wanting, Nearest
	// and Stated of every expectation.
	VerdictsOnly bool
}

// Conclude judges one performance.
func (j Judges) Conclude(ctx context.Context, perf *runner.Performance) (Scenario, error) {
	p := perf.Plan
	out := Scenario{
		Name: p.Name, Title: p.Title, File: p.File, Attack: p.Attack, Seconds: perf.Took.Seconds(),
		Actors: []Actor{}, Baselines: []Step{}, Steps: []Step{},
	}
	for _, actor := range p.Actors {
		out.Actors = append(out.Actors, Actor(actor))
	}
	for i, asset := range p.Assets {
		out.Assets = append(out.Assets, assetOf(asset, perf.Assets[i]))
	}
	alerts, err := j.detect(ctx, perf)
	if err != nil {
		return Scenario{}, fmt.Errorf("judge %s: %w", p.Name, err)
	}
	named := namedRules(p)
	for i, baseline := range p.Baselines {
		record := perf.Baselines[i]
		step := stepOf(record)
		step.Behaviour, step.At = baseline.Kind.Name, "before"
		c := j.court(record, alerts)
		everyday, unasked := c.everyday(baseline, named)
		step.NotAsked = unasked
		step.Expectations, step.Collateral = c.judge(slices.Concat(baseline.Expect, everyday))
		out.Baselines = append(out.Baselines, step)
	}
	for i, want := range p.Steps {
		record := perf.Steps[i]
		step := stepOf(record)
		step.Behaviour, step.Technique, step.Actor, step.At = want.Behaviour.Name, want.Technique, want.Actor.Name, plan.FormatDwell(want.At)
		step.Expectations, step.Collateral = j.court(record, alerts).judge(want.Expect)
		out.Steps = append(out.Steps, step)
	}
	return out, nil
}

func assetOf(asset plan.Asset, record runner.AssetRecord) Asset {
	out := Asset{
		Name: asset.Name, Kind: asset.Place.Kind.Name, Persona: asset.Place.Kind.Persona, Hostname: asset.Place.Hostname,
		OpenSeconds: record.OpenTook.Seconds(), Attested: record.Attested, Left: record.Undone.Left,
	}
	if out.Attested == nil {
		out.Attested = []runner.Attempt{}
	}
	if record.Err != nil {
		out.Error = record.Err.Error()
	}
	return out
}

func stepOf(record runner.Record) Step {
	out := Step{
		ID: record.ID, Asset: record.Asset, Seconds: record.Outcome.Took.Seconds(), Proven: record.Proven(),
		Proofs: record.Outcome.Proofs, Trouble: record.Outcome.Trouble, Seen: record.Outcome.Seen,
		Dropped: record.Outcome.Dropped, Events: map[string]int{}, Expectations: []Expectation{}, Skipped: record.Skipped,
	}
	for _, e := range record.Events {
		out.Events[e.Provenance.String()]++
	}
	if record.Err != nil {
		out.Error = record.Err.Error()
	}
	return out
}

// namedRules are those that a scenario expects something of, anywhere.
func namedRules(p *plan.Plan) map[string]plan.Expectation {
	named := map[string]plan.Expectation{}
	for _, step := range p.Steps {
		for _, one := range step.Expect {
			named[one.Rule] = one
		}
	}
	return named
}

// everyday is what a baseline is held to without being asked: the rules that
// the scenario names stay silent on ordinary activity, and so do ringer's own
// wherever one of them fired. Rules whose log source the day did not produce are
// left out, and counted.
func (c court) everyday(baseline plan.Baseline, named map[string]plan.Expectation) (all []plan.Expectation, unasked int) {
	spoken := map[string]bool{}
	for _, one := range baseline.Expect {
		spoken[one.Rule] = true
	}
	add := func(rule plan.Expectation) {
		if spoken[rule.Rule] {
			return
		}
		spoken[rule.Rule] = true
		want := plan.Expectation{
			Detector: rule.Detector, Rule: rule.Rule, Title: rule.Title, Want: verdict.Quiet, Shape: rule.Shape,
			Because: "ordinary activity", Sources: rule.Sources, Range: baseline.Range,
		}
		if c.showsNoSource(want) {
			unasked++
			return
		}
		all = append(all, want)
	}
	for _, id := range sortedKeys(named) {
		add(named[id])
	}
	for _, alert := range c.alerts {
		if c.Everyday(alert.Rule) {
			add(plan.Expectation{Detector: alert.Detector, Rule: alert.Rule, Title: alert.Title, Shape: alert.Shape})
		}
	}
	return all, unasked
}

// showsNoSource reports whether a day that can be judged gave a rule nothing to
// look at, be it declared.
func (c court) showsNoSource(want plan.Expectation) bool {
	judgeable := c.record.Err == nil && c.record.Skipped == "" && c.record.Proven()
	return judgeable && c.asked(want) == 0 && len(about(want, c.alerts)) == 0
}

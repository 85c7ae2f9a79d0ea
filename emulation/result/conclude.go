package result

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Judges judges runs.
type Judges struct {
	Detectors []detect.Detector
	// BaselineSilent reports whether a rule must be silent on baselines even if the
	// scenario does not name it, as ringer's own rules must.
	BaselineSilent func(rule string) bool
	Today          time.Time
	// VerdictsOnly omits what only explains verdicts: Explanation, Mismatches,
	// Nearest and Stated of every expectation.
	VerdictsOnly bool
}

// Conclude judges one run. It fails if a detector does, or if ctx ends.
func (j Judges) Conclude(ctx context.Context, run *runner.RunRecord) (Scenario, error) {
	p := run.Plan
	out := Scenario{
		Name: p.Name, Title: p.Title, File: p.File, Attack: p.Attack, Seconds: run.Took.Seconds(), Reused: run.Reused,
		Actors: []Actor{}, Baselines: []Step{}, Steps: []Step{},
	}
	for _, actor := range p.Actors {
		out.Actors = append(out.Actors, Actor(actor))
	}
	hosts := map[string]asset.Host{}
	for i, planned := range p.Assets {
		hosts[planned.Name] = planned.Place
		out.Assets = append(out.Assets, assetOf(planned, run.Assets[i]))
	}
	for _, gap := range p.Gaps {
		out.Gaps = append(out.Gaps, Gap{gap.ID, gap.Title, gap.Technique, gap.Because, gap.Range.Filename, gap.Range.Start.Line})
	}
	alerts, err := j.runDetectors(ctx, run)
	if err != nil {
		return Scenario{}, fmt.Errorf("judge %s: %w", p.Name, err)
	}
	named, watched := namedRules(p), joinOutside(run)
	out.Outside = watched.detectors()
	for i, baseline := range p.Baselines {
		record := run.Baselines[i]
		step := stepOf(record)
		step.Behaviour, step.At = baseline.Kind.Name, "before"
		s := j.stepJudge(record, alerts)
		implied, notAsked := s.baselineExpectations(baseline, named)
		step.NotAsked, step.Alerts = notAsked, s.alerts
		step.Expectations, step.UnexpectedAlerts = s.judgeAll(slices.Concat(baseline.Expect, implied))
		step.Expectations = append(step.Expectations, s.judgeOutside(run, watched, impliedOutside(p, baseline, hosts[baseline.Asset]))...)
		speak(p.Attack, step.UnexpectedAlerts)
		if len(step.UnexpectedAlerts) > 0 {
			step.Causes = BaselineCauses(record, step.UnexpectedAlerts, baseline.Kind, hosts[baseline.Asset])
		}
		out.Baselines = append(out.Baselines, step)
	}
	for i, want := range p.Steps {
		record := run.Steps[i]
		step := stepOf(record)
		step.Behaviour, step.Technique, step.Actor, step.At = want.Behaviour.Name, want.Technique, want.Actor.Name, plan.FormatOffset(want.At)
		s := j.stepJudge(record, alerts)
		step.Alerts = s.alerts
		step.Expectations, step.UnexpectedAlerts = s.judgeAll(want.Expect)
		step.Expectations = append(step.Expectations, s.judgeOutside(run, watched, want.Outside)...)
		speak(p.Attack, step.UnexpectedAlerts)
		step.Causes = causesOf(record, step.UnexpectedAlerts, nil)
		out.Steps = append(out.Steps, step)
	}
	return out, nil
}

// speak gives alerts the tags of the version of ATT&CK that the scenario speaks, as
// rules may speak another.
func speak(version attack.Version, alerts []detect.Alert) {
	for i := range alerts {
		alerts[i].Tags = version.Tags(alerts[i].Tags)
	}
}

func assetOf(asset plan.Asset, record runner.AssetRecord) Asset {
	out := Asset{
		Name: asset.Name, Kind: asset.Place.Kind.Name, Platform: asset.Place.Kind.Platform, Hostname: asset.Place.Hostname, Wrapped: asset.Wrapped,
		OpenSeconds: record.OpenTook.Seconds(), IsolationChecks: record.IsolationChecks, Leftover: record.Undone.Leftover,
	}
	if out.IsolationChecks == nil {
		out.IsolationChecks = []runner.IsolationCheck{}
	}
	if record.Err != nil {
		out.Error = record.Err.Error()
	}
	return out
}

func stepOf(record runner.StepRecord) Step {
	out := Step{
		ID: record.ID, Asset: record.Asset, Seconds: record.Outcome.Took.Seconds(), Proven: record.Proven(),
		Proofs: record.Outcome.Proofs, StandInErrors: record.Outcome.StandInErrors, Seen: record.Outcome.Seen,
		Dropped: record.Outcome.Dropped, Events: map[string]int{}, Expectations: []Expectation{}, Skipped: record.Skipped,
		Attempts: record.Attempts, TakenBack: record.TakenBack, Notes: record.Notes,
	}
	for _, e := range record.Events {
		out.Events[e.Provenance.String()]++
	}
	if record.Err != nil {
		out.Error = record.Err.Error()
	}
	return out
}

// namedRules returns one expectation for each rule that a step of the scenario names,
// by rule.
func namedRules(p *plan.Plan) map[string]plan.Expectation {
	named := map[string]plan.Expectation{}
	for _, step := range p.Steps {
		for _, expectation := range step.Expect {
			named[expectation.Rule] = expectation
		}
	}
	return named
}

// baselineExpectations returns what a baseline must meet without being asked: rules
// that the scenario names are silent on it, and so are ringer's own. A rule without
// an event of its log source is omitted and counted.
func (s stepJudge) baselineExpectations(baseline plan.Baseline, named map[string]plan.Expectation) (all []plan.Expectation, notAsked int) {
	covered := map[string]bool{}
	for _, expectation := range baseline.Expect {
		covered[expectation.Rule] = true
	}
	addExpectation := func(rule plan.Expectation) {
		if covered[rule.Rule] {
			return
		}
		covered[rule.Rule] = true
		want := plan.Expectation{
			Detector: rule.Detector, Rule: rule.Rule, Title: rule.Title, Want: verdict.Quiet, Shape: rule.Shape,
			Because: "ordinary activity", Sources: rule.Sources, Timespan: rule.Timespan, Range: baseline.Range,
		}
		if want.Timespan > 0 {
			want.LeftOut = baseline.LeftOut
		}
		if s.lacksLogSource(want) {
			notAsked++
			return
		}
		all = append(all, want)
	}
	for _, id := range sortedKeys(named) {
		addExpectation(named[id])
	}
	for _, alert := range s.alerts {
		if s.BaselineSilent(alert.Rule) {
			addExpectation(plan.Expectation{Detector: alert.Detector, Rule: alert.Rule, Title: alert.Title, Shape: alert.Shape})
		}
	}
	return all, notAsked
}

// lacksLogSource reports whether a baseline that can be judged left a rule no event
// to read, declared or not.
func (s stepJudge) lacksLogSource(want plan.Expectation) bool {
	judgeable := s.record.Err == nil && s.record.Skipped == "" && s.record.Proven()
	return judgeable && s.countAsked(want) == 0 && len(alertsFor(want, s.alerts)) == 0
}

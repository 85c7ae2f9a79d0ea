package mutate

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Tester judges recorded runs again under mutants of their rules, with the settings
// of result.Judges that they were judged with before.
type Tester struct {
	Detector       *detect.Sigma
	BaselineSilent func(rule string) bool
	Today          time.Time
}

// Test judges runs under every mutant. A mutant of a rule is judged by
// that rule's expectations and those of the correlations that rest on it, which
// are all that it can change. It fails if a rule or a mutant does not compile, if
// judging does, or if ctx ends.
func (t Tester) Test(ctx context.Context, runs []*runner.RunRecord) (Measurement, error) {
	var all []*recordedRun
	for _, run := range runs {
		all = append(all, &recordedRun{RunRecord: run, eventsBySource: map[logevent.LogSource][]*logevent.Event{}})
	}
	named := expectedRules(runs)
	out := Measurement{Format: Format, Scenarios: len(all), Rules: []Rule{}, Unexpected: []Name{}}
	var expected []ruleGroup
	for _, group := range ruleGroups(t.Detector) {
		if slices.ContainsFunc(named, func(id string) bool { return group.affected[id] }) {
			expected = append(expected, group)
		} else {
			out.Unexpected = append(out.Unexpected, nameOf(group.rule))
		}
	}
	out.Rules = make([]Rule, len(expected))
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, group := range expected {
		workers.Go(func() (err error) {
			out.Rules[i], err = t.testRule(ctx, group, all)
			return err
		})
	}
	if err := workers.Wait(); err != nil {
		return Measurement{}, err
	}
	slices.SortStableFunc(out.Rules, worseFirst)
	out.Summary = sum(out.Rules)
	return out, nil
}

// worseFirst orders rules by score, those without a score first and those without a
// mutant last.
func worseFirst(a, b Rule) int {
	rank := func(r Rule) float64 {
		switch {
		case r.Unscored != "":
			return -1
		case r.Score.Score == nil:
			return 2
		}
		return *r.Score.Score
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Survived, a.Survived), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}

func nameOf(r *sigma.Rule) Name {
	return Name{Rule: r.ID, Title: r.Title, File: r.File, Line: max(1, r.Line)}
}

// expectedRules returns the ids of the rules that an expectation of a step or
// baseline names.
func expectedRules(runs []*runner.RunRecord) []string {
	var ids []string
	add := func(all []plan.Expectation) {
		for _, expected := range all {
			ids = append(ids, expected.Rule)
		}
	}
	for _, run := range runs {
		for _, step := range run.Plan.Steps {
			add(step.Expect)
		}
		for _, baseline := range run.Plan.Baselines {
			add(baseline.Expect)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ruleTest is the test of one rule.
type ruleTest struct {
	Tester
	ruleGroup
	runs       []*recordedRun
	restricted []*runner.RunRecord
	base       [][]outcome // by run
	matches    [][]bool    // which events the rule matches, by run; nil for a correlation
}

func (t Tester) testRule(ctx context.Context, group ruleGroup, runs []*recordedRun) (Rule, error) {
	out := Rule{Name: nameOf(group.rule)}
	test := ruleTest{Tester: t, ruleGroup: group, runs: runs}
	if err := test.judgeOriginal(ctx); err != nil {
		return Rule{}, fmt.Errorf("judge %s: %w", group.rule.Title, err)
	}
	if out.Unscored = unscored(test.base); out.Unscored != "" {
		return out, nil
	}
	for _, mutant := range sigma.Mutants(group.rule) {
		if ctx.Err() != nil {
			return Rule{}, context.Cause(ctx)
		}
		described := Mutant{Operator: mutant.Operator, Line: mutant.Line, Was: mutant.Before, Now: mutant.After, Because: mutant.Equivalent}
		if mutant.Equivalent != "" {
			out.Equivalent++
			out.Equivalents = append(out.Equivalents, described)
			continue
		}
		killed, err := test.kills(ctx, mutant.Rule)
		if err != nil {
			return Rule{}, fmt.Errorf("judge %s, %s at line %d: %w", group.rule.Title, mutant.Operator, mutant.Line, err)
		}
		if killed {
			out.Killed++
		} else {
			out.Survived++
			out.Survivors = append(out.Survivors, described)
		}
	}
	out.Score = out.scored()
	slices.SortStableFunc(out.Survivors, func(a, b Mutant) int { return cmp.Compare(a.Line, b.Line) })
	return out, nil
}

// unscored says why a rule's verdicts cannot measure a mutant: one is not met, or
// there is none.
func unscored(base [][]outcome) string {
	performed, skipped := false, ""
	for _, outcomes := range base {
		for _, got := range outcomes {
			switch {
			case got.skipped != "":
				skipped = got.skipped
			case got.Verdict == verdict.Errored && got.Reason != "":
				return "not judged: " + got.Reason
			case got.Verdict == verdict.Pending || got.Verdict > verdict.Skipped:
				return fmt.Sprintf("the unaltered rule is not met: %s at %s of %s", got.Verdict, got.step, got.scenario)
			default:
				performed = true
			}
		}
	}
	if !performed {
		return "no step with an expectation of this rule was performed: " + skipped
	}
	return ""
}

// judgeOriginal judges the unaltered rule, which mutants are compared with.
func (t *ruleTest) judgeOriginal(ctx context.Context) error {
	detector, err := t.detector(t.ruleGroup.rule)
	if err != nil {
		return err
	}
	for _, p := range t.runs {
		narrowed := p.restrictedTo(t.ruleGroup)
		outcomes, err := t.judge(ctx, detector, narrowed)
		if err != nil {
			return err
		}
		t.restricted, t.base = append(t.restricted, narrowed), append(t.base, outcomes)
	}
	if t.ruleGroup.rule.Kind == sigma.Detection {
		t.matches = t.matchEvents(detector, t.ruleGroup.rule)
	}
	return nil
}

func (t *ruleTest) judge(ctx context.Context, detector *detect.Sigma, run *runner.RunRecord) ([]outcome, error) {
	judges := result.Judges{Detectors: []detect.Detector{detector}, BaselineSilent: t.BaselineSilent, Today: t.Today, VerdictsOnly: true}
	judged, err := judges.Conclude(ctx, run)
	return outcomesIn(judged, t.ruleGroup), err
}

// kills reports whether that form of the rule changes a verdict. If it matches the
// same events, its correlations have the same alerts too.
func (t *ruleTest) kills(ctx context.Context, mutated *sigma.Rule) (bool, error) {
	detector, err := t.detector(mutated)
	if err != nil {
		return false, err
	}
	var matches [][]bool
	if mutated.Kind == sigma.Detection {
		matches = t.matchEvents(detector, mutated)
	}
	for i, run := range t.restricted {
		if matches != nil && slices.Equal(matches[i], t.matches[i]) {
			continue
		}
		outcomes, err := t.judge(ctx, detector, run)
		if err != nil {
			return false, err
		}
		if !sameVerdicts(outcomes, t.base[i]) {
			return true, nil
		}
	}
	return false, nil
}

// matchEvents returns which events match a form of the rule, by run.
func (t *ruleTest) matchEvents(detector *detect.Sigma, mutated *sigma.Rule) [][]bool {
	out := make([][]bool, len(t.runs))
	var matching []*sigma.Rule
	for i, p := range t.runs {
		events := p.eventsFor(mutated.LogSource)
		out[i] = make([]bool, len(events))
		for n, e := range events {
			matching = detector.Match(e, matching[:0])
			out[i][n] = slices.Contains(matching, mutated)
		}
	}
	return out
}

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
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Tester is what performances are judged again with: as they were judged the
// first time, see result.Judges.
type Tester struct {
	Detector *detect.Sigma
	Everyday func(rule string) bool
	Today    time.Time
}

// Test judges performances under every mutant. A mutant of a rule is judged by
// that rule's expectations and those of the correlations that rest on it, which
// are all that it can change.
func (t Tester) Test(ctx context.Context, performances []*runner.Performance) (Measurement, error) {
	var all []*performed
	for _, performance := range performances {
		all = append(all, &performed{Performance: performance, forms: map[sigma.LogSource][]*sigma.Event{}})
	}
	named := namedRules(performances)
	out := Measurement{Format: Format, Scenarios: len(all), Rules: []Rule{}, Unexpected: []Name{}}
	var expected []family
	for _, f := range families(t.Detector) {
		if slices.ContainsFunc(named, func(id string) bool { return f.affected[id] }) {
			expected = append(expected, f)
		} else {
			out.Unexpected = append(out.Unexpected, nameOf(f.rule))
		}
	}
	out.Rules = make([]Rule, len(expected))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range expected {
		group.Go(func() (err error) {
			out.Rules[i], err = t.rule(ctx, f, all)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Measurement{}, err
	}
	slices.SortStableFunc(out.Rules, worseFirst)
	out.Summary = sum(out.Rules)
	return out, nil
}

// worseFirst orders rules that are not scored before others, and those without
// a mutant last.
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

// namedRules are the ids that an expectation of a step or an ordinary day names.
func namedRules(performances []*runner.Performance) []string {
	var ids []string
	add := func(all []plan.Expectation) {
		for _, expected := range all {
			ids = append(ids, expected.Rule)
		}
	}
	for _, performance := range performances {
		for _, step := range performance.Plan.Steps {
			add(step.Expect)
		}
		for _, baseline := range performance.Plan.Baselines {
			add(baseline.Expect)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// tested is one rule while its mutants are judged.
type tested struct {
	Tester
	family
	performances []*performed
	pruned       []*runner.Performance
	base         [][]outcome // by performance
	matches      [][]bool    // of the rule, by performance; none of a correlation
}

func (t Tester) rule(ctx context.Context, f family, performances []*performed) (Rule, error) {
	out := Rule{Name: nameOf(f.rule)}
	under := tested{Tester: t, family: f, performances: performances}
	if err := under.judgeAsItIs(ctx); err != nil {
		return Rule{}, fmt.Errorf("judge %s: %w", f.rule.Title, err)
	}
	if out.Unscored = unscored(under.base); out.Unscored != "" {
		return out, nil
	}
	for _, mutant := range sigma.Mutants(f.rule) {
		if ctx.Err() != nil {
			return Rule{}, context.Cause(ctx)
		}
		told := Mutant{Operator: mutant.Operator, Line: mutant.Line, Was: mutant.Was, Now: mutant.Now, Because: mutant.Equivalent}
		if mutant.Equivalent != "" {
			out.Equivalent++
			out.Equivalents = append(out.Equivalents, told)
			continue
		}
		killed, err := under.kills(ctx, mutant.Rule)
		if err != nil {
			return Rule{}, fmt.Errorf("judge %s, %s at line %d: %w", f.rule.Title, mutant.Operator, mutant.Line, err)
		}
		if killed {
			out.Killed++
		} else {
			out.Survived++
			out.Survivors = append(out.Survivors, told)
		}
	}
	out.Score = out.scored()
	slices.SortStableFunc(out.Survivors, func(a, b Mutant) int { return cmp.Compare(a.Line, b.Line) })
	return out, nil
}

// unscored says why verdicts are nothing to measure a mutant by: one is not met,
// or none was come to.
func unscored(base [][]outcome) string {
	performed, skipped := false, ""
	for _, outcomes := range base {
		for _, got := range outcomes {
			switch {
			case got.skipped != "":
				skipped = got.skipped
			case got.Verdict == verdict.Pending || got.Verdict > verdict.Skipped:
				return fmt.Sprintf("not met as the rule is: %s at %s of %s", got.Verdict, got.step, got.scenario)
			default:
				performed = true
			}
		}
	}
	if !performed {
		return "no step that expects something of it was performed: " + skipped
	}
	return ""
}

// judgeAsItIs prepares what mutants are held against.
func (t *tested) judgeAsItIs(ctx context.Context) error {
	detector, err := t.detector(t.family.rule)
	if err != nil {
		return err
	}
	for _, p := range t.performances {
		narrowed := p.pruned(t.family)
		outcomes, err := t.judge(ctx, detector, narrowed)
		if err != nil {
			return err
		}
		t.pruned, t.base = append(t.pruned, narrowed), append(t.base, outcomes)
	}
	if t.family.rule.Kind == sigma.Detection {
		t.matches = t.match(detector, t.family.rule)
	}
	return nil
}

func (t *tested) judge(ctx context.Context, detector *detect.Sigma, performance *runner.Performance) ([]outcome, error) {
	judges := result.Judges{Detectors: []detect.Detector{detector}, Everyday: t.Everyday, Today: t.Today, VerdictsOnly: true}
	judged, err := judges.Conclude(ctx, performance)
	return outcomesOf(judged, t.family), err
}

// kills says whether some verdict is another under that form of the rule. Where
// it answers to all events alike, so do the correlations that rest on it.
func (t *tested) kills(ctx context.Context, form *sigma.Rule) (bool, error) {
	detector, err := t.detector(form)
	if err != nil {
		return false, err
	}
	var matches [][]bool
	if form.Kind == sigma.Detection {
		matches = t.match(detector, form)
	}
	for i, performance := range t.pruned {
		if matches != nil && slices.Equal(matches[i], t.matches[i]) {
			continue
		}
		outcomes, err := t.judge(ctx, detector, performance)
		if err != nil {
			return false, err
		}
		if !sameVerdicts(outcomes, t.base[i]) {
			return true, nil
		}
	}
	return false, nil
}

// match is which events fit a form of the rule, by performance.
func (t *tested) match(detector *detect.Sigma, form *sigma.Rule) [][]bool {
	out := make([][]bool, len(t.performances))
	var fits []*sigma.Rule
	for i, p := range t.performances {
		events := p.seenBy(form.LogSource)
		out[i] = make([]bool, len(events))
		for n, e := range events {
			fits = detector.Match(e, fits[:0])
			out[i][n] = slices.Contains(fits, form)
		}
	}
	return out
}

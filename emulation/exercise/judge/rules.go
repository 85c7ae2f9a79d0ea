package judge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// mostRules is how many documents the text of a rule may have: a correlation and what it
// refers to. keptVerdicts is how many verdicts are remembered.
const (
	mostRules    = 8
	keptVerdicts = 4096
)

// Variant is one way in which the scenario was performed.
type Variant struct {
	Run *runner.RunRecord
	// Steps are those that it has its own way of; nil is all.
	Steps []string
}

// Variants are the ways in which a scenario was performed, of its records by the names
// of the plans: those that have none are left out.
func Variants(planned []robustness.Variant, performed map[string]*runner.RunRecord) []Variant {
	var out []Variant
	for _, v := range planned {
		run := performed[v.Plan.Name]
		if run == nil {
			continue
		}
		variant := Variant{Run: run}
		if v.Mutation != "" {
			variant.Steps = []string{}
			for step := range v.MutatedSteps {
				variant.Steps = append(variant.Steps, step)
			}
			slices.Sort(variant.Steps)
		}
		out = append(out, variant)
	}
	return out
}

// Rules judges rules over what was performed. It remembers verdicts.
type Rules struct {
	shape    event.Shape
	variants []variant
	ordinary []event.Event
	steps    []string // all of them, in the order of the scenario

	mu       sync.Mutex
	verdicts map[string]exercise.RuleVerdict
}

var _ exercise.RuleJudge = (*Rules)(nil)

// variant is the events of one way, in the order of time, and the steps that count.
type variant struct {
	events []event.Event
	steps  map[string]bool
}

// NewRules returns a judge over variants, of which the first is the scenario as it was
// reported, and over the events of ordinary days. Rules are given events in that shape.
// What is declared is left out, and so are steps that were not proven or left no event.
func NewRules(variants []Variant, ordinary []event.Event, shape event.Shape) *Rules {
	r := &Rules{shape: shape, verdicts: map[string]exercise.RuleVerdict{}}
	r.ordinary = ordered(ordinary)
	for _, given := range variants {
		v := variant{steps: map[string]bool{}}
		for _, record := range given.Run.Steps {
			v.events = append(v.events, record.Events...)
			if given.Steps != nil && !slices.Contains(given.Steps, record.ID) || record.Err != nil || !record.Proven() || len(record.Events) == 0 {
				continue
			}
			v.steps[record.ID] = true
			if !slices.Contains(r.steps, record.ID) {
				r.steps = append(r.steps, record.ID)
			}
		}
		v.events = ordered(v.events)
		r.variants = append(r.variants, v)
	}
	return r
}

// ordered returns what was seen of events, sorted by time.
func ordered(events []event.Event) []event.Event {
	seen, _ := event.WithoutDeclared(events)
	seen = slices.Clone(seen)
	slices.SortStableFunc(seen, func(a, b event.Event) int { return a.Time.Compare(b.Time) })
	return seen
}

// JudgeRule judges as [exercise.RuleJudge] says. It fails only if ctx ends.
func (r *Rules) JudgeRule(ctx context.Context, text string) (exercise.RuleVerdict, error) {
	digest := exercise.RuleDigest(text)
	r.mu.Lock()
	known, ok := r.verdicts[digest]
	r.mu.Unlock()
	if ok {
		return known, nil
	}
	verdict, err := r.judge(ctx, text)
	if err != nil {
		return exercise.RuleVerdict{}, err
	}
	verdict.Digest = digest
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.verdicts) < keptVerdicts {
		r.verdicts[digest] = verdict
	}
	return verdict, nil
}

func (r *Rules) judge(ctx context.Context, text string) (exercise.RuleVerdict, error) {
	engine, problems := engineOf(text)
	if len(problems) > 0 {
		return exercise.RuleVerdict{Problems: problems}, nil
	}
	detected, variants := map[string]int{}, map[string]int{}
	for _, v := range r.variants {
		alerts, err := engine.Detect(ctx, v.events, r.shape)
		if err != nil {
			return exercise.RuleVerdict{}, fmt.Errorf("judge a rule: %w", err)
		}
		step := map[string]string{}
		for _, e := range v.events {
			step[e.ID] = e.Lineage.Step
		}
		hit := map[string]bool{}
		for _, alert := range alerts {
			hit[step[alert.Newest()]] = true
		}
		for id := range v.steps {
			variants[id]++
			if hit[id] {
				detected[id]++
			}
		}
	}
	alarms, err := engine.Detect(ctx, r.ordinary, r.shape)
	if err != nil {
		return exercise.RuleVerdict{}, fmt.Errorf("judge a rule: %w", err)
	}
	verdict := exercise.RuleVerdict{Alarms: len(alarms)}
	for _, id := range r.steps {
		verdict.Steps = append(verdict.Steps, exercise.StepDetection{Step: id, Variants: variants[id], Detected: detected[id]})
	}
	return verdict, nil
}

// engineOf compiles the text of a rule, or says what is wrong with it.
func engineOf(text string) (*detect.Sigma, []string) {
	if len(text) > exercise.MaxRule {
		return nil, []string{fmt.Sprintf("the rule has %d bytes; at most %d are allowed", len(text), exercise.MaxRule)}
	}
	rules, problems := sigma.Parse("rule.yml", []byte(text))
	if len(rules) > mostRules {
		return nil, []string{fmt.Sprintf("the text has %d rules; at most %d are allowed", len(rules), mostRules)}
	}
	engine, compiling := detect.NewSigma(rules)
	var out []string
	for _, p := range slices.Concat(problems, compiling) {
		if p.Severity == sigma.Error {
			out = append(out, fmt.Sprintf("line %d: %s: %s", p.Line, p.Summary, p.Detail))
		}
	}
	if len(out) == 0 && len(engine.Evaluated()) == 0 {
		out = append(out, "there is no rule in the text")
	}
	return engine, out[:min(len(out), mostRules)]
}

// Ordinary returns the events of a run's ordinary days.
func Ordinary(run *runner.RunRecord) []event.Event {
	var out []event.Event
	for _, record := range run.Baselines {
		out = append(out, record.Events...)
	}
	slices.SortStableFunc(out, func(a, b event.Event) int { return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.ID, b.ID)) })
	return out
}

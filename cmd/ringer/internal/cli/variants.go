package cli

import (
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var errJUnitOfVariants = errors.New("variants cannot be written as --junit: their result has no test cases")

// withVariants has the variants of each scenario in its place.
func (e exercise) withVariants() exercise {
	variants := []robustness.Variant{}
	for _, p := range e.plans {
		variants = append(variants, robustness.Variants(p)...)
	}
	return e.withPlansOf(variants)
}

func (e exercise) withPlansOf(variants []robustness.Variant) exercise {
	e.variants, e.plans = variants, nil
	for _, variant := range variants {
		e.plans = append(e.plans, variant.Plan)
	}
	return e
}

// keepPerformed leaves out the variants that were not performed to their end, and says
// how many.
func (c *command) keepPerformed(e *exercise) error {
	performed := map[string]map[string]effect.StepPlan{}
	err := eachFinished(e.recording, func(s *record.ScenarioRecord) error {
		performed[s.Name] = s.Effects()
		return nil
	})
	if err != nil {
		return err
	}
	*e = e.withPlansOf(robustness.AsPerformed(e.variants, func(plan string) map[string]effect.StepPlan { return performed[plan] }))
	switch left := len(e.recording.Head.Scenarios) - len(e.plans); {
	case len(e.plans) == 0:
		return usageError{errors.New("read recording: none of its variants was performed to its end")}
	case left > 0:
		fmt.Fprintf(c.Stderr, "Warning: %s left out: not performed to the end, or under an alteration that this ringer does not know\n", report.Plural(left, "variant"))
	}
	return nil
}

// concludeVariants tells which alterations the rules survive. The error is for the
// exit code.
func (c *command) concludeVariants(run result.Run, e exercise, view shown) error {
	measured := robustness.Measurement{
		Format: robustness.Format, ID: run.ID, Version: run.Version, Lab: run.Lab, Started: run.Started, Replayed: run.Replayed, Seconds: run.Seconds,
		Executions: len(e.variants), Mutations: evasion.All(),
	}
	for _, variant := range e.variants {
		if variant.Mutation == "" {
			measured.Scenarios++
		}
	}
	measured.Rules, measured.Missed, measured.Failures = robustness.Measure(e.variants, run.Scenarios)
	var err error
	if view.json {
		err = report.VariantsJSON(c.Stdout, measured)
	} else {
		style := c.style()
		style.Recorded = view.recorded
		err = report.Variants(c.Stdout, measured, style)
	}
	if err != nil {
		return err
	}
	return c.evasionError(measured, e.rules, view.strict)
}

// evasionError returns the error for a measurement's exit code: nil unless a
// performance broke, or strict asks for more.
func (c *command) evasionError(m robustness.Measurement, rules *ruleSet, strict report.Strictness) error {
	if len(m.Failures) > 0 {
		return verdictError(verdict.Errored)
	}
	if strict < report.Strict {
		return nil
	}
	switch {
	case m.Evaded() > 0:
		fmt.Fprintf(c.Stderr, "strict: %s evaded\n", report.Plural(m.Evaded(), "rule"))
	case m.NotAsked() > 0:
		fmt.Fprintf(c.Stderr, "strict: %s not asked: an altered step left no event that the rule reads\n", report.Plural(m.NotAsked(), "rule"))
	case len(m.Missed) > 0:
		fmt.Fprintf(c.Stderr, "strict: %s not met as reported\n", report.Plural(len(m.Missed), "expectation"))
	case m.Unjudged() > 0:
		fmt.Fprintf(c.Stderr, "strict: %s not judged: nothing was performed\n", report.Plural(m.Unjudged(), "rule"))
	case len(rules.broken) > 0:
		fmt.Fprintf(c.Stderr, "strict: %s left out\n", report.Plural(len(rules.broken), "rule"))
	case strict >= report.Observed && m.Stated() > 0:
		fmt.Fprintf(c.Stderr, "strict: %s resting on stated fields\n", report.Plural(m.Stated(), "rule"))
	default:
		return nil
	}
	return errNotMet
}

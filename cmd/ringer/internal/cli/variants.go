package cli

import (
	"context"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// variants performs scenarios as reported and under each alteration, and reports
// which alterations the rules survive.
func (c *command) variants(ctx context.Context, plans []*plan.Plan, rules *ruleSet, flags runFlags) error {
	var ways []robustness.Variant
	var all []*plan.Plan
	for _, plan := range plans {
		for _, way := range robustness.Variants(plan) {
			ways, all = append(ways, way), append(all, way.Plan)
		}
	}
	if flags.dryRun {
		return report.DryRun(c.Stdout, all, c.style())
	}
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	run, err := c.performPlans(ctx, c.newRun(lab).performing(lab, nil), all, rules, flags.lab.parallel, nil)
	if err != nil {
		return err
	}
	measured := robustness.Measurement{
		Format: robustness.Format, ID: run.ID, Version: run.Version, Lab: run.Lab, Started: run.Started, Seconds: run.Seconds,
		Scenarios: len(plans), Executions: len(ways), Mutations: evasion.All(),
	}
	measured.Rules, measured.Missed, measured.Failures = robustness.Measure(ways, run.Scenarios)
	if flags.view.json {
		err = report.VariantsJSON(c.Stdout, measured)
	} else {
		err = report.Variants(c.Stdout, measured, c.style())
	}
	if err != nil {
		return err
	}
	return c.evasionError(measured, rules, flags.strict.Strictness)
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

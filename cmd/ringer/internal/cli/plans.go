package cli

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// buildPlans builds the plan of every scenario of a set, also of those with errors,
// so that all problems are reported together. The plans may only be used if no
// problem is an error.
func (c *command) buildPlans(set *scenario.Set, rules *ruleSet) ([]*plan.Plan, hcl.Diagnostics) {
	var plans []*plan.Plan
	var problems hcl.Diagnostics
	for _, scenario := range set.Scenarios {
		built, found := plan.Build(scenario, rules, telemetry.Channels, c.Now())
		plans = append(plans, built)
		problems = append(problems, found...)
	}
	_, found := c.buildConditions(set, rules)
	return plans, append(problems, found...)
}

// loadPlans returns the plans of the scenarios that the arguments name. If there is
// an error, all problems are written.
func (c *command) loadPlans(args []string, rules *ruleSet, variables map[string]string) ([]*plan.Plan, error) {
	set, problems, err := load(args, variables)
	if err != nil {
		return nil, err
	}
	plans, found := c.buildPlans(set, rules)
	return plans, c.reportProblems(set, append(problems, found...))
}

// reportProblems writes problems, and returns errInvalid if one of them is an error.
func (c *command) reportProblems(set *scenario.Set, problems hcl.Diagnostics) error {
	c.writeDiagnostics(c.Stderr, c.StderrWidth, set.Files, diagnostic.Sort(problems))
	if problems.HasErrors() {
		return errInvalid
	}
	return nil
}

// buildConditions resolves the profiles and faults of files that have nothing else.
func (c *command) buildConditions(set *scenario.Set, rules *ruleSet) (plan.Conditions, hcl.Diagnostics) {
	var all plan.Conditions
	var problems hcl.Diagnostics
	for _, condition := range set.Conditions {
		built, found := plan.BuildConditions(condition, rules, telemetry.Channels)
		all = all.Override(built)
		problems = append(problems, found...)
	}
	return all, problems
}

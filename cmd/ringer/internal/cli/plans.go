package cli

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// buildPlans builds the plan of every scenario of a set, as of a time, also of those
// with errors, so that all problems are reported together. The plans may only be
// used if no problem is an error.
func (c *command) buildPlans(set *scenario.Set, rules *ruleSet, now time.Time) ([]*plan.Plan, hcl.Diagnostics) {
	var plans []*plan.Plan
	var problems hcl.Diagnostics
	for _, scenario := range set.Scenarios {
		built, found := plan.Build(scenario, rules, telemetry.Channels, now)
		plans = append(plans, built)
		problems = append(problems, found...)
	}
	_, found := c.buildConditions(set, rules)
	return plans, append(problems, found...)
}

// reportProblems writes problems, and returns errInvalid if one of them is an error.
func (c *command) reportProblems(set *scenario.Set, problems hcl.Diagnostics) error {
	c.writeDiagnostics(c.Stderr, c.stderrWidth(), set.Files, diagnostic.Sort(problems))
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

// plansNamed are the plans of these scenarios, in their order.
func plansNamed(plans []*plan.Plan, names []string) []*plan.Plan {
	return slices.DeleteFunc(slices.Clone(plans), func(p *plan.Plan) bool { return !slices.Contains(names, p.Name) })
}

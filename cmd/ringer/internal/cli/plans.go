package cli

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// build resolves every scenario of a set, also those with mistakes in them, so
// that all problems come at once. The plans are to be used only if there is no
// error among the problems.
func (c *command) build(set *scenario.Set, known *rules) ([]*plan.Plan, hcl.Diagnostics) {
	var plans []*plan.Plan
	var problems hcl.Diagnostics
	for _, one := range set.Scenarios {
		built, found := plan.Build(one, known, persona.Channels, c.Now())
		plans = append(plans, built)
		problems = append(problems, found...)
	}
	return plans, problems
}

// plans are what the arguments of run name, ready to be performed. Where there
// is an error all problems are written, and nothing was started.
func (c *command) plans(args []string, known *rules, flags runFlags) ([]*plan.Plan, error) {
	set, problems, err := load(args, flags.variables)
	if err != nil {
		return nil, err
	}
	plans, found := c.build(set, known)
	problems = scenario.InOrder(append(problems, found...))
	c.explain(c.Stderr, c.StderrWidth, set.Files, problems)
	if problems.HasErrors() {
		return nil, errInvalid
	}
	return plans, nil
}

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
	_, found := c.carriers(set, known)
	return plans, append(problems, found...)
}

// plans are what the arguments of run name, ready to be performed. Where there
// is an error all problems are written, and nothing was started.
func (c *command) plans(args []string, known *rules, variables map[string]string) ([]*plan.Plan, error) {
	set, problems, err := load(args, variables)
	if err != nil {
		return nil, err
	}
	plans, found := c.build(set, known)
	return plans, c.refuse(set, append(problems, found...))
}

// refuse writes problems; it is an error if one of them is.
func (c *command) refuse(set *scenario.Set, problems hcl.Diagnostics) error {
	c.explain(c.Stderr, c.StderrWidth, set.Files, scenario.InOrder(problems))
	if problems.HasErrors() {
		return errInvalid
	}
	return nil
}

// carriers resolves the profiles and faults that a set's files hold for all.
func (c *command) carriers(set *scenario.Set, known *rules) (plan.Carriers, hcl.Diagnostics) {
	var all plan.Carriers
	var problems hcl.Diagnostics
	for _, one := range set.Carriers {
		built, found := plan.BuildCarriers(one, known, persona.Channels)
		all = all.With(built)
		problems = append(problems, found...)
	}
	return all, problems
}

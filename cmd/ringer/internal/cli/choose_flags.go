package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// chooseFlags choose steps of what is read.
type chooseFlags struct {
	filter selection.Filter
	// affectedBy are files, affectedByGit is the revision since which they changed.
	affectedBy    []string
	affectedByGit string
}

// addTo declares the flags.
func (f *chooseFlags) addTo(cmd *cobra.Command) {
	for _, flag := range []struct {
		to         *[]string
		name, what string
	}{
		{&f.filter.Techniques, "technique", "only steps of this ATT&CK technique: its `ID`, such as T1505.003; T1505 has its sub-techniques in it"},
		{&f.filter.Tactics, "tactic", "only steps of this ATT&CK `TACTIC`, such as persistence or TA0003"},
		{&f.filter.Tags, "tag", "only scenarios that have this `TAG`"},
		{&f.filter.Actors, "actor", "only steps of this `ACTOR`: a scenario's name, or the id or name of a group"},
		{&f.filter.Assets, "asset", "only what is done on this `ASSET`, or on a host of this kind"},
		{&f.filter.Steps, "step", "only steps and ordinary days of this name: `SCENARIO/STEP`, where * stands for any text"},
		{&f.affectedBy, "affected-by", "only what a change of this `FILE` of rules or of a scenario concerns"},
	} {
		cmd.Flags().StringArrayVar(flag.to, flag.name, nil, flag.what+"; may be given several times")
	}
	cmd.Flags().StringVar(&f.affectedByGit, "affected-by-git", "", "only what files concern that changed since this `REVISION` of git")
}

// given reports whether one of the flags was.
func (f *chooseFlags) given() bool {
	return !f.filter.IsZero() || len(f.affectedBy) > 0 || f.affectedByGit != ""
}

// chooseHelp is what the help of a command says of the flags.
const chooseHelp = "--technique, --tactic, --tag, --actor, --asset, --step and --affected-by choose steps: of one\n" +
	"flag given several times any, of different flags all must hold. Steps that a chosen one\n" +
	"builds on are performed with it. A correlation that could join events of a step that is\n" +
	"left out is not judged.\n\n"

// canAsk reports whether an asset's records can be of a log source that a rule reads.
func canAsk(on plan.Asset, sources []event.LogSource) bool {
	return plan.Channels(telemetry.Channels).CanAsk(on.Place.Kind, plan.Rule{Sources: sources})
}

// choice is what flags choose of an exercise; all of it without flags. It fails with a usage
// error if that is nothing.
func (c *command) choice(ctx context.Context, e exercise, flags chooseFlags) (selection.Choice, error) {
	if len(flags.affectedBy) > 0 || flags.affectedByGit != "" {
		affected, err := c.affected(ctx, e, flags)
		if err != nil {
			return selection.Choice{}, err
		}
		flags.filter.Affected = affected
	}
	chosen, err := flags.filter.Choose(e.plans, canAsk)
	if err != nil {
		return chosen, usageError{err}
	}
	return chosen, nil
}

// chosen is an exercise of what flags choose, which is to be performed. It tells what is
// performed besides.
func (c *command) chosen(ctx context.Context, e exercise, flags chooseFlags) (exercise, error) {
	if !flags.given() {
		return e, nil
	}
	choice, err := c.choice(ctx, e, flags)
	if err != nil {
		return e, err
	}
	e.plans, e.performed = choice.Plans, map[string][]string{}
	for _, p := range choice.Plans {
		for _, baseline := range p.Baselines {
			e.performed[p.Name] = append(e.performed[p.Name], baseline.ID)
		}
		for _, step := range p.Steps {
			e.performed[p.Name] = append(e.performed[p.Name], step.ID)
		}
	}
	c.tellChoice(choice)
	for _, need := range choice.Needed {
		fmt.Fprintf(c.Stderr, "Note: %s/%s is performed too: %s needs it, as %s\n", need.Scenario, need.Step, need.For, need.Because)
	}
	return e, nil
}

// tellChoice says how much was chosen.
func (c *command) tellChoice(choice selection.Choice) {
	fmt.Fprintf(c.Stderr, "chosen: %d of %s and ordinary days\n", choice.Chosen, report.Plural(choice.Of, "step"))
}

// keeping answers with the chosen steps alone of what was recorded. All of a recording is
// judged, so that correlations see what they saw.
func (from runSource) keeping(choice selection.Choice) runSource {
	from.keep = func(all result.Scenario) result.Scenario {
		kept := func(steps []result.Step) []result.Step {
			out := []result.Step{}
			for _, step := range steps {
				if choice.Has(all.Name, step.ID) {
					out = append(out, step)
				}
			}
			return out
		}
		all.Baselines, all.Steps, all.Gaps = kept(all.Baselines), kept(all.Steps), nil
		return all
	}
	return from
}

// replayChosen is an exercise of the scenarios of a recording of which flags choose
// something, and its source, which answers with that alone.
func (c *command) replayChosen(ctx context.Context, e exercise, from runSource, flags chooseFlags) (exercise, runSource, error) {
	if !flags.given() {
		return e, from, nil
	}
	if e.variants != nil {
		return e, from, usageError{errors.New("no step of a recorded run of variants can be chosen: they are measured together")}
	}
	choice, err := c.choice(ctx, e, flags)
	if err != nil {
		return e, from, err
	}
	c.tellChoice(choice)
	var names []string
	for _, p := range choice.Plans {
		names = append(names, p.Name)
	}
	e.plans = plansNamed(e.plans, names)
	return e, from.keeping(choice), nil
}

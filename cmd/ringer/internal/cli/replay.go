package cli

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/record"
)

// replayFlags are those of `ringer replay`.
type replayFlags struct {
	rules      ruleFlags
	choose     chooseFlags
	gate       gateFlags
	view       viewFlags
	strict     strictness
	asRecorded bool
	shipped    bool
}

func newReplay(c *command) *cobra.Command {
	var flags replayFlags
	cmd := &cobra.Command{
		Use:   "replay [RECORDING]",
		Short: "Judge a recorded run again, without a lab",
		Long: "Judges every expectation of a recorded run again: a file, the folder of a run, the\n" +
			"beginning of a run's id, or the last run. Nothing is performed. The rules are those of\n" +
			"the run; a rule of --rules takes the place of one with the same id. A run of variants, or\n" +
			"of what reenact performs, gives its own report again.\n\n" +
			"What was observed is translated into events anew; with --as-recorded the events are\n" +
			"those of the run. A known gap is past its date if it was when the run was performed.\n\n" +
			"--technique, --tactic, --tag, --actor, --asset, --step and --affected-by choose what is\n" +
			"told; all of the recording is judged.\n\n" + gateHelp +
			"Exit codes: 0 every expectation met, 1 at least one not met or a gate not passed, 2 invalid\n" +
			"input or a recording that is not as it was sealed, 4 the recorded run failed.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.view.check(), flags.gate.check()); err != nil {
				return err
			}
			c.everyStep, c.ci = flags.view.verbose, flags.view.ci
			name := first(args)
			if flags.shipped {
				name = shippedPrefix + cmp.Or(name, "small")
			}
			return c.replay(cmd.Context(), name, flags)
		},
	}
	flags.rules.addTo(cmd)
	flags.choose.addTo(cmd)
	flags.gate.addTo(cmd)
	flags.view.addTo(cmd)
	flags.strict.addTo(cmd)
	cmd.Flags().BoolVar(&flags.asRecorded, "as-recorded", false, "judge the events as they were recorded")
	cmd.Flags().BoolVar(&flags.shipped, "shipped", false, "judge a recording that ringer brings along: "+strings.Join(shippedNames(), ", "))
	return cmd
}

// first is the first argument, or "".
func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func (c *command) replay(ctx context.Context, name string, flags replayFlags) error {
	recording, err := c.openRecording(name)
	if err != nil {
		return err
	}
	defer recording.Close()
	if recording.Head.Kind == record.Reenactment {
		if flags.choose.given() || flags.gate.given() {
			return usageError{errors.New("nothing can be chosen of what was re-enacted, and no gate judges it: it has no steps of a scenario")}
		}
		return c.replayReenacted(ctx, recording, flags)
	}
	e, err := c.readRecorded(recording, flags.rules)
	if err != nil {
		return err
	}
	e, from, err := c.replayChosen(ctx, e, c.replaying(recording, flags.asRecorded), flags.choose)
	if err != nil {
		return err
	}
	if e.variants != nil && flags.view.junit != "" {
		return usageError{errJUnitOfVariants}
	}
	reports, err := c.openReports(flags.view)
	if err != nil {
		return err
	}
	part := e.isPart() || from.keep != nil
	gates, err := c.gates(e, part, flags.gate)
	if err != nil {
		return err
	}
	if e.variants != nil {
		if flags.gate.given() {
			return usageError{errors.New("no gate judges a recorded run of variants: it has no verdicts of its own")}
		}
		gates = nil
	}
	run, err := c.performHeld(ctx, e, openedRuns{runSource: from}, holding{gates, part, 1, 1, explainWith(name, flags.rules)})
	if err != nil {
		return err
	}
	view := shown{viewFlags: flags.view, strict: flags.strict.Strictness, explainWith: explainWith(name, flags.rules)}
	if e.variants != nil {
		return c.concludeVariants(run, e, view)
	}
	if err := c.writeRun(run, reports, e.rules, view); err != nil {
		return err
	}
	return c.runError(run, e.rules, flags.strict.Strictness)
}

// replayReenacted judges again what was re-enacted.
func (c *command) replayReenacted(ctx context.Context, recording *record.Recording, flags replayFlags) error {
	if flags.view.junit != "" {
		return usageError{errors.New("what was re-enacted cannot be written as --junit: its result has no test cases")}
	}
	started := c.Now()
	executions, rules, err := c.recordedExecutions(ctx, recording, flags.rules)
	if err != nil {
		return err
	}
	out, err := judgeReplays(ctx, executions, rules)
	if err != nil {
		return err
	}
	out.Started, out.Seconds = recording.Head.Started, c.Now().Sub(started).Seconds()
	return c.writeReenacted(out, flags.view.json)
}

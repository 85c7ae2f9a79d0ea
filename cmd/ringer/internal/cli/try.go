package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report/trial"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// tryFlags are those of `ringer try`.
type tryFlags struct {
	scenario      scenarioFlags
	json, verbose bool
	lab           labFlags
	record        recordFlags
}

func newTry(c *command) *cobra.Command {
	var flags tryFlags
	cmd := &cobra.Command{
		Use:   "try NAME|FILE|DIR [NAME]",
		Short: "Perform one behaviour once, and show what it left and which rules saw it",
		Long: "Performs one behaviour with its defaults, on a host of the first kind that it is for:\n" +
			"one that ringer or a --library has, or one of a file or folder of your own. Where that\n" +
			"has several, NAME chooses one.\n\n" +
			"Shown are the programs and their acts, the proofs, whether all was taken back, the\n" +
			"events, the rules that alerted and those that came near. Nothing is expected of the\n" +
			"rules: a scenario says what they must make of it.\n\n" +
			"Exit codes: 0 performed, 1 it had no effect or was not taken back, 2 invalid input\n" +
			"(nothing was started), 3 no lab, 4 the run failed, 130 interrupted.",
		Args: wantArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.json && flags.verbose {
				return usageError{errors.New("--verbose cannot be combined with --json, which has everything")}
			}
			if err := flags.record.check(); err != nil {
				return err
			}
			return c.try(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().BoolVar(&flags.json, "json", false, "print everything as one JSON document")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "print every event, and every rule that was asked")
	flags.scenario.addTo(cmd)
	flags.lab.addName(cmd)
	flags.record.addTo(cmd)
	return cmd
}

func (c *command) try(ctx context.Context, args []string, flags tryFlags) error {
	rules, err := c.loadRules(flags.scenario.rules)
	if err != nil {
		return err
	}
	c.warnBroken(rules)
	chosen, err := c.chooseBehaviour(args, flags.scenario)
	if err != nil {
		return err
	}
	e, err := c.alone(chosen, rules, flags.scenario)
	if err != nil {
		return err
	}
	tried, recorded, err := c.performAlone(ctx, e, flags.lab.name, flags.record)
	if err != nil {
		return err
	}
	if flags.json {
		err = c.printJSON(tried)
	} else {
		err = c.writeTrial(tried, flags.verbose, recorded)
	}
	if err != nil {
		return err
	}
	switch {
	case tried.Outcome == trial.Errored:
		return errBroke
	case tried.Outcome == trial.NoEffect, len(tried.Leftover) > 0:
		return errNotMet
	}
	return nil
}

// performAlone has the only step of an exercise performed. It returns what that showed, and
// whether it was recorded.
func (c *command) performAlone(ctx context.Context, e exercise, lab string, keep recordFlags) (tried trial.Trial, recorded bool, err error) {
	runs, err := c.openRuns(ctx, e, lab, keep)
	if err != nil {
		return trial.Trial{}, false, err
	}
	run, records, broke := c.performAndKeep(ctx, runs.runSource, e.plans, e.rules, 1)
	_ = runs.close()
	if err := errors.Join(broke, runs.recorder.seal(run, broke)); err != nil {
		return trial.Trial{}, false, err
	}
	return trial.Of(records[0], run.Scenarios[0], e.rules.Sigma), runs.recorder.place(run.ID) != "", nil
}

func (c *command) writeTrial(tried trial.Trial, verbose, recorded bool) error {
	style := c.style()
	style.Verbose = verbose
	if err := trial.Text(c.Stdout, tried, style); err != nil {
		return err
	}
	if !recorded || len(tried.Events) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.Stdout, "\nlook  ringer events --step %s\n      ringer explain RULE --at %s\n", tried.Place, tried.Place)
	return err
}

// alone is a scenario of one step, which performs a behaviour with its defaults.
func (c *command) alone(chosen chosenBehaviour, rules *ruleSet, flags scenarioFlags) (exercise, error) {
	if missing := chosen.missing(); missing != "" {
		return exercise{}, usageError{fmt.Errorf("%s needs %s, which have no default: give them one, or perform it in a scenario (`ringer new scenario NAME --behaviour %s`)",
			chosen.behaviour.Name, missing, chosen.behaviour.Name)}
	}
	name := chosen.scenarioFile()
	e, err := c.madeUp(name, chosen.scenario(""), rules, flags)
	if err != nil {
		return exercise{}, err
	}
	// Whether the host must run a daemon is known of a step that is planned.
	if service := e.plans[0].Steps[0].Effect.Service(); service != "" {
		return c.madeUp(name, chosen.scenario(service), rules, flags)
	}
	return e, nil
}

// madeUp reads a scenario of one step that a command makes up, as a file of that name, and
// plans it. It writes what is wrong with it.
func (c *command) madeUp(name string, text []byte, rules *ruleSet, flags scenarioFlags) (exercise, error) {
	in := sources{shipped: map[string]bool{}, written: record.Files{name: text}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary, Variables: flags.variables, Libraries: flags.libraries}, in, name)
	plans, more := c.buildPlans(set, rules, c.Now())
	// A warning that nothing is expected says nothing new.
	if problems = append(problems, more...); problems.HasErrors() {
		return exercise{}, c.reportProblems(set, problems)
	}
	if len(plans) != 1 {
		return exercise{}, fmt.Errorf("%s cannot be read again: expected one scenario, it has %d", name, len(plans))
	}
	return exercise{
		loaded: loaded{set, problems, []string{name}, func(string) bool { return false }},
		plans:  plans, rules: rules, variables: flags.variables, libraries: flags.libraries,
	}, nil
}

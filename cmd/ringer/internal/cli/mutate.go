package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/report"
)

// mutateFlags are those of `ringer mutate`.
type mutateFlags struct {
	scenario scenarioFlags
	json     bool
	minScore float64
	lab      labFlags
	record   recordFlags
	history  historyFlags
}

func newMutate(c *command) *cobra.Command {
	var flags mutateFlags
	cmd := &cobra.Command{
		Use:   "mutate [NAME|PATH|RECORDING]...",
		Short: "Find the parts of rules that no expectation tests",
		Long: "Performs scenarios once, or the whole library, and judges them again under altered\n" +
			"rules: a predicate, a value or a filter dropped, a modifier loosened, \"and\" turned\n" +
			"into \"or\", a count or a time span moved by one, and so on. A mutant that changes no\n" +
			"verdict has survived: nothing tests the part of the rule that it altered. A mutant that\n" +
			"matches the same events as the rule is equivalent and not counted.\n\n" +
			"The score is killed / (killed + survived), over all rules that an expectation names or\n" +
			"that a named correlation rests on.\n\n" +
			"Exit codes are the same as for run, and 1 if the score is below --min-score. A rule\n" +
			"with an expectation that is not met is not scored.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return c.mutate(cmd.Context(), args, flags)
		},
	}
	flags.scenario.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the measurement as one JSON document")
	cmd.Flags().Float64Var(&flags.minScore, "min-score", 0, "fail below this `SCORE`, from 0 to 1")
	flags.lab.addTo(cmd, "scenarios")
	flags.record.addTo(cmd)
	flags.history.addTo(cmd)
	return cmd
}

func (f mutateFlags) check() error {
	if !(f.minScore >= 0 && f.minScore <= 1) {
		return usageError{fmt.Errorf("--min-score must be a number from 0 to 1, not %g", f.minScore)}
	}
	return errors.Join(f.lab.check(), f.record.check(), f.history.check())
}

func (c *command) mutate(ctx context.Context, args []string, flags mutateFlags) error {
	e, err := c.readExercise(args, flags.scenario)
	if err != nil {
		return err
	}
	if err := c.checkHistory(ctx, flags.history); err != nil {
		return err
	}
	opened, err := c.openRuns(ctx, e, flags.lab.name, flags.record)
	if err != nil {
		return err
	}
	memory, err := c.newMemory(e, opened.runSource, opened.recorder, flags.history)
	if err != nil {
		return errors.Join(err, opened.close())
	}
	run, runs, err := c.performAndKeep(ctx, opened.remembering(memory), e.plans, e.rules, flags.lab.parallel)
	_ = opened.close() // mutants are judged without it
	if err := errors.Join(err, opened.recorder.seal(run, err)); err != nil {
		return err
	}
	rules := e.rules
	began := c.Now()
	measured, err := rules.mutantTester(run.Started).Test(ctx, runs)
	if err != nil {
		return err
	}
	measured.ID, measured.Version, measured.Lab, measured.Started = run.ID, run.Version, run.Lab, run.Started
	measured.Seconds, measured.JudgingSeconds = run.Seconds+c.Now().Sub(began).Seconds(), c.Now().Sub(began).Seconds()
	if e.recording == nil {
		err = memory.keep(ctx, run, opened.recorder, history.MutationOf(measured))
	} else if !flags.scenario.rules.given() {
		err = c.addMutation(ctx, run.ID, history.MutationOf(measured), flags.history)
	}
	if err != nil {
		return err
	}
	if flags.json {
		err = report.MutateJSON(c.Stdout, measured)
	} else {
		err = report.Mutate(c.Stdout, measured, c.style())
	}
	if err != nil {
		return err
	}
	if err := c.runError(run, rules, report.Lenient); err != nil {
		return err
	}
	return c.checkMinScore(measured, flags.minScore)
}

// checkMinScore returns errNotMet if the score is below the least one.
func (c *command) checkMinScore(measured mutate.Measurement, least float64) error {
	switch score := measured.Summary.Score.Score; {
	case least == 0:
		return nil
	case score == nil:
		fmt.Fprintf(c.Stderr, "min-score: no mutant to score\n")
	case *score < least:
		fmt.Fprintf(c.Stderr, "min-score: %.4f is below %g\n", *score, least)
	default:
		return nil
	}
	return errNotMet
}

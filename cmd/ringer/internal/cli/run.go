package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// runFlags are those of `ringer run`.
type runFlags struct {
	rules     []string
	variables variables
	json      bool
	junit     string
	strict    bool
	dryRun    bool
	variants  bool
	lab       labFlags
}

func newRun(c *command) *cobra.Command {
	flags := runFlags{variables: variables{}}
	cmd := &cobra.Command{
		Use:   "run [NAME|PATH]...",
		Short: "Perform scenarios in containers and judge what the detectors saw",
		Long: "Performs the scenarios named (of the shipped library, or files and folders of your\n" +
			"own), or the whole library, and judges every expectation.\n\n" +
			"With --variants each scenario is performed as reported and once more for each\n" +
			"alteration (renamed program, other folder, order of options, quotes, letter case,\n" +
			"…), and each rule that fires is said to survive it or not, with the line that\n" +
			"evades it. That is a measurement, which fails under --strict only: if a rule is\n" +
			"evaded, missed as reported or not judged.\n\n" +
			"Exit codes: 0 all met, 1 one was not, 2 invalid input (nothing was started), 3 no\n" +
			"lab, 4 the exercise broke, 130 interrupted.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.lab.check(); err != nil {
				return err
			}
			if flags.dryRun && (flags.json || flags.junit != "") {
				return usageError{errors.New("--dry-run has no result: leave out --json and --junit")}
			}
			if flags.variants && flags.junit != "" {
				return usageError{errors.New("--variants measures rules; JUnit has cases for expectations: leave out --junit")}
			}
			return c.run(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().StringArrayVar(&flags.rules, "rules", nil, "Sigma rules to add: the `PATH` of a file, folder or zip")
	flags.variables.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the result as one JSON document")
	cmd.Flags().StringVar(&flags.junit, "junit", "", "write the result as JUnit to this `FILE` as well")
	cmd.Flags().BoolVar(&flags.strict, "strict", false, "fail on alerts nobody expected, on skips and on rules left out")
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "print what would happen; start nothing")
	cmd.Flags().BoolVar(&flags.variants, "variants", false, "measure what the rules survive when the same is done otherwise")
	flags.lab.add(cmd, "scenarios")
	return cmd
}

func (c *command) run(ctx context.Context, args []string, flags runFlags) error {
	known, err := c.loadRules(flags.rules)
	if err != nil {
		return err
	}
	c.warnBroken(known)
	plans, err := c.plans(args, known, flags.variables)
	if err != nil {
		return err
	}
	if flags.variants {
		return c.variants(ctx, plans, known, flags)
	}
	if flags.dryRun {
		return report.DryRun(c.Stdout, plans, c.style())
	}
	if flags.junit != "" {
		if err := writable(flags.junit); err != nil {
			return err
		}
	}
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	run, err := c.perform(ctx, lab, plans, known, flags.lab.parallel, nil)
	if err != nil {
		return err
	}
	if err := c.write(run, flags); err != nil {
		return err
	}
	return c.outcome(run, known, flags.strict)
}

// style is that of stdout.
func (c *command) style() report.Style {
	return report.Style{Width: columns(c.StdoutWidth), Color: c.color(c.StdoutWidth)}
}

// also is told of each performance once it is judged, from several goroutines at
// once; i is its place among the plans.
type also func(ctx context.Context, i int, performance *runner.Performance, judged result.Scenario) error

// perform runs the plans, so many at a time, and judges each. more may be nil.
func (c *command) perform(ctx context.Context, lab runner.Lab, plans []*plan.Plan, known *rules, parallel int, more also) (result.Run, error) {
	id := uuid.NewString()
	started := c.Now()
	bars := c.newProgress(ctx, plans)
	defer bars.end()
	run := runner.Runner{Lab: lab, Translator: translator, Now: c.Now, Observer: bars.observe}
	judges := result.Judges{
		Detectors: []detect.Detector{known.Sigma},
		Everyday:  func(rule string) bool { return known.own[rule] },
		Today:     started,
	}
	scenarios := make([]result.Scenario, len(plans))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, one := range plans {
		group.Go(func() error {
			performance, err := run.Run(groupCtx, id, one)
			if err != nil {
				return err
			}
			scenarios[i], err = judges.Conclude(groupCtx, performance)
			if err != nil || more == nil {
				return err
			}
			return more(groupCtx, i, performance, scenarios[i])
		})
	}
	if err := group.Wait(); err != nil {
		return result.Run{}, err
	}
	return result.Run{
		Format: result.Format, ID: id, Version: c.Build.Version, Lab: lab.Name(), Started: started,
		Seconds: c.Now().Sub(started).Seconds(), Rules: len(known.Rules()),
		Summary: result.Summarise(scenarios), Scenarios: scenarios,
	}, nil
}

// translator makes one asset's translation to its persona's log sources.
func translator(asset plan.Asset) runner.Translate {
	translate := persona.New(asset.Name, asset.Place)
	return func(observations []event.Observation, at time.Time) []event.Event {
		return translate.Translate(observations, at)
	}
}

// write puts a run out in each way asked for. That the file fails does not cost
// stdout; it comes first, as a reader of stdout that has left ends the process.
func (c *command) write(run result.Run, flags runFlags) error {
	var failed error
	if flags.junit != "" {
		failed = writeReport(flags.junit, func(w io.Writer) error { return report.JUnit(w, run) })
	}
	if flags.json {
		return errors.Join(failed, report.JSON(c.Stdout, run))
	}
	return errors.Join(failed, report.Terminal(c.Stdout, run, c.style()))
}

// outcome is what the run means for the exit code. Strict asks for more than
// that every expectation was met.
func (c *command) outcome(run result.Run, known *rules, strict bool) error {
	err := verdictError(run.Summary.Worst)
	if err != nil || !strict {
		return err
	}
	for _, one := range []struct {
		n          int
		what, done string
	}{
		{run.Summary.Collateral, "alert", "not expected"},
		{run.Summary.Verdicts[verdict.Skipped.String()], "expectation", "skipped"},
		{len(known.broken), "rule", "left out"},
	} {
		if one.n > 0 {
			fmt.Fprintf(c.Stderr, "strict: %s %s\n", report.Plural(one.n, one.what), one.done)
			err = errNotMet
		}
	}
	return err
}

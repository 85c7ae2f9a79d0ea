package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// compareFlags are those of `ringer compare`.
type compareFlags struct {
	profiles []string
	scenario scenarioFlags
	json     bool
	lab      labFlags
	record   recordFlags
}

func newCompare(c *command) *cobra.Command {
	var flags compareFlags
	cmd := &cobra.Command{
		Use:   "compare NAME|PATH|RECORDING...",
		Short: "Judge one run under every carrier's telemetry and every fault",
		Long: "Performs scenarios once and judges them under every profile: which carrier would\n" +
			"have seen what, what each fault would have cost, when each actor was first seen and\n" +
			"when the evidence was lost, what remains of it, and which actors the alerts name.\n\n" +
			"Profiles and faults come from the library or the files given, and from the scenarios\n" +
			"themselves. Exit codes are the same as for run.",
		Args: wantArgs(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.lab.check(), flags.record.check()); err != nil {
				return err
			}
			return c.compare(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().StringArrayVar(&flags.profiles, "profiles", nil, "a `FILE` of profiles and faults, in place of the library's")
	flags.scenario.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the comparison as one JSON document")
	flags.lab.addTo(cmd, "scenarios")
	flags.record.addTo(cmd)
	return cmd
}

func (c *command) compare(ctx context.Context, args []string, flags compareFlags) error {
	e, exerciseErr := c.readExercise(args, flags.scenario)
	if e.rules == nil {
		return exerciseErr
	}
	conditions, err := c.loadConditions(flags.profiles, e.rules)
	if err := errors.Join(exerciseErr, err); err != nil {
		return err
	}
	runs, err := c.openRuns(ctx, e, flags.lab.name, flags.record)
	if err != nil {
		return err
	}
	comparing := comparingUnder(conditions, e.rules)
	compared := make([]compare.Scenario, len(e.plans))
	run, err := c.performPlans(ctx, runs.runSource, e.plans, e.rules, flags.lab.parallel,
		func(ctx context.Context, i int, run *runner.RunRecord, judged result.Scenario) error {
			var err error
			compared[i], err = comparing(ctx, run, judged)
			return err
		})
	_ = runs.close()
	if err := errors.Join(err, runs.recorder.seal(run, err)); err != nil {
		return err
	}
	comparison := compare.Comparison{
		Format: compare.Format, ID: run.ID, Version: run.Version, Lab: run.Lab, Started: run.Started, Seconds: run.Seconds,
		Rules: run.Rules, Summary: run.Summary, Scenarios: compared,
	}
	if flags.json {
		err = report.CompareJSON(c.Stdout, comparison)
	} else {
		style := c.style()
		style.ShortID = e.rules.shortID()
		err = report.Compare(c.Stdout, comparison, style)
	}
	if err != nil {
		return err
	}
	return c.runError(run, e.rules, report.Lenient)
}

// comparing judges one run under several telemetry profiles.
type comparing func(context.Context, *runner.RunRecord, result.Scenario) (compare.Scenario, error)

// comparingUnder compares under conditions and, in their place, those that a run's
// scenario brings along.
func comparingUnder(conditions plan.Conditions, rules *ruleSet) comparing {
	return func(ctx context.Context, run *runner.RunRecord, judged result.Scenario) (compare.Scenario, error) {
		comparer := compare.Comparer{Detectors: []detect.Detector{rules.Sigma}, Conditions: conditions.Override(run.Plan.Conditions)}
		return comparer.Compare(ctx, run, judged)
	}
}

// loadConditions reads the profiles and faults of files, or the library's if no file
// is given.
func (c *command) loadConditions(files []string, rules *ruleSet) (plan.Conditions, error) {
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, shipped{}, profilesFile)
	for _, file := range files {
		if err := expectInput(file, scenarioInput, "profiles in HCL"); err != nil {
			return plan.Conditions{}, err
		}
	}
	if len(files) > 0 {
		set, problems = scenario.Load(scenario.Options{Vocabulary: scenarios.Vocabulary}, files...)
	}
	conditions, found := c.buildConditions(set, rules)
	if err := c.reportProblems(set, append(problems, found...)); err != nil {
		return plan.Conditions{}, err
	}
	if len(conditions.Profiles) == 0 {
		return plan.Conditions{}, usageError{fmt.Errorf("no profile in %s", strings.Join(files, ", "))}
	}
	return conditions, nil
}

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
)

// compareFlags are those of `ringer compare`.
type compareFlags struct {
	profiles []string
	scenario scenarioFlags
	json     bool
	lab      labFlags
}

func newCompare(c *command) *cobra.Command {
	var flags compareFlags
	cmd := &cobra.Command{
		Use:   "compare NAME|PATH...",
		Short: "Judge one run under every carrier's telemetry and every fault",
		Long: "Performs scenarios once and judges them under every profile: which carrier would\n" +
			"have seen what, what each fault would have cost, when each actor was first seen and\n" +
			"when the evidence was lost, what remains of it, and which actors the alerts name.\n\n" +
			"Profiles and faults come from the library or the files given, and from the scenarios\n" +
			"themselves. Exit codes are the same as for run.",
		Args: wantArgs(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.lab.check(); err != nil {
				return err
			}
			return c.compare(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().StringArrayVar(&flags.profiles, "profiles", nil, "a `FILE` of profiles and faults, in place of the library's")
	flags.scenario.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the comparison as one JSON document")
	flags.lab.addTo(cmd, "scenarios")
	return cmd
}

func (c *command) compare(ctx context.Context, args []string, flags compareFlags) error {
	rules, err := c.loadRules(flags.scenario.rules.paths)
	if err != nil {
		return err
	}
	c.warnBroken(rules)
	plans, planErr := c.loadPlans(args, rules, flags.scenario.variables)
	conditions, err := c.loadConditions(flags.profiles, rules)
	if err := errors.Join(planErr, err); err != nil {
		return err
	}
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	compared := make([]compare.Scenario, len(plans))
	run, err := c.performPlans(ctx, lab, plans, rules, flags.lab.parallel,
		func(ctx context.Context, i int, run *runner.RunRecord, judged result.Scenario) error {
			comparer := compare.Comparer{Detectors: []detect.Detector{rules.Sigma}, Conditions: conditions.Override(plans[i].Conditions)}
			var err error
			compared[i], err = comparer.Compare(ctx, run, judged)
			return err
		})
	if err != nil {
		return err
	}
	comparison := compare.Comparison{
		Format: compare.Format, ID: run.ID, Version: run.Version, Lab: run.Lab, Started: run.Started, Seconds: run.Seconds,
		Rules: run.Rules, Summary: run.Summary, Scenarios: compared,
	}
	if flags.json {
		err = report.CompareJSON(c.Stdout, comparison)
	} else {
		err = report.Compare(c.Stdout, comparison, c.style())
	}
	if err != nil {
		return err
	}
	return c.runError(run, rules, report.Lenient)
}

// loadConditions reads the profiles and faults of files, or the library's if no file
// is given.
func (c *command) loadConditions(files []string, rules *ruleSet) (plan.Conditions, error) {
	set, problems := scenario.LoadFS(scenario.Options{}, shipped{}, profilesFile)
	if len(files) > 0 {
		set, problems = scenario.Load(scenario.Options{}, files...)
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

package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/report"
)

func newCoverage(c *command) *cobra.Command {
	var rules ruleFlags
	var recording string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: "Show which techniques of a recorded run the rules see, and what the rest needs",
		Long: "Lists the techniques that a recorded run performed, by tactic: at how many of their\n" +
			"steps a rule fired, ringer's own or another, and what would be needed for the others:\n" +
			"a rule, a rule for a log source that none reads, or an event that no log source has.\n" +
			"Below them come the log sources, with their events and the rules that read them.\n\n" +
			"\"ringer list behaviours --coverage\" tells the same of each behaviour.\n\n" +
			"Exit codes: 0 shown, 2 invalid input.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.coverage(cmd.Context(), recording, rules, asJSON)
		},
	}
	rules.addOnly(cmd)
	cmd.Flags().StringVar(&recording, "recording", "", "the `RECORDING` of the run (default the last run)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func (c *command) coverage(ctx context.Context, name string, flags ruleFlags, asJSON bool) error {
	read, err := c.readRuns(ctx, name, flags)
	if err != nil {
		return err
	}
	judged, err := read.shown.Judge(ctx, read.rules.Sigma, nil)
	if err != nil {
		return err
	}
	document := coverage.Techniques(read.shown, read.rules.Sigma, judged, read.rules.isOwn)
	document.ID, document.Version, document.Lab, document.Started = read.runHead.Run, c.Build.Version, read.runHead.Lab, read.runHead.Started
	if asJSON {
		return report.CoverageJSON(c.Stdout, document)
	}
	return report.Coverage(c.Stdout, document, c.style())
}

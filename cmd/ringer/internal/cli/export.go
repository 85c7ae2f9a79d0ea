package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/attackflow"
)

var attackFlowFile = fileKind{"an Attack Flow written by `ringer export`", contains(`"name": "ringer"`)}

func newExport(c *command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write a scenario in another tool's format",
		Long:  "Writes a scenario in another tool's format. Nothing is started. What a run showed is\nwritten by \"ringer report\" and \"ringer events\".",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newExportAttackFlow(c))
	return cmd
}

func newExportAttackFlow(c *command) *cobra.Command {
	var out outputName
	var flags scenarioFlags
	cmd := &cobra.Command{
		Use:   "attack-flow NAME|PATH",
		Short: "Write a scenario as an Attack Flow",
		Long: "Writes one scenario as an Attack Flow 2.0.0 of CTID, a bundle of STIX 2.1: an action\n" +
			"for each step, in the order in which they are performed, and one for each gap.\n\n" +
			"Exit codes: 0 written, 2 invalid input.",
		Args: wantArgs(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.exportAttackFlow(args, flags, string(out))
		},
	}
	cmd.Flags().Var(&out, "out", "write to this `FILE` in place of stdout")
	flags.addTo(cmd)
	return cmd
}

func (c *command) exportAttackFlow(args []string, flags scenarioFlags, path string) error {
	rules, err := c.loadRules(flags.rules)
	if err != nil {
		return err
	}
	set, err := load(args, flags)
	if err != nil {
		return err
	}
	plans, found := c.buildPlans(set.Set, rules, c.Now())
	if err := c.reportProblems(set.Set, append(set.problems, found...)); err != nil {
		return err
	}
	if len(plans) != 1 {
		return usageError{fmt.Errorf("%s has %s: an Attack Flow is of one, so name one", args[0], report.Plural(len(plans), "scenario"))}
	}
	if len(plans[0].Steps)+len(plans[0].Gaps) == 0 {
		return usageError{errors.New("the scenario has no step: an Attack Flow needs an action")}
	}
	write := func(w io.Writer) error { return attackflow.Write(w, set.Scenarios[0], plans[0], c.Now()) }
	if path == "" {
		return write(c.Stdout)
	}
	file, err := c.openOutput("--out", path, attackFlowFile)
	if err != nil {
		return err
	}
	return file.write(write)
}

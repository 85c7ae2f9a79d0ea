package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker"
)

func newDoctor(c *command) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check whether this machine can run scenarios",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := docker.Doctor(cmd.Context(), c.dockerOptions())
			if asJSON {
				if err := c.printJSON(findings); err != nil {
					return err
				}
			} else if err := c.writeFindings(findings); err != nil {
				return err
			}
			for _, finding := range findings {
				if !finding.OK {
					return fmt.Errorf("check %q failed: %w", finding.Name, runner.ErrNoLab)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (c *command) writeFindings(findings []docker.Finding) error {
	for _, finding := range findings {
		sign := "✓"
		if !finding.OK {
			sign = "✗"
		}
		lines := c.style().Beside(fmt.Sprintf("%s %-12s ", sign, finding.Name), finding.Answer)
		if finding.WhatToDo != "" {
			lines += c.style().Beside(fmt.Sprintf("  %-12s to do: ", ""), finding.WhatToDo)
		}
		if _, err := io.WriteString(c.Stdout, lines); err != nil {
			return err
		}
	}
	return nil
}

package cli

import "github.com/spf13/cobra"

// newSigma is the group of commands that use the rule engine without a lab.
func newSigma(c *command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sigma",
		Short: "Check, match and explain Sigma rules without a lab",
		Args:  unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSigmaCheck(c), newSigmaMatch(c), newSigmaExplain(c), newSigmaRegress(c))
	for _, sub := range cmd.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return cmd
}

package cli

import (
	"github.com/spf13/cobra"
)

func newExercise(c *command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "exercise",
		Short: "Hold a training exercise: trainees hunt in what was performed",
		Long: "An instructor starts an exercise with one command; trainees look in their browsers for\n" +
			"what was performed, hand in what they find, and are scored by what really happened. What\n" +
			"is asked, and what it is worth, is declared in an exercise block beside the scenario.\n\n" +
			"Everything that people do is in a log, in the history: a server that was killed goes on\n" +
			"where it was, and scores can be computed again.",
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, sub := range []*cobra.Command{newExerciseStart(c), newExerciseScore(c), newExerciseExport(c)} {
		sub.PreRun = func(cmd *cobra.Command, _ []string) { cmd.SetContext(c.Interruptible(cmd.Context())) }
		cmd.AddCommand(sub)
	}
	for _, sub := range cmd.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return cmd
}

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/lab/docker"
)

func newClean(c *command) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "clean",
		Short: "Remove all ringer containers and images from Docker",
		Long: "Removes all containers and images that ringer made, and prints the name of each before\n" +
			"it is removed. Anything that only carries a label of ringer but was made by someone\n" +
			"else is kept; volumes and networks are not touched, as ringer makes none. Active runs\n" +
			"are kept together with all images, as a run may need any of them; --force ends the\n" +
			"active runs that have a container.\n\n" +
			"`ringer images` builds the images of real services again. What crashed runs left\n" +
			"behind is also removed at the start of each run.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cleaned, err := docker.Clean(cmd.Context(), c.dockerOptions(), force, func(next docker.Removed) {
				fmt.Fprintf(c.Stdout, "removing %s %s\n", next.Kind, next.Name)
			})
			c.writeCleaned(cleaned, force, err == nil)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "also end active runs")
	return cmd
}

// writeCleaned writes what was kept and ended; what was removed has been written
// before.
func (c *command) writeCleaned(cleaned docker.Cleaned, force, whole bool) {
	for _, spared := range cleaned.Kept {
		fmt.Fprintf(c.Stdout, "kept: %s %s: %s\n", spared.Kind, spared.Name, spared.Reason)
	}
	runs := report.Plural(cleaned.ActiveRuns, "run")
	switch {
	case cleaned.ActiveRuns > 0 && !force:
		fmt.Fprintf(c.Stdout, "kept: %s still active, and the images (--force ends the runs)\n", runs)
	case cleaned.ActiveRuns > 0 && !cleaned.ImagesRemoved:
		fmt.Fprintf(c.Stdout, "kept: the images, which an active run without a container may need: run `ringer clean` again after it\n")
	case cleaned.ActiveRuns > 0:
		fmt.Fprintf(c.Stdout, "ended %s\n", runs)
	case whole && len(cleaned.Removed) == 0:
		fmt.Fprintln(c.Stdout, "nothing to remove")
	}
}

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
		Short: "Remove everything of ringer's from Docker",
		Long: "Removes everything that ringer made from Docker, its containers and its images, and\n" +
			"names each thing before it goes. What only carries a label of ringer's, and was made\n" +
			"by somebody else, is left alone; so are volumes and networks, as ringer makes none.\n" +
			"Runs under way are left alone, and all images with them, as a run may need any;\n" +
			"--force ends those runs that have a container.\n\n" +
			"The images of real services are made anew by `ringer images`. What dead runs have\n" +
			"left is removed at the start of each run anyway.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cleaned, err := docker.Clean(cmd.Context(), c.dockerOptions(), force, func(next docker.Removed) {
				fmt.Fprintf(c.Stdout, "removing %s %s\n", next.Kind, next.Name)
			})
			c.writeCleaned(cleaned, force, err == nil)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "end runs under way as well")
	return cmd
}

// writeCleaned says what came of it; each thing to be removed was named before.
func (c *command) writeCleaned(cleaned docker.Cleaned, force, whole bool) {
	for _, spared := range cleaned.Kept {
		fmt.Fprintf(c.Stdout, "left alone: %s %s: %s\n", spared.Kind, spared.Name, spared.Reason)
	}
	runs := report.Plural(cleaned.ActiveRuns, "run")
	switch {
	case cleaned.ActiveRuns > 0 && !force:
		fmt.Fprintf(c.Stdout, "left alone: %s under way, and the images (--force ends them)\n", runs)
	case cleaned.ActiveRuns > 0 && !cleaned.ImagesRemoved:
		fmt.Fprintf(c.Stdout, "left alone: the images, for a run under way without a container of its own: run `ringer clean` again after it\n")
	case cleaned.ActiveRuns > 0:
		fmt.Fprintf(c.Stdout, "ended %s under way\n", runs)
	case whole && len(cleaned.Removed) == 0:
		fmt.Fprintln(c.Stdout, "nothing to remove")
	}
}

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
		Long: "Removes everything of ringer's from Docker: containers, networks, volumes, images. " +
			"Runs under way are left alone, and so are the images then; --force ends them too. " +
			"The images of real services are made anew by `ringer images`. " +
			"What dead runs have left is removed at the start of each run anyway.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cleaned, err := docker.Clean(cmd.Context(), c.dockerOptions(), force)
			c.writeCleaned(cleaned, force, err == nil)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "end runs under way as well")
	return cmd
}

func (c *command) writeCleaned(cleaned docker.Cleaned, force, whole bool) {
	for _, one := range cleaned.Removed {
		fmt.Fprintf(c.Stdout, "removed %s %s\n", one.Kind, one.Name)
	}
	runs := report.Plural(cleaned.Living, "run")
	switch {
	case cleaned.Living > 0 && force:
		fmt.Fprintf(c.Stdout, "ended %s under way\n", runs)
	case cleaned.Living > 0:
		fmt.Fprintf(c.Stdout, "left alone: %s under way, and the images (--force ends them)\n", runs)
	case whole && len(cleaned.Removed) == 0:
		fmt.Fprintln(c.Stdout, "nothing to remove")
	}
}

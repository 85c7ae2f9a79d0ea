package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/lab/docker"
)

func newClean(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "clean",
		Short: "Remove everything of ringer's from Docker",
		Long: "Removes everything of ringer's from Docker: containers, networks, volumes, images. Runs\n" +
			"under way break; the images of real services are made anew by `ringer images`.\n" +
			"What dead runs have left is removed at the start of each run anyway.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			removed, err := docker.Clean(cmd.Context(), c.dockerOptions())
			for _, one := range removed {
				fmt.Fprintf(c.Stdout, "removed %s %s\n", one.Kind, one.Name)
			}
			if err == nil && len(removed) == 0 {
				fmt.Fprintln(c.Stdout, "nothing to remove")
			}
			return err
		},
	}
}

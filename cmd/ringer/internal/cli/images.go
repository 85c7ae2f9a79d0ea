package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/lab/debian"
	"github.com/ringer-lab/ringer/lab/docker"
)

func newImages(c *command) *cobra.Command {
	var cache outputName
	var renew, verbose bool
	cmd := &cobra.Command{
		Use:   "images",
		Short: "Build the images of real services from Debian packages",
		Long: "Builds the images that an asset with a service needs: nginx for `web`, PostgreSQL with\n" +
			"pgaudit for `billing`. The system's apt-get downloads the packages, without privileges\n" +
			"and without installing anything. They are cached, so that later builds need no network.\n" +
			"An existing image is not built again.\n\n" +
			"Exit codes: 0 all images exist, 3 no engine or no packages, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cache == "" {
				known, err := os.UserCacheDir()
				if err != nil {
					return usageError{fmt.Errorf("find a folder to cache packages in: %w; name one with --cache", err)}
				}
				cache = outputName(filepath.Join(known, "ringer", "debian"))
			}
			archive := debian.Archive{Dir: string(cache)}
			if err := archive.CheckFolder(); err != nil {
				return usageError{err}
			}
			return docker.MakeServiceImages(cmd.Context(), c.dockerOptions(), archive, renew, func(image docker.ServiceImage) {
				done := "exists"
				if image.Made {
					done = "built"
				}
				fmt.Fprintf(c.Stdout, "%s %s (%d packages)\n", image.Ref, done, strings.Count(image.Packages, ", ")+1)
				if verbose {
					fmt.Fprintln(c.Stdout, "  "+image.Packages)
				}
			})
		},
	}
	cmd.Flags().Var(&cache, "cache", "the `DIR` to cache packages in (default ringer/debian in your cache)")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "name the packages in each image")
	cmd.Flags().BoolVar(&renew, "renew", false, "look for newer packages first")
	return cmd
}

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
	var renew bool
	cmd := &cobra.Command{
		Use:   "images",
		Short: "Make the images of real services, from Debian packages",
		Long: "Makes the images that an asset with a service needs: nginx for `web`, PostgreSQL with\n" +
			"pgaudit for `billing`. Packages are fetched by the system's apt-get, which needs no\n" +
			"privilege for it and installs nothing, and are kept: after the first time no network is\n" +
			"needed. An image that is there is left as it is.\n\n" +
			"Exit codes: 0 they are there, 3 no engine or no packages, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cache == "" {
				known, err := os.UserCacheDir()
				if err != nil {
					return usageError{fmt.Errorf("find a folder to keep packages in: %w; name one with --cache", err)}
				}
				cache = outputName(filepath.Join(known, "ringer", "debian"))
			}
			archive := debian.Archive{Dir: string(cache)}
			if err := archive.CheckFolder(); err != nil {
				return usageError{err}
			}
			return docker.MakeServiceImages(cmd.Context(), c.dockerOptions(), archive, renew, func(image docker.ServiceImage) {
				done := "is there"
				if image.Made {
					done = "made"
				}
				fmt.Fprintf(c.Stdout, "%s %s, of %d packages\n", image.Ref, done, strings.Count(image.Packages, ", ")+1)
				if c.verbose {
					fmt.Fprintln(c.Stdout, "  "+image.Packages)
				}
			})
		},
	}
	cmd.Flags().Var(&cache, "cache", "the `DIR` to keep packages in (default ringer/debian in your cache)")
	cmd.Flags().BoolVar(&renew, "renew", false, "look for newer packages first")
	return cmd
}

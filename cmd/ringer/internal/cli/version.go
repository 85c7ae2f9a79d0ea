package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func newVersion(c *command) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the versions of ringer and ATT&CK",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return json.NewEncoder(c.Stdout).Encode(map[string]any{
					"version": c.Build.Version, "commit": c.Build.Commit, "modified": c.Build.Modified, "go": c.Build.Go,
					"platform": c.Build.Platform, "attack": attack.Current, "attack_versions": attack.Versions(),
				})
			}
			modified := ""
			if c.Build.Modified {
				modified = " with changes"
			}
			_, err := fmt.Fprintf(c.Stdout, "ringer %s (%s%s, %s, %s, ATT&CK %s; reads %s)\n",
				c.Build.Version, c.Build.Commit, modified, c.Build.Go, c.Build.Platform, attack.Current, strings.Join(versionWords(), " and "))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/scenarios"
)

// isBehaviour reports whether an argument of run names a behaviour, of ringer or of a
// library of the flags: neither a file nor a scenario has the name.
func (c *command) isBehaviour(name string, flags scenarioFlags) bool {
	if _, err := os.Stat(name); err == nil || strings.HasSuffix(name, ".hcl") || isScenario(name) {
		return false
	}
	if _, ok := scenarios.Library().Behaviour(name); ok {
		return true
	}
	if len(flags.libraries) == 0 {
		return false
	}
	items, err := c.quiet().itemFlags(flags.rules, flags.libraries)
	if err != nil {
		return false // what is wrong in it is told where it is read
	}
	_, err = knownBehaviour(name, items)
	return err == nil
}

// runBehaviour performs a behaviour on a host of its own. Flags about expectations are
// refused, as it has none.
func (c *command) runBehaviour(cmd *cobra.Command, name string, flags tryFlags) error {
	for _, flag := range []string{"variants", "dry-run", "strict", "junit", "only", "quiet", "resume"} {
		if cmd.Flags().Changed(flag) {
			return usageError{fmt.Errorf("--%s cannot be used with %s, which is a behaviour: it expects nothing of a rule. `ringer new scenario NAME --behaviour %s` writes a scenario that does", flag, name, name)}
		}
	}
	if flags.json && flags.verbose {
		return usageError{errors.New("--verbose cannot be combined with --json, which has everything")}
	}
	return c.try(cmd.Context(), []string{name}, flags)
}

package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// newSigma groups what the rule engine can do without a lab.
func newSigma(c *command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sigma",
		Short: "Check, match and explain Sigma rules without a lab",
		Args:  unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSigmaCheck(c), newSigmaMatch(c), newSigmaExplain(c), newSigmaRegress(c))
	return cmd
}

// compiled are the rules of the paths given, ready to match. Errors are written,
// and lost says that some rule was left out for one.
func (c *command) compiled(paths []string) (set *sigma.Set, lost bool, err error) {
	if len(paths) == 0 {
		return nil, false, usageError{errors.New("--rules is required: a file, folder or zip archive of Sigma rules")}
	}
	rules, problems := sigma.LoadPaths(paths...)
	set, more := sigma.Compile(rules)
	problems = append(problems, more...)
	sigma.SortProblems(problems)
	for _, problem := range problems {
		if problem.Severity == sigma.Error {
			lost = true
			fmt.Fprintln(c.Stderr, problem)
		}
	}
	if len(set.Rules()) == 0 {
		return nil, lost, usageError{fmt.Errorf("no Sigma rule in %s", paths)}
	}
	return set, lost, nil
}

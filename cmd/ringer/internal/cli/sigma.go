package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	for _, sub := range cmd.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return cmd
}

const rulesUsage = "Sigma rules: the `PATH` of a file, folder or zip; may be given several times"

// rulePaths parts arguments into folders and files of rules, and the rest, so
// that --rules may be followed by several paths.
func rulePaths(args []string) (rules, rest []string) {
	for _, arg := range args {
		about, err := os.Stat(arg)
		switch ext := strings.ToLower(filepath.Ext(arg)); {
		case err == nil && about.IsDir(), ext == ".yml", ext == ".yaml", ext == ".zip":
			rules = append(rules, arg)
		default:
			rest = append(rest, arg)
		}
	}
	return rules, rest
}

// compileRules are the rules of the paths given, ready to match. Errors are written,
// and lost says that some rule was left out for one.
func (c *command) compileRules(paths []string) (set *sigma.Set, lost bool, err error) {
	if len(paths) == 0 {
		return nil, false, usageError{errors.New("--rules is required: a file, folder or zip archive of Sigma rules")}
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return nil, false, usageError{fmt.Errorf("read rules: %w", err)}
		}
	}
	rules, problems := c.readRules(paths)
	problems = slices.DeleteFunc(problems, func(p sigma.Problem) bool { return p.Severity != sigma.Error })
	set, more := sigma.Compile(rules) // its warnings are of rules not used as they stand
	problems = append(problems, more...)
	sigma.SortProblems(problems)
	for _, problem := range problems {
		lost = lost || problem.Severity == sigma.Error
		fmt.Fprintln(c.Stderr, problem)
	}
	if len(set.Rules()) == 0 {
		return nil, lost, usageError{fmt.Errorf("no usable Sigma rule in %s", strings.Join(paths, ", "))}
	}
	return set, lost, nil
}

package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// checkResult is what `sigma check --json` prints.
type checkResult struct {
	Rules    int       `json:"rules"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Problems []problem `json:"problems"`
}

type problem struct {
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Rule     string `json:"rule,omitempty"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail,omitempty"`
	Section  string `json:"section,omitempty"`
}

func newSigmaCheck(c *command) *cobra.Command {
	var asJSON, warnings bool
	var engine engineFlags
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Parse and lint rules; exit 2 on any error",
		Args:  wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := expectRules(args); err != nil {
				return err
			}
			rules, problems := sigma.LoadPaths(args...)
			_, _, more, err := engine.compile(rules)
			if err != nil {
				return err
			}
			problems = append(append(problems, more...), sigma.Lint(rules, attack.KnownTag)...)
			sigma.SortProblems(problems)
			out := checkResult{Rules: len(rules), Errors: sigma.Errors(problems), Problems: []problem{}}
			out.Warnings = len(problems) - out.Errors
			for _, p := range problems {
				out.Problems = append(out.Problems, problem{
					p.Severity.String(), p.File, p.Line, p.Column, p.Rule, p.Summary, p.Detail, p.Section,
				})
				if !asJSON && (warnings || p.Severity == sigma.Error) {
					fmt.Fprintln(c.Stderr, p)
				}
			}
			if out.Rules == 0 && out.Errors == 0 {
				return usageError{fmt.Errorf("no Sigma rule in %s", strings.Join(args, ", "))}
			}
			if err := c.writeChecked(out, asJSON); err != nil {
				return err
			}
			if out.Errors > 0 {
				return errInvalid
			}
			return nil
		},
	}
	engine.addTo(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVarP(&warnings, "warnings", "w", true, "write warnings too, not only count them")
	return cmd
}

func (c *command) writeChecked(out checkResult, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintf(c.Stdout, "%s, %s, %s\n", report.Plural(out.Rules, "rule"), report.Plural(out.Errors, "error"), report.Plural(out.Warnings, "warning"))
		return err
	}
	return c.printJSON(out)
}

package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

func newValidate(c *command) *cobra.Command {
	var asJSON bool
	var flags scenarioFlags
	var choose chooseFlags
	var detect detectorFlags
	cmd := &cobra.Command{
		Use:   "validate [NAME|PATH]...",
		Short: "Check scenarios and report all errors, without starting anything",
		Long: "Checks the scenarios named (of the shipped library, or files and folders of your own),\n" +
			"or the whole library, without starting anything, and reports all errors at once. A file\n" +
			"or folder of behaviours, hosts and ordinary days is checked as a library. With\n" +
			"--technique and the like it also says which steps these choose.\n\n" +
			"Exit codes: 0 valid (possibly with warnings), 2 invalid.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && choose.given() {
				return usageError{errors.New("--json cannot be combined with a choice of steps: it has diagnostics alone")}
			}
			rules, err := c.loadRules(flags.rules)
			if err != nil {
				return err
			}
			c.warnBroken(rules)
			detectors, err := detect.read(c)
			if err != nil {
				return err
			}
			rules.outside = specsOf(detectors)
			set, err := load(args, flags)
			if err != nil {
				return err
			}
			plans, found := c.buildPlans(set.Set, rules, c.Now())
			found = append(found, resolveExercises(set.Set)...)
			problems := diagnostic.Sort(append(set.problems, found...))
			if asJSON {
				err = c.printJSON(validationOf(set.Set, problems))
			} else {
				c.writeDiagnostics(c.Stderr, c.stderrWidth(), set.Files, problems)
				err = c.writeGaps(set.Set)
			}
			if err != nil {
				return err
			}
			if problems.HasErrors() {
				return errInvalid
			}
			if !asJSON {
				_, err = fmt.Fprintf(c.Stdout, "Valid: %s, %s%s%s%s.\n", report.Plural(len(set.Scenarios), "scenario"), librariesIn(set.Set), gapsIn(set.Set), profilesIn(set.Set)+gatesIn(set.Set)+exercisesIn(set.Set)+shipsIn(set.Set), report.Plural(len(problems), "warning"))
			}
			if err == nil && choose.given() {
				err = c.writeChoice(cmd.Context(), exercise{loaded: set, plans: plans, rules: rules}, choose)
			}
			return err
		},
	}
	choose.addTo(cmd)
	detect.addNames(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the diagnostics as JSON")
	flags.addTo(cmd)
	return cmd
}

// librariesIn returns what libraries have that were read by themselves, as words; "" if
// there are none.
func librariesIn(set *scenario.Set) string {
	if len(set.Libraries) == 0 {
		return ""
	}
	words := scenario.VocabularyOf(set.Libraries...)
	return report.Plural(len(words.Behaviours), "behaviour") + ", " + report.Plural(len(words.Kinds), "host") + ", " + report.Plural(len(words.Baselines), "ordinary day") + ", "
}

// profilesIn returns the number of profiles in files that have nothing else, as
// words; "" if there are none.
func profilesIn(set *scenario.Set) string {
	n := 0
	for _, condition := range set.Conditions {
		n += len(condition.Profiles)
	}
	if n == 0 {
		return ""
	}
	return report.Plural(n, "profile") + ", "
}

// gatesIn returns the number of gates, as words; "" if there are none.
func gatesIn(set *scenario.Set) string {
	if len(set.Gates) == 0 {
		return ""
	}
	return report.Plural(len(set.Gates), "gate") + ", "
}

// shipsIn returns the number of destinations, as words; "" if there are none.
func shipsIn(set *scenario.Set) string {
	if len(set.Ships) == 0 {
		return ""
	}
	return report.Plural(len(set.Ships), "destination") + ", "
}

// writeGaps writes what scenarios name and do not perform.
func (c *command) writeGaps(set *scenario.Set) error {
	for _, scenario := range set.Scenarios {
		for _, gap := range scenario.Gaps {
			if _, err := fmt.Fprintf(c.Stdout, "%s: %s\n", diagnostic.FileLine(gap.Range), report.FormatGap(resultOf(gap))); err != nil {
				return err
			}
		}
	}
	return nil
}

// gapsIn returns the number of gaps, as words; "" if there are none.
func gapsIn(set *scenario.Set) string {
	n := 0
	for _, scenario := range set.Scenarios {
		n += len(scenario.Gaps)
	}
	if n == 0 {
		return ""
	}
	return report.Plural(n, "gap") + ", "
}

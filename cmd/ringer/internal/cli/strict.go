package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
)

// strictness is the value of --strict, with or without an argument.
type strictness struct{ report.Strictness }

// addTo declares the flag.
func (s *strictness) addTo(cmd *cobra.Command) {
	cmd.Flags().Var(s, "strict", "fail on unexpected alerts, rules that were not asked, skipped expectations and rules left out; "+
		"with --strict=observed also on verdicts that rest on stated fields")
	cmd.Flags().Lookup("strict").NoOptDefVal = "true"
}

// Set is called with "true" where no value is given.
func (s *strictness) Set(given string) error {
	known := map[string]report.Strictness{"true": report.Strict, "false": report.Lenient, "observed": report.Observed}
	strict, ok := known[given]
	if !ok {
		return fmt.Errorf("expected --strict or --strict=observed.%s", didYouMean(given, []string{"observed"}))
	}
	s.Strictness = strict
	return nil
}

// String returns the default, which is empty.
func (s *strictness) String() string { return "" }

// Type is "bool", so that the help does not ask for a value.
func (s *strictness) Type() string { return "bool" }

// statedVerdicts returns a line for each verdict that rests on stated fields, with
// its place and the fields.
func statedVerdicts(run result.Run) []string {
	var lines []string
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for _, expectation := range step.Expectations {
				if len(expectation.Stated) > 0 {
					lines = append(lines, fmt.Sprintf("%s: %s: %s %s: %s (%s:%d)", scenario.Name, step.ID, expectation.Want, expectation.Rule,
						report.FormatVerdict(expectation), expectation.File, expectation.Line))
				}
			}
		}
	}
	return lines
}

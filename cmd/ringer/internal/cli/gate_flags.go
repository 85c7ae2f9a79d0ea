package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/threshold"
)

// gateFlags say what a run is held to.
type gateFlags struct {
	// names are gates of HCL files, or such files.
	names []string
	set   threshold.Set
	only  verdictNames
	// repeat is how often the scenarios are performed.
	repeat int
}

// gateHelp is what the help of a command says of the flags.
const gateHelp = "A gate says how much may be otherwise than expected: a block in the files that are read, or\n" +
	"that --gate names (a part of a run is held to named ones alone), or the flags --max-missed, --max-false-alarms, --min-coverage,\n" +
	"--min-mutation-score, --max-expired-gaps, --max-flakes, --fail-on and --baseline. Of each bound that\n" +
	"is not kept one sentence says what, where and what to do, and the command exits with 1. A\n" +
	"bound that cannot be judged is not kept. `ringer show gate` describes them.\n\n"

// addTo declares the flags.
func (f *gateFlags) addTo(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.names, "gate", nil, "the `GATE` to hold the run to: the name of one in the files that are read, or a file of gates (default all in the files that are read); may be given several times")
	flags.Var(bound{&f.set.MaxMissed}, "max-missed", "fail if more than `N` expectations are missed")
	flags.Var(parsed[map[string]int]{&f.set.MaxFalseAlarms, threshold.ParseCounts}, "max-false-alarms", "fail on more false alarms than these `BOUNDS` by level, such as high=0,medium=3")
	flags.Var(parsed[map[string]float64]{&f.set.MinCoverage, threshold.ParseShares}, "min-coverage", "fail if smaller shares than these `BOUNDS` are covered, such as techniques=0.5,rules=0.8")
	flags.Var(leastShare{&f.set.MinMutationScore}, "min-mutation-score", "fail if expectations notice less than this `SHARE` of altered rules")
	flags.Var(bound{&f.set.MaxExpiredGaps}, "max-expired-gaps", "fail if more than `N` known gaps are past their day (default 0 with any gate)")
	flags.Var(bound{&f.set.MaxFlakes}, "max-flakes", "fail if more than `N` verdicts differ between the performances of --repeat")
	flags.Var(&f.only, "fail-on", "fail on expectations with these `VERDICTS` alone, such as missed,not_asked")
	flags.StringVar(&f.set.Baseline, "baseline", "", "fail on what got worse since this run alone: the `FILE` of a recording or of a result")
}

// addRepeat declares the flag of what performs.
func (f *gateFlags) addRepeat(cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.repeat, "repeat", 1, "perform everything `N` times, and fail on verdicts that differ; the first time is reported and recorded")
}

// check returns a usage error for flags that contradict each other.
func (f *gateFlags) check() error {
	f.set.FailOn = f.only
	if f.repeat < 0 || f.repeat > mostRepeats {
		return usageError{fmt.Errorf("--repeat must be from 1 to %d, not %d", mostRepeats, f.repeat)}
	}
	for _, v := range f.set.FailOn {
		other := map[string]bool{"missed": f.set.MaxMissed != nil, "false_alarm": f.set.MaxFalseAlarms != nil}
		if other[v.String()] {
			return usageError{fmt.Errorf("--fail-on %s cannot be combined with --max-%s, which says how many may be", v, map[string]string{"missed": "missed", "false_alarm": "false-alarms"}[v.String()])}
		}
	}
	return nil
}

// mostRepeats bounds what one command performs.
const mostRepeats = 100

// given reports whether one of the flags was.
func (f *gateFlags) given() bool { return len(f.names) > 0 || !f.set.IsZero() || f.repeat > 1 }

// bound is the value of a flag that is a whole number, or nothing.
type bound struct{ to **int }

// String is the default, which is none.
func (bound) String() string { return "" }

// Type is what the help calls the value if the usage names nothing else.
func (bound) Type() string { return "N" }

// Set fails for what is no whole number.
func (b bound) Set(given string) error {
	n, err := strconv.Atoi(given)
	if err != nil || n < 0 {
		return fmt.Errorf("expected a whole number, such as 0")
	}
	*b.to = &n
	return nil
}

// leastShare is the value of a flag that is a number from 0 to 1, or nothing.
type leastShare struct{ to **float64 }

// String is the default, which is none.
func (leastShare) String() string { return "" }

// Type is what the help calls the value if the usage names nothing else.
func (leastShare) Type() string { return "SHARE" }

// Set fails for what is no number from 0 to 1.
func (s leastShare) Set(given string) error {
	share, err := threshold.ParseShare(given)
	if err == nil {
		*s.to = &share
	}
	return err
}

// parsed is the value of a flag that a function reads.
type parsed[T any] struct {
	to   *T
	read func(string) (T, error)
}

// String is the default, which is none.
func (parsed[T]) String() string { return "" }

// Type is what the help calls the value if the usage names nothing else.
func (parsed[T]) Type() string { return "BOUNDS" }

// Set fails as the function does.
func (p parsed[T]) Set(given string) error {
	got, err := p.read(given)
	if err == nil {
		*p.to = got
	}
	return err
}

// completeBounds completes what is before a number: levels, or what coverage is of.
func completeBounds(words []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		before := begun[:strings.LastIndexByte(begun, ',')+1]
		var out []string
		for _, word := range words {
			if !slices.ContainsFunc(strings.Split(before, ","), func(entry string) bool { return strings.HasPrefix(entry, word+"=") }) {
				out = append(out, before+word+"=")
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

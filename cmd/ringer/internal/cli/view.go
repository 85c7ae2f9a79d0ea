package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// viewFlags say how a run is shown.
type viewFlags struct {
	json, verbose, quiet bool
	junit                outputName
	only                 verdictNames
	// ci is the pipeline whose own page is told.
	ci string
}

// addTo declares the flags.
func (f *viewFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as one JSON document")
	cmd.Flags().Var(&f.junit, "junit", "also write the result as JUnit XML to this `FILE`")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "print every step as it is performed, and every rule with how near it came to firing")
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print the last line only")
	cmd.Flags().Var(choose(&f.ci, ciAuto, ciGitHub, ciGitLab, ciNone), "ci", "tell a pipeline's own page, `CI`: github (annotations and summary), gitlab (a code quality report), none, or auto, which is where it runs")
	cmd.Flags().Var(&f.only, "only", "tell only of expectations with these `VERDICTS`, such as missed,false_alarm")
}

func (f *viewFlags) check() error {
	if f.quiet && (f.verbose || f.json) {
		return usageError{errors.New("--quiet cannot be combined with --verbose or --json")}
	}
	return nil
}

// verdictNames are the verdicts that --only names.
type verdictNames []verdict.Verdict

// String is the default, which is none.
func (v *verdictNames) String() string { return "" }

// Type stands in the help for what is to be given.
func (*verdictNames) Type() string { return "VERDICTS" }

// Set reads names with commas between them.
func (v *verdictNames) Set(given string) error {
	var known []string
	for _, v := range verdict.All() {
		known = append(known, v.String())
	}
	names, err := someOf(given, known)
	for _, name := range names {
		*v = append(*v, verdict.All()[slices.Index(known, name)])
	}
	return err
}

// shown is how a run is shown, and what there is to say beside it.
type shown struct {
	viewFlags
	strict   report.Strictness
	recorded string
	// explainWith are the flags with which explain explains the run; notKept is whether
	// it cannot, as the run was not recorded.
	explainWith string
	notKept     bool
}

// explainWith returns the flags with which explain explains a recorded run, judged by
// rules, as a shell takes them; "" is the last run.
func explainWith(recording string, rules ruleFlags) string {
	var words []string
	if recording != "" {
		words = append(words, "--recording", recording)
	}
	for _, path := range rules.paths {
		words = append(words, "--rules", path)
	}
	if rules.noDefault {
		words = append(words, "--no-default-rules")
	}
	var out strings.Builder
	for _, word := range words {
		out.WriteString(" " + shellWord(word))
	}
	return out.String()
}

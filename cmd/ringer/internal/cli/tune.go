package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/tune"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// tuneFlags are those of `ringer tune`.
type tuneFlags struct {
	rules      ruleFlags
	recordings []string
	choice     int
}

func newTune(c *command) *cobra.Command {
	var flags tuneFlags
	cmd := &cobra.Command{
		Use:   "tune RULE",
		Short: "Propose a filter by which a rule no longer alarms on ordinary days",
		Long: "Finds filters for a rule that alarms on ordinary days of a recorded run, and judges the\n" +
			"run again with each: no alarm may be left, and the rule, and what counts it, must fire\n" +
			"as before at every step and variant. A filter rests on lasting values that no attack of\n" +
			"the run has: programs, parts of command lines, users, paths.\n\n" +
			"A run of variants has no ordinary days: name it as a second --recording.\n\n" +
			"Prints the smallest as a patch that `patch -p0` and `git apply -p0` take, and changes no\n" +
			"file. What is proven is proven for that run alone: read the filter before you take it.\n\n" +
			"Exit codes: 0 a patch, or the rule does not alarm; 1 no filter works, with the reason;\n" +
			"2 invalid input.",
		Args: wantArgs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.choice < 1 {
				return usageError{fmt.Errorf("--choice must be at least 1, not %d", flags.choice)}
			}
			return c.tune(cmd.Context(), args[0], flags)
		},
	}
	flags.rules.addOnly(cmd)
	cmd.Flags().StringArrayVar(&flags.recordings, "recording", nil, "the `RECORDING` of the run (default the last run); given again one of which no detection may be lost either, such as of variants")
	cmd.Flags().IntVar(&flags.choice, "choice", 1, "print the patch of proposal `N`: stderr lists them, the smallest first")
	return cmd
}

func (c *command) tune(ctx context.Context, named string, flags tuneFlags) error {
	flags.rules.addFile(named)
	read, err := c.readSeveral(ctx, flags.recordings, flags.rules)
	if err != nil {
		return err
	}
	defer read.recording.Close()
	rule, err := explainable(named, read.rules.Find(named), read.rules.InputRules(), read.rules.Evaluated())
	if err != nil {
		return err
	}
	text, err := read.fileOf(rule)
	if err != nil {
		return err
	}
	found, err := tune.Propose(ctx, read.shown, read.rules.InputRules(), rule, filepath.ToSlash(fromHere(rule.File)), text)
	if err != nil {
		return err
	}
	return c.writeProposals(rule, found, flags.choice)
}

// readSeveral reads recordings, or the last run, as one: the rules are those of the first
// and of the flags.
func (c *command) readSeveral(ctx context.Context, names []string, flags ruleFlags) (readRuns, error) {
	if len(names) == 0 {
		names = []string{""}
	}
	recording, err := c.openRecording(names[0])
	if err != nil {
		return readRuns{}, err
	}
	read, err := c.readRunsOf(ctx, recording, flags)
	if err != nil {
		return readRuns{}, errors.Join(err, recording.Close())
	}
	if len(names) == 1 {
		return read, nil
	}
	for _, name := range names[1:] {
		more, err := c.readRuns(ctx, name, flags)
		if err != nil {
			return readRuns{}, errors.Join(err, recording.Close())
		}
		read.runs = append(read.runs, more.runs...)
	}
	read.shown = shownOf(read.runs)
	return read, nil
}

// fileOf returns the text of the file that a rule stands in: as it is, or as it was
// recorded.
func (r readRuns) fileOf(rule *sigma.Rule) (string, error) {
	if !r.rules.given[rule] {
		sources, err := r.recording.Rules()
		if err != nil {
			return "", usageError{err}
		}
		for _, source := range slices.Backward(sources) {
			if source.Name == rule.File {
				return string(source.Content), nil
			}
		}
	}
	text, err := userfile.Read(rule.File, sigma.MaxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return "", usageError{fmt.Errorf("%s is not a file of its own, such as one in an archive: unpack it", rule.File)}
	}
	if err != nil {
		return "", usageError{err}
	}
	return string(text), nil
}

// writeProposals writes the patch that was chosen, and on stderr what it is.
func (c *command) writeProposals(rule *sigma.Rule, found tune.Result, choice int) error {
	before := found.Before
	if len(before.Alarms) == 0 {
		fmt.Fprintf(c.Stderr, "%s does not alarm on an ordinary day of this run: nothing to tune (%s: %s)\n", rule.Title, before.State, before.Reason)
		return nil
	}
	fmt.Fprintf(c.Stderr, "%s (%s)\n  alarms on %s\n", rule.Title, rule.Ref(), before.Reason)
	if len(found.Proposals) == 0 {
		fmt.Fprintf(c.Stderr, "  no filter works: %s\n", found.Reason)
		return errNotMet
	}
	if choice > len(found.Proposals) {
		return usageError{fmt.Errorf("--choice %d: there are %s", choice, report.Plural(len(found.Proposals), "proposal"))}
	}
	for i, proposal := range found.Proposals {
		mark := " "
		if i+1 == choice {
			mark = ">"
		}
		fmt.Fprintf(c.Stderr, "%s %d  not %s\n", mark, i+1, filterText(proposal.Items))
	}
	fmt.Fprintf(c.Stderr, "  with the patch: no alarm left; fires as before at %s\n", report.Plural(len(before.Fires), "step"))
	_, err := io.WriteString(c.documents, found.Proposals[choice-1].Patch)
	return err
}

// filterText is a filter on one line.
func filterText(items []tune.Item) string {
	var parts []string
	for _, item := range items {
		parts = append(parts, item.Key()+": "+strings.Join(item.Values, " or "))
	}
	return strings.Join(parts, "; or ")
}

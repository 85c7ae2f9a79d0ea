package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// historyView says what of a history is shown, and how.
type historyView struct {
	store historyFlags
	last  int
	json  bool
}

// addTo declares the flags.
func (f *historyView) addTo(cmd *cobra.Command) {
	f.store.addName(cmd)
	cmd.Flags().IntVar(&f.last, "last", 20, "show the newest `N` runs")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON document")
}

// mostShown is the most runs that are shown: a column each.
const mostShown = 200

func (f *historyView) check() error {
	if f.last < 1 || f.last > mostShown {
		return usageError{fmt.Errorf("--last must be from 1 to %d, not %d", mostShown, f.last)}
	}
	return nil
}

func newHistory(c *command) *cobra.Command {
	var flags historyView
	cmd := &cobra.Command{
		Use:   "history",
		Short: "Show the runs so far, and how their results went on",
		Long: "Lists the newest runs, and how those went on that can be compared with the newest: runs\n" +
			"of the same scenarios in the same lab. Coverage counts the techniques of proven steps of\n" +
			"which something was detected. Time to detect is from a step's first event to the one\n" +
			"that completed a rule's first alert; its line is of p95. An expectation is flaky if its\n" +
			"verdicts differ although scenario, ringer, images and rules were the same.\n\n" +
			"`ringer run` and `ringer mutate` keep their results in the history unless they are told\n" +
			"--no-history; what is not recorded, and runs of variants, are not kept. The history is\n" +
			"an SQLite file beside the folder of runs, or what --history or RINGER_HISTORY names: a\n" +
			"file, or a PostgreSQL database that several machines share. It can be lost: `ringer\n" +
			"history rebuild` makes it of the recordings again.\n\n" +
			"Exit codes: 0 shown, 2 invalid input, or there is no history.",
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return c.history(cmd.Context(), flags)
		},
	}
	flags.addTo(cmd)
	cmd.AddCommand(newHistoryShow(c), newHistoryRebuild(c), newHistoryPrune(c))
	for _, sub := range cmd.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return cmd
}

func (c *command) history(ctx context.Context, flags historyView) error {
	store, err := c.openHistory(ctx, flags.store, false)
	if err != nil {
		return err
	}
	overview, err := history.ReadOverview(ctx, store, flags.last)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	if flags.json {
		return report.HistoryJSON(c.Stdout, overview)
	}
	return report.History(c.Stdout, overview, c.style())
}

func newHistoryShow(c *command) *cobra.Command {
	var flags historyView
	cmd := &cobra.Command{
		Use:   "show RULE",
		Short: "Show what became of one rule in the runs so far",
		Long: "Shows how each expectation of a rule was judged in the newest runs that are about it, a\n" +
			"sign each, how long it took to detect, on which ordinary days the rule alerted, and how\n" +
			"many of its mutants were killed. A rule is named by its id, the beginning of it, its\n" +
			"title, or the name that a scenario can call it by.\n\n" +
			"Exit codes: 0 shown, 2 invalid input, or the history does not know the rule.",
		Args: wantArgs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return c.historyShow(cmd.Context(), args[0], flags)
		},
	}
	flags.addTo(cmd)
	return cmd
}

func (c *command) historyShow(ctx context.Context, name string, flags historyView) error {
	store, err := c.openHistory(ctx, flags.store, false)
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // it was only read
	id, err := c.ruleInHistory(ctx, store, name)
	if err != nil {
		return err
	}
	of, err := store.Rule(ctx, id, flags.last)
	if err != nil {
		return err
	}
	if flags.json {
		return report.RuleHistoryJSON(c.Stdout, of)
	}
	return report.RuleHistory(c.Stdout, of, c.style())
}

// ruleInHistory finds the rule that is meant: by what the history knows of it, or by the
// names of ringer's own rules.
func (c *command) ruleInHistory(ctx context.Context, store history.Store, name string) (string, error) {
	found, err := store.RulesNamed(ctx, name)
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		rules, err := c.loadRules(ruleFlags{})
		if err != nil {
			return "", err
		}
		if id := rules.idOf(name); id != name {
			if found, err = store.RulesNamed(ctx, id); err != nil {
				return "", err
			}
		}
	}
	switch len(found) {
	case 0:
		return "", usageError{fmt.Errorf("the history does not know a rule %q: it has those that an expectation names, and those that alerted on an ordinary day", name)}
	case 1:
		return found[0].ID, nil
	}
	words := fmt.Sprintf("%q can be %d rules:", name, len(found))
	for _, rule := range found {
		words += fmt.Sprintf("\n  %s  %s", rule.ID, rule.Title)
	}
	return "", usageError{errors.New(words)}
}

// pruneFlags are those of `ringer history prune`.
type pruneFlags struct {
	store historyFlags
	keep  int
	older string
}

func newHistoryPrune(c *command) *cobra.Command {
	var flags pruneFlags
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Remove old runs from the history",
		Long: "Removes runs from the history that are beyond the newest --keep, or older than\n" +
			"--older-than; with both, those that are either. Recordings are left as they are. Nothing\n" +
			"else removes runs from the history: one of the whole library takes some 60 KB.\n\n" +
			"Exit codes: 0 done, 2 invalid input, or there is no history.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			keep, err := flags.keeping(cmd.Flags().Changed("keep"), c.Now())
			if err != nil {
				return err
			}
			return c.historyPrune(cmd.Context(), keep, flags.store)
		},
	}
	flags.store.addName(cmd)
	cmd.Flags().IntVar(&flags.keep, "keep", 0, "keep the newest `N` runs")
	cmd.Flags().StringVar(&flags.older, "older-than", "", "remove runs that are older than this `TIME`, such as 90d or 36h")
	return cmd
}

func (f pruneFlags) keeping(byNumber bool, now time.Time) (history.Keeping, error) {
	keep := history.Keeping{Runs: f.keep}
	switch {
	case byNumber && f.keep < 1:
		return keep, usageError{fmt.Errorf("--keep must be at least 1, not %d: remove the history itself to begin anew", f.keep)}
	case !byNumber && f.older == "":
		return keep, usageError{errors.New("expected --keep, --older-than or both: nothing was removed")}
	case f.older == "":
		return keep, nil
	}
	age, err := scenario.ParseOffset(f.older)
	if err != nil {
		return keep, usageError{fmt.Errorf("--older-than: %w", err)}
	}
	keep.Since = now.Add(-age)
	return keep, nil
}

func (c *command) historyPrune(ctx context.Context, keep history.Keeping, flags historyFlags) error {
	store, err := c.openHistory(ctx, flags, false)
	if err != nil {
		return err
	}
	removed, err := store.Prune(ctx, keep)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	fmt.Fprintf(c.Stdout, "removed %s from the history\n", report.Plural(removed, "run"))
	return nil
}

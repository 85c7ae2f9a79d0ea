package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
)

func newHistoryRebuild(c *command) *cobra.Command {
	var flags historyFlags
	cmd := &cobra.Command{
		Use:   "rebuild [RECORDING|FOLDER]...",
		Short: "Make the history of recordings again",
		Long: "Puts recorded runs into the history, which is made where it is not there: those of the\n" +
			"folder of runs, or the recordings named, and all in the folders named. A run that the\n" +
			"history has already is replaced, so that doing it twice changes nothing; one that it has\n" +
			"and that is recorded no more stays. A recording that is not as it was sealed is left\n" +
			"out, and so is what the history does not keep.\n\n" +
			"Scores of mutants are not recorded: `ringer mutate RECORDING` measures them again.\n\n" +
			"Exit codes: 0 all that could be kept was, 1 a recording is not as it was sealed, 2\n" +
			"invalid input.",
		Args: wantArgs(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error { return c.historyRebuild(cmd.Context(), args, flags) },
	}
	flags.addName(cmd)
	return cmd
}

func (c *command) historyRebuild(ctx context.Context, args []string, flags historyFlags) error {
	files, err := c.recordingFiles(args)
	if err != nil {
		return err
	}
	var runs []history.Head // by which they are put in the order of time
	paths := map[string]string{}
	damaged := 0
	for _, file := range files {
		head, err := headOf(file)
		if err != nil {
			fmt.Fprintf(c.Stderr, "Warning: left out: %v\n", err)
			damaged++
			continue
		}
		runs, paths[head.ID] = append(runs, head), file
	}
	slices.SortStableFunc(runs, func(a, b history.Head) int { return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.ID, b.ID)) })
	runs = slices.CompactFunc(runs, func(a, b history.Head) bool { return a.ID == b.ID })
	store, err := c.openHistory(ctx, flags, true)
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // each run was kept by itself
	kept := 0
	for _, head := range runs {
		run, err := readForHistory(paths[head.ID])
		switch {
		case errors.Is(err, history.ErrOther):
			continue
		case err != nil:
			fmt.Fprintf(c.Stderr, "Warning: left out: %v\n", err)
			damaged++
			continue
		}
		if err := store.Put(ctx, run); err != nil {
			return err
		}
		kept++
	}
	fmt.Fprintf(c.Stdout, "%s from recordings are in the history\n", report.Plural(kept, "run"))
	if damaged > 0 {
		return errNotMet
	}
	return nil
}

// recordingFiles are the sealed recordings that are named, in folders or by themselves;
// those of the folder of runs where nothing is named.
func (c *command) recordingFiles(args []string) ([]string, error) {
	if len(args) == 0 {
		args = []string{c.Runs}
	}
	var files []string
	for _, arg := range args {
		about, err := os.Stat(arg)
		switch {
		case err != nil && arg == c.Runs:
			continue
		case err != nil:
			return nil, usageError{err}
		case !about.IsDir():
			files = append(files, arg)
			continue
		}
		err = filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && filepath.Ext(path) == record.Extension {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, usageError{fmt.Errorf("read %s: %w", arg, err)}
		}
	}
	return files, nil
}

// headOf is what orders a recording among others: its run's id, and when that started.
func headOf(file string) (history.Head, error) {
	recording, err := record.Open(file)
	if err != nil {
		return history.Head{}, err
	}
	return history.Head{ID: recording.Head.Run, Started: recording.Head.Started}, recording.Close()
}

// readForHistory is what the history keeps of a sealed recording. It fails as
// [history.FromRecording] does.
func readForHistory(file string) (history.Run, error) {
	recording, err := record.Open(file)
	if err != nil {
		return history.Run{}, err
	}
	defer recording.Close() //nolint:errcheck // it was only read
	run, err := history.FromRecording(recording)
	if err != nil {
		return history.Run{}, fmt.Errorf("%s: %w", file, err)
	}
	run.Recording, err = recordingAt(file)
	return run, err
}

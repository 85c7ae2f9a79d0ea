package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
)

// mergeFlags are those of `ringer merge`.
type mergeFlags struct {
	record  recordFlags
	history historyFlags
}

func newMerge(c *command) *cobra.Command {
	var flags mergeFlags
	cmd := &cobra.Command{
		Use:   "merge RECORDING... --out FILE",
		Short: "Join the recordings of a run's parts into one",
		Long: "Joins the recordings that `ringer run --shard 1/4` to `4/4` made into one of the whole\n" +
			"run, which is replayed, reported, compared and verified as any. It refuses parts that\n" +
			"are missing, that are there twice, that are not as they were sealed, or that were\n" +
			"performed by another ringer, with other files, rules or variables. The run is as if it\n" +
			"had been performed on one machine, but for its times and ids. It goes into the history.\n\n" +
			"Exit codes: 0 written, 2 invalid input: nothing was written.",
		Args: wantArgs(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.history.check(); err != nil {
				return err
			}
			if flags.record.file == "" {
				return usageError{errors.New("--out is required: the file of the whole run's recording")}
			}
			run, err := c.merge(cmd.Context(), args, flags)
			if err == nil {
				fmt.Fprintf(c.Stdout, "merged %s into %s: %s, %s, %s\n", report.Plural(len(args), "part"), flags.record.file,
					report.Plural(run.Summary.Scenarios, "scenario"), report.Plural(run.Summary.Steps, "step"), report.Plural(run.Summary.Expectations, "expectation"))
			}
			return err
		},
	}
	cmd.Flags().Var(&flags.record.file, "out", "seal the recording of the whole run into this `FILE`")
	cmd.Flags().StringVar(&flags.record.key, "sign", "", "sign the recording with the private SSH key in this `FILE`")
	flags.history.addTo(cmd)
	return cmd
}

// merge joins the recordings of all parts of a run, keeps the whole in the history, and
// returns its result.
func (c *command) merge(ctx context.Context, args []string, flags mergeFlags) (result.Run, error) {
	var parts []record.Named
	defer func() {
		for _, part := range parts {
			_ = part.Close() // it was only read
		}
	}()
	for _, name := range args {
		part, err := c.openRecording(name)
		if err == nil {
			parts = append(parts, record.Named{Name: name, Recording: part})
			err = part.CheckContents()
		}
		if err != nil {
			return result.Run{}, usageError{fmt.Errorf("%s: %w", name, err)}
		}
	}
	head, err := record.MergedHead(parts)
	if err != nil {
		return result.Run{}, usageError{err}
	}
	if err := c.checkHistory(ctx, flags.history); err != nil {
		return result.Run{}, err
	}
	head.Run = uuid.Must(uuid.NewV7()).String()
	run, err := c.writeMerged(head, parts, flags.record)
	if err != nil {
		return result.Run{}, err
	}
	return run, c.keepMerged(ctx, string(flags.record.file), flags.history)
}

// writeMerged seals the recording of a whole run.
func (c *command) writeMerged(head record.Head, parts []record.Named, flags recordFlags) (result.Run, error) {
	flags.flag = "--out"
	r, err := c.recorderFor(flags)
	if err != nil {
		return result.Run{}, err
	}
	if head.Sources, err = parts[0].Sources(); err == nil {
		head.Rules, err = parts[0].Rules()
	}
	if err != nil {
		return result.Run{}, usageError{fmt.Errorf("%s: %w", parts[0].Name, err)}
	}
	run, err := mergedRun(head, parts)
	if err != nil {
		return run, usageError{err}
	}
	tail, err := record.MergedTail(parts)
	if err != nil {
		return run, usageError{err}
	}
	run.Seconds = tail.Took.Seconds()
	if tail.Result, err = json.Marshal(run); err != nil {
		return run, err
	}
	folder, err := os.MkdirTemp("", "ringer-merge-") // not one of the runs, which could be resumed
	if err != nil {
		return run, err
	}
	defer os.RemoveAll(folder)
	if r.journal, err = record.CreateTemporary(filepath.Join(folder, head.Run), head); err != nil {
		return run, err
	}
	defer r.journal.Close() //nolint:errcheck // the lock only
	for _, part := range parts {
		for _, name := range part.Head.Scenarios {
			if err := r.journal.Copy(part.Recording, name); err != nil {
				return run, usageError{fmt.Errorf("%s: %w", part.Name, err)}
			}
		}
	}
	r.journal.Finish(tail)
	return run, r.write(head.Run)
}

// mergedRun is the result of a whole run: that of its parts, in the order of the whole.
func mergedRun(head record.Head, parts []record.Named) (result.Run, error) {
	judged := map[string]result.Scenario{}
	rules := 0
	for _, part := range parts {
		for _, name := range part.Head.Scenarios {
			ended, err := isFinished(part.Recording, name)
			if err == nil && !ended {
				err = fmt.Errorf("scenario %s was not performed to its end", name)
			}
			var s *record.ScenarioRecord
			if err == nil {
				s, err = part.Scenario(name)
			}
			if err == nil {
				judged[name], err = s.Judged()
			}
			if err != nil {
				return result.Run{}, fmt.Errorf("%s: %w", part.Name, err)
			}
		}
		tail, err := part.Tail()
		if err != nil || tail == nil {
			return result.Run{}, fmt.Errorf("%s: it does not say how it ended: %w", part.Name, errors.Join(err, record.ErrNotARecording))
		}
		var own result.Run
		if err := json.Unmarshal(tail.Result, &own); err != nil {
			return result.Run{}, fmt.Errorf("%s: read its result: %w", part.Name, err)
		}
		rules = max(rules, own.Rules)
	}
	run := result.Run{Format: result.Format, ID: head.Run, Version: head.Ringer.Version, Lab: head.Lab, Started: head.Started, Rules: rules, Scenarios: []result.Scenario{}}
	for _, name := range head.Scenarios {
		run.Scenarios = append(run.Scenarios, judged[name])
	}
	run.Summary = result.Summarise(run.Scenarios, nil)
	return run, nil
}

// keepMerged puts a whole run into the history. It fails as [memory.keep] does.
func (c *command) keepMerged(ctx context.Context, file string, flags historyFlags) error {
	if flags.none || c.historyName(flags) == "" {
		return nil
	}
	run, err := readForHistory(file)
	if err == nil {
		err = c.putHistory(ctx, flags, run)
	}
	if err != nil && flags.name == "" && !errors.Is(err, history.ErrOther) {
		fmt.Fprintf(c.Stderr, "Warning: the run is not in the history: %v\n", err)
		return nil
	}
	return err
}

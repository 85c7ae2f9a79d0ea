package cli

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// reenactFlags are those of `ringer reenact`.
type reenactFlags struct {
	rules ruleFlags
	data  dataFlags
	json  bool
	write outputName
	lab   labFlags
}

// reenactResult is what `reenact --json` prints.
type reenactResult struct {
	Recordings int               `json:"recordings"`
	Detected   int               `json:"detected"`
	Seconds    float64           `json:"seconds"`
	Findings   []reenact.Finding `json:"findings"`
}

func newReenact(c *command) *cobra.Command {
	var flags reenactFlags
	cmd := &cobra.Command{
		Use:   "reenact --rules PATH --data DIR",
		Short: "Re-enact recorded attacks and check that their rules fire",
		Long: "Turns every recording below a folder in SigmaHQ's layout into steps of the behaviour\n" +
			"reenact, performs them in containers, and checks that the rules named for it fire on\n" +
			"what was observed there. The rules are never given the recording itself. Events that\n" +
			"cannot be performed are omitted; where the others are enough, a line says so.\n\n" +
			"With --write the steps are written as scenarios to a folder, and nothing is performed.\n\n" +
			"Exit codes: 0 each recording was detected, or has a known limit of the lab as its\n" +
			"reason; 1 one was missed; 2 invalid input (nothing was started), 3 no lab, 4 the\n" +
			"exercise broke, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := flags.data.check(); err != nil {
				return err
			}
			if err := flags.lab.check(); err != nil {
				return err
			}
			return c.reenact(cmd.Context(), flags)
		},
	}
	flags.rules.addTo(cmd)
	flags.data.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the findings as one JSON document")
	cmd.Flags().Var(&flags.write, "write", "write the scenarios to this `DIR` and perform nothing")
	flags.lab.addTo(cmd, "containers")
	return cmd
}

func (c *command) reenact(ctx context.Context, flags reenactFlags) error {
	rules, err := c.loadRules(flags.rules)
	if err != nil {
		return err
	}
	replays, err := c.convertRecordings(flags.data.folder)
	if err != nil {
		return err
	}
	if flags.write != "" {
		return c.writeReplays(ctx, replays, rules, string(flags.write))
	}
	c.warnBroken(rules)
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	started := c.Now()
	executions, err := c.replayAll(ctx, lab, replays, flags.lab.parallel)
	if err != nil {
		return err
	}
	out := reenactResult{Recordings: len(replays), Findings: []reenact.Finding{}}
	for _, performance := range executions {
		found, err := reenact.Judge(ctx, performance, rules.Sigma)
		if err != nil {
			return err
		}
		if found.Detected {
			out.Detected++
		}
		out.Findings = append(out.Findings, found)
	}
	out.Seconds = c.Now().Sub(started).Seconds()
	return c.writeReenacted(out, flags.json)
}

// convertRecordings converts every recording below a folder. It fails with a usage
// error if there is none.
func (c *command) convertRecordings(data string) ([]reenact.Replay, error) {
	folder, err := userfile.OpenFolder(data)
	if err != nil {
		return nil, usageError{fmt.Errorf("read recordings: %w", err)}
	}
	defer folder.Close()
	recordings, problems := reenact.Load(folder)
	for _, problem := range problems {
		fmt.Fprintf(c.Stderr, "Warning: data set skipped: %s\n", problem)
	}
	if len(recordings) == 0 {
		return nil, usageError{fmt.Errorf("no data set (info.yml) below %s", data)}
	}
	replays := make([]reenact.Replay, len(recordings))
	for i, recording := range recordings {
		replays[i] = reenact.Convert(recording, reenact.Place())
	}
	return replays, nil
}

// replayAll performs replays, and shows on a terminal how many are done.
func (c *command) replayAll(ctx context.Context, lab runner.Lab, replays []reenact.Replay, assets int) ([]reenact.Execution, error) {
	var done atomic.Int64
	var last atomic.Value
	last.Store("")
	_, end := c.showRows(func(int, int) []string {
		return []string{fmt.Sprintf("  %d of %d performed  %s", done.Load(), len(replays), last.Load())}
	})
	defer end()
	replayer := reenact.Replayer{
		Runner: c.runner(lab), Run: uuid.NewString(), Assets: assets,
		Done: func(p reenact.Execution) {
			done.Add(1)
			last.Store(p.Name)
		},
	}
	return replayer.ReplayAll(ctx, replays)
}

// writeReenacted writes a line for each recording that was not detected. It returns
// errNotMet if one was missed for another reason than a limit of the lab.
func (c *command) writeReenacted(out reenactResult, asJSON bool) error {
	faults := 0
	for _, found := range out.Findings {
		if !found.Detected && !found.Limit {
			faults++
		}
	}
	if asJSON {
		if err := c.printJSON(out); err != nil {
			return err
		}
	} else if err := c.printFindings(out); err != nil {
		return err
	}
	if faults > 0 {
		return errNotMet
	}
	return nil
}

func (c *command) printFindings(out reenactResult) error {
	for _, found := range out.Findings {
		if found.Detected {
			if err := c.printOmitted(found); err != nil {
				return err
			}
			continue
		}
		word := "missed"
		if found.Limit {
			word = "limit"
		}
		if _, err := fmt.Fprintf(c.Stdout, "%s %s: %s\n", word, found.Recording, found.Reason); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %s re-enacted and detected in %s\n",
		out.Detected, report.Plural(out.Recordings, "recording"), time.Duration(out.Seconds*float64(time.Second)).Round(100*time.Millisecond))
	return err
}

// printOmitted writes a line for a recording that was detected without some of its
// events.
func (c *command) printOmitted(found reenact.Finding) error {
	if len(found.Omitted) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.Stdout, "partly %s: detected without %d of its events: %s\n", found.Recording, len(found.Omitted), found.Omitted[0])
	return err
}

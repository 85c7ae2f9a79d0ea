package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// reenactFlags are those of `ringer reenact`.
type reenactFlags struct {
	rules  ruleFlags
	data   dataFlags
	json   bool
	write  outputName
	lab    labFlags
	record recordFlags
}

// reenactResult is what `reenact --json` prints.
type reenactResult struct {
	Recordings int `json:"recordings"`
	Detected   int `json:"detected"`
	// Started is when it was performed, where a recording of it is judged again.
	Started  time.Time         `json:"replay_of,omitzero"`
	Seconds  float64           `json:"seconds"`
	Findings []reenact.Finding `json:"findings"`
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
			"What was observed is recorded: `ringer replay` judges it again, and `ringer fidelity`\n" +
			"compares it with the recordings, without a lab. With --write the steps are written as\n" +
			"scenarios to a folder, and nothing is performed.\n\n" +
			"Exit codes: 0 each recording was detected, or has a known limit of the lab as its\n" +
			"reason; 1 one was missed; 2 invalid input (nothing was started), 3 no lab, 4 the\n" +
			"run failed, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := flags.data.check(); err != nil {
				return err
			}
			if err := errors.Join(flags.lab.check(), flags.record.check()); err != nil {
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
	flags.record.addTo(cmd)
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
	started := c.Now()
	executions, err := c.performReplays(ctx, replays, rules, flags.lab, flags.record)
	if err != nil {
		return err
	}
	out, err := judgeReplays(ctx, executions, rules)
	if err != nil {
		return err
	}
	out.Seconds = c.Now().Sub(started).Seconds()
	return c.writeReenacted(out, flags.json)
}

// judgeReplays says of each replay whether its rules fired.
func judgeReplays(ctx context.Context, executions []reenact.Execution, rules *ruleSet) (reenactResult, error) {
	out := reenactResult{Recordings: len(executions), Findings: []reenact.Finding{}}
	for _, execution := range executions {
		found, err := reenact.Judge(ctx, execution, rules.Sigma)
		if err != nil {
			return out, err
		}
		if found.Detected {
			out.Detected++
		}
		out.Findings = append(out.Findings, found)
	}
	return out, nil
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
	return convertAll(recordings)
}

// convertAll converts recordings into steps on the host of the shipped library.
func convertAll(recordings []reenact.Recording) ([]reenact.Replay, error) {
	target, err := reenact.TargetIn(scenarios.Library())
	if err != nil {
		return nil, err
	}
	replays := make([]reenact.Replay, len(recordings))
	for i, recording := range recordings {
		replays[i] = reenact.Convert(recording, target)
	}
	return replays, nil
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
	replay := ""
	if !out.Started.IsZero() {
		replay = ", replay of " + out.Started.UTC().Format("2006-01-02 15:04Z")
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %s re-enacted and detected in %s%s\n",
		out.Detected, report.Plural(out.Recordings, "recording"), time.Duration(out.Seconds*float64(time.Second)).Round(100*time.Millisecond), replay)
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

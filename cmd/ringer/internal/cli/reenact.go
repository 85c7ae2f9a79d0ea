package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// reenactFlags are those of `ringer reenact`.
type reenactFlags struct {
	rules []string
	data  string
	json  bool
	write target
	lab   labFlags
}

// reenacted is what `reenact --json` prints.
type reenacted struct {
	Recordings int               `json:"recordings"`
	Detected   int               `json:"detected"`
	Seconds    float64           `json:"seconds"`
	Findings   []reenact.Finding `json:"findings"`
}

func newReenact(c *command) *cobra.Command {
	var flags reenactFlags
	cmd := &cobra.Command{
		Use:   "reenact --rules PATH --data DIR",
		Short: "Perform what others recorded: do their rules fire on it here?",
		Long: "Turns every recording below a folder in SigmaHQ's layout into steps of the behaviour\n" +
			"reenact, performs them in containers, and asks whether the rules that each must fire\n" +
			"fire on what was seen there. The rules never get to see the recording itself. Events\n" +
			"that cannot be performed are left out; where the others are enough, a line says so.\n\n" +
			"With --write the steps are left as scenarios in a folder, and nothing is performed.\n\n" +
			"Exit codes: 0 each recording was detected, or is at a known limit of the stage that\n" +
			"its line names; 1 one was not; 2 invalid input (nothing was started), 3 no lab, 4 the\n" +
			"exercise broke, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := requireData(flags.data); err != nil {
				return err
			}
			if err := flags.lab.check(); err != nil {
				return err
			}
			return c.reenact(cmd.Context(), flags)
		},
	}
	cmd.Flags().StringArrayVar(&flags.rules, "rules", nil, "Sigma rules: the `PATH` of a file, folder or zip")
	cmd.Flags().StringVar(&flags.data, "data", "", "the `DIR` of data sets, each with its info.yml")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the findings as one JSON document")
	cmd.Flags().Var(&flags.write, "write", "leave the scenarios in this `DIR`, and perform nothing")
	flags.lab.add(cmd, "containers")
	return cmd
}

func (c *command) reenact(ctx context.Context, flags reenactFlags) error {
	known, err := c.loadRules(flags.rules)
	if err != nil {
		return err
	}
	scenes, err := c.scenes(flags.data)
	if err != nil {
		return err
	}
	if flags.write != "" {
		return c.writeScenes(ctx, scenes, known, string(flags.write))
	}
	c.warnBroken(known)
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	started := c.Now()
	performances, err := c.stage(ctx, lab, scenes, flags.lab.parallel)
	if err != nil {
		return err
	}
	out := reenacted{Recordings: len(scenes), Findings: []reenact.Finding{}}
	for _, one := range performances {
		found, err := reenact.Judge(ctx, one, known.Sigma)
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

// requireData asks for the folder that recordings are in.
func requireData(folder string) error {
	if folder == "" {
		return usageError{errors.New("--data is required: a folder in SigmaHQ's regression layout")}
	}
	return nil
}

// scenes casts every recording below a folder.
func (c *command) scenes(data string) ([]reenact.Scene, error) {
	if _, err := os.Stat(data); err != nil {
		return nil, usageError{fmt.Errorf("read recordings: %w", err)}
	}
	recordings, problems := reenact.Load(os.DirFS(data))
	for _, problem := range problems {
		fmt.Fprintf(c.Stderr, "Warning: data set left out: %s\n", problem)
	}
	if len(recordings) == 0 {
		return nil, usageError{fmt.Errorf("no data set (info.yml) below %s", data)}
	}
	scenes := make([]reenact.Scene, len(recordings))
	for i, one := range recordings {
		scenes[i] = reenact.Cast(one, reenact.Place())
	}
	return scenes, nil
}

// stage has scenes performed, and tells on a terminal how far it is.
func (c *command) stage(ctx context.Context, lab runner.Lab, scenes []reenact.Scene, assets int) ([]reenact.Performance, error) {
	var over atomic.Int64
	director := reenact.Director{
		Lab: lab, Run: uuid.NewString(), Now: c.Now, Assets: assets,
		Performed: func(p reenact.Performance) {
			done := over.Add(1)
			if c.moves(c.StderrWidth) {
				fmt.Fprintf(c.Stderr, "\r\x1b[K%d of %d performed: %.60s", done, len(scenes), p.Name)
			}
		},
	}
	performances, err := director.Perform(ctx, scenes)
	if c.moves(c.StderrWidth) {
		fmt.Fprint(c.Stderr, "\r\x1b[K")
	}
	return performances, err
}

// writeReenacted has a line for each recording that was not detected.
func (c *command) writeReenacted(out reenacted, asJSON bool) error {
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

func (c *command) printFindings(out reenacted) error {
	for _, found := range out.Findings {
		if found.Detected {
			if err := c.printLeft(found); err != nil {
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

// printLeft tells of a detected recording that was not performed whole.
func (c *command) printLeft(found reenact.Finding) error {
	if len(found.Left) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.Stdout, "partly %s: detected without %d of its events: %s\n", found.Recording, len(found.Left), found.Left[0])
	return err
}

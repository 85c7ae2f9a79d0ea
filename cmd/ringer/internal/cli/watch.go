package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/watch"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// watchFlags are those of `ringer watch`.
type watchFlags struct {
	rules     ruleFlags
	recording string
	json      bool
}

func newWatch(c *command) *cobra.Command {
	var flags watchFlags
	cmd := &cobra.Command{
		Use:   "watch --rules DIR [PATH]...",
		Short: "Judge a recorded run again whenever a rule or scenario is saved",
		Long: "Waits for rules of --rules, and scenarios of the paths, to be saved. What a saved file\n" +
			"concerns is judged again from a recorded run, and what changed is shown: detections and\n" +
			"alarms that were lost or gained, by step, with what a lost one lacks on its nearest\n" +
			"event; of a scenario the verdicts. Of a file that is broken the problems are shown, and\n" +
			"its last good state stays. Nothing is performed.\n\n" +
			"Ctrl-C ends it.\n\n" +
			"Exit codes: 130 ended by Ctrl-C, 2 invalid input.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(flags.rules.paths) == 0 && len(args) == 0 {
				return usageError{errors.New("expected --rules with the rules to watch, or paths of scenarios")}
			}
			for _, path := range flags.rules.paths {
				if strings.EqualFold(filepath.Ext(path), ".zip") {
					return usageError{fmt.Errorf("%s is an archive, of which no rule can be saved: unpack it", path)}
				}
			}
			return c.watch(cmd.Context(), args, flags)
		},
	}
	flags.rules.addOnly(cmd)
	cmd.Flags().StringVar(&flags.recording, "recording", "", "the `RECORDING` of the run (default the last run)")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print a line of JSON for each change")
	return cmd
}

// watching is a recorded run with the rules and scenarios as they were last good.
type watching struct {
	*command
	readRuns
	recording *record.Recording
	flags     watchFlags
	byFile    map[string][]*sigma.Rule // as they were last good
	order     []string                 // files of rules, the recorded ones first
	scenarios watchedScenarios
}

func (c *command) watch(ctx context.Context, paths []string, flags watchFlags) error {
	recording, err := c.openRecording(flags.recording)
	if err != nil {
		return err
	}
	defer recording.Close()
	read, err := c.readRunsOf(ctx, recording, flags.rules)
	if err != nil {
		return err
	}
	w := &watching{command: c, readRuns: read, recording: recording, flags: flags}
	w.sortRules()
	if err := w.readScenarios(paths); err != nil {
		return err
	}
	files, err := watch.Open(slices.Concat(flags.rules.paths, paths), isWatched)
	if err != nil {
		return usageError{err}
	}
	defer files.Close()
	fmt.Fprintf(c.Stderr, "watching %s: %s, run %.8s; Ctrl-C ends it\n", report.Plural(len(files.Files()), "file"), report.Plural(len(w.rules.Rules()), "rule"), read.runHead.Run)
	for {
		changed, err := files.Next(ctx)
		if err != nil {
			return err
		}
		var rules, scenarios []string
		for _, file := range changed {
			if isScenarioFile(file) {
				scenarios = append(scenarios, file)
			} else {
				rules = append(rules, file)
			}
		}
		if err := w.rulesSaved(ctx, rules); err != nil {
			return err
		}
		if err := w.scenariosSaved(ctx, scenarios); err != nil {
			return err
		}
	}
}

// isWatched reports whether a file is of rules or of scenarios.
func isWatched(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yml" || ext == ".yaml" || isScenarioFile(name)
}

func isScenarioFile(name string) bool { return strings.EqualFold(filepath.Ext(name), ".hcl") }

// tell writes what changed by saving a file.
func (w *watching) tell(file string, changes []report.WatchChange) error {
	for i := range changes {
		changes[i].File = file
	}
	if w.flags.json {
		return report.WatchJSON(w.Stdout, changes)
	}
	return report.Watch(w.Stdout, w.Now().Format("15:04:05"), file, changes, w.style())
}

package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

func newDiff(c *command) *cobra.Command {
	var rules ruleFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff BEFORE [AFTER]",
		Short: "Compare two recorded runs, or a run with itself under other rules",
		Long: "Lists the verdicts that changed and what bears on them: rules, alerts, the time until\n" +
			"a rule fired, events and their fields. Each run is compared as it was judged when it\n" +
			"was performed. With --rules the second one is judged again, with these rules in the\n" +
			"place of those with the same id; without AFTER that is the first one too.\n\n" +
			"Exit codes: 0 nothing got worse, 1 something did, 2 invalid input.",
		Args: wantArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && !rules.given() {
				return usageError{errors.New("expected a second recording, or --rules to judge the first one again with")}
			}
			return c.diff(cmd.Context(), args[0], args[len(args)-1], rules, asJSON)
		},
	}
	rules.addTo(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the difference as one JSON document")
	return cmd
}

func (c *command) diff(ctx context.Context, before, after string, rules ruleFlags, asJSON bool) error {
	was, err := c.recordedRun(before)
	if err != nil {
		return err
	}
	is := was
	switch {
	case rules.given():
		is, err = c.judgedAgain(ctx, after, rules)
	case after != before:
		is, err = c.recordedRun(after)
	}
	if err != nil {
		return err
	}
	d := diff.Compare(was, is)
	if asJSON {
		err = report.DiffJSON(c.Stdout, d)
	} else {
		style := c.style()
		style.ShortID = shortIDs(was.Rules, is.Rules)
		err = report.Diff(c.Stdout, d, style)
	}
	if err == nil && d.Worse > 0 {
		err = errNotMet
	}
	return err
}

// recordedRun is a run as it was judged when it was performed.
func (c *command) recordedRun(name string) (diff.Run, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return diff.Run{}, err
	}
	defer recording.Close()
	sources, err := ruleSources(recording, ruleFlags{})
	if err != nil {
		return diff.Run{}, err
	}
	run := diff.Run{ID: recording.Head.Run, Rules: rulesIn(sources)}
	err = eachFinished(recording, func(s *record.ScenarioRecord) error {
		recorded, err := recordedScenario(s)
		run.Scenarios = append(run.Scenarios, recorded)
		return err
	})
	return run, err
}

func recordedScenario(s *record.ScenarioRecord) (diff.Scenario, error) {
	judged, err := s.Judged()
	if err != nil {
		return diff.Scenario{}, err
	}
	alerts, err := s.Alerts()
	if err != nil {
		return diff.Scenario{}, err
	}
	out := diff.Scenario{Scenario: judged, Start: s.Start(), Events: map[string][]event.Event{}, Alerts: alerts}
	err = s.Events(func(e event.Event) error {
		out.Events[e.Lineage.Step] = append(out.Events[e.Lineage.Step], e)
		return nil
	})
	return out, err
}

// judgedAgain is a recorded run under other rules.
func (c *command) judgedAgain(ctx context.Context, name string, rules ruleFlags) (diff.Run, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return diff.Run{}, err
	}
	defer recording.Close()
	e, err := c.readRecorded(recording, rules)
	if err != nil {
		return diff.Run{}, err
	}
	run := diff.Run{ID: recording.Head.Run, Scenarios: make([]diff.Scenario, len(e.plans))}
	_, err = c.performPlans(ctx, c.replaying(recording, false), e.plans, e.rules, 1,
		func(_ context.Context, i int, performed *runner.RunRecord, judged result.Scenario) error {
			again := diff.Scenario{Scenario: judged, Start: performed.Start, Events: map[string][]event.Event{}, Alerts: map[string][]detect.Alert{}}
			for _, record := range slices.Concat(performed.Baselines, performed.Steps) {
				again.Events[record.ID] = record.Events
			}
			for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
				again.Alerts[step.ID] = step.Alerts
			}
			run.Scenarios[i] = again
			return nil
		})
	if err != nil {
		return diff.Run{}, err
	}
	sources, err := ruleSources(recording, rules)
	if err != nil {
		return diff.Run{}, err
	}
	run.Rules = rulesIn(sources)
	return run, nil
}

// shortIDs returns a function that cuts a rule's id to the digits that tell it from the
// others of two runs.
func shortIDs(was, is []diff.Rule) func(string) string {
	var ids []string
	for _, rule := range slices.Concat(was, is) {
		ids = append(ids, rule.ID)
	}
	return rulename.ShortIDs(ids)
}

// rulesIn are the rules of files, of several with one id the last.
func rulesIn(sources []record.Source) []diff.Rule {
	var rules []diff.Rule
	at := map[string]int{}
	for _, source := range sources {
		found, _ := sigma.Parse(source.Name, source.Content) // what is wrong in them is told where they are used
		for _, rule := range found {
			made := diff.Rule{ID: rule.Ref(), Title: rule.Title, File: source.Name, Digest: source.Digest}
			if i, ok := at[made.ID]; ok {
				rules[i] = made
				continue
			}
			at[made.ID] = len(rules)
			rules = append(rules, made)
		}
	}
	return rules
}

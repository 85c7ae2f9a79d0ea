package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

// ruleStateFlags are those of `ringer rules`.
type ruleStateFlags struct {
	rules     ruleFlags
	recording string
	states    stateNames
	mutation  bool
	json      bool
}

func newRules(c *command) *cobra.Command {
	var flags ruleStateFlags
	cmd := &cobra.Command{
		Use:   "rules [RULE]",
		Short: "Show what a recorded run shows of each rule",
		Long: "Lists the rules of a recorded run, or those of --rules, a row each, what needs a look\n" +
			"first:\n\n" +
			"  noisy        it alarms on an ordinary day\n" +
			"  untested     it never fired: it was asked, or the run left no event that it reads\n" +
			"  unreachable  it reads a log that no kind of host has\n" +
			"  proven       it fired where the effect was proven, and on no ordinary day\n\n" +
			"With a RULE (its file, id, the beginning of it, name or title) tells all of one: where\n" +
			"it fires and alarms, what it was asked of, and how near it came elsewhere.\n\n" +
			"Exit codes: 0 shown, 2 invalid input.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.showRuleStates(cmd.Context(), first(args), flags)
		},
	}
	flags.rules.addOnly(cmd)
	cmd.Flags().StringVar(&flags.recording, "recording", "", "the `RECORDING` of the run (default the last run)")
	cmd.Flags().Var(&flags.states, "state", "only rules in these `STATES`, with commas between them: "+alternatives(stateWords()))
	cmd.Flags().BoolVar(&flags.mutation, "mutation", false, "also measure by mutants which rules are tested, which takes longer")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON document")
	return cmd
}

// stateNames are the states that --state names.
type stateNames []rulestate.State

// String is the default, which is none.
func (s *stateNames) String() string { return "" }

// Type stands in the help for what is to be given.
func (*stateNames) Type() string { return "STATES" }

// Set reads names with commas between them. It fails for what is not the name of a state.
func (s *stateNames) Set(given string) error {
	names, err := someOf(given, stateWords())
	for _, name := range names {
		*s = append(*s, rulestate.State(name))
	}
	return err
}

// stateWords are the names of the states.
func stateWords() []string {
	var words []string
	for _, state := range rulestate.States() {
		words = append(words, string(state))
	}
	return words
}

func (c *command) showRuleStates(ctx context.Context, named string, flags ruleStateFlags) error {
	flags.rules.addFile(named)
	read, err := c.readRuns(ctx, flags.recording, flags.rules)
	if err != nil {
		return err
	}
	wanted := read.rules.listed
	var only *sigma.Rule
	if named != "" {
		if only, err = explainable(named, read.rules.Find(named), read.rules.InputRules(), read.rules.Evaluated()); err != nil {
			return err
		}
		wanted = nil // what counts it is needed too
	}
	judged, err := read.shown.Judge(ctx, read.rules.Sigma, wanted)
	if err != nil {
		return err
	}
	if only != nil {
		judged = slices.DeleteFunc(judged, func(rule rulestate.Rule) bool { return rule.ID != only.Ref() })
		for i := range judged {
			judged[i].NearMisses = read.shown.NearMisses(read.rules.Sigma, judged[i])
			if err := read.shown.AddStated(ctx, read.rules.Sigma, &judged[i]); err != nil {
				return err
			}
		}
	}
	if flags.mutation {
		if err := read.addMutationScores(ctx, judged); err != nil {
			return err
		}
	}
	document := read.document(c.Build.Version, judged)
	if len(flags.states) > 0 {
		document.Rules = slices.DeleteFunc(document.Rules, func(rule rulestate.Rule) bool { return !slices.Contains(flags.states, rule.State) })
	}
	switch {
	case flags.json:
		return report.RulesJSON(c.Stdout, document)
	case only != nil && len(document.Rules) > 0:
		_, err := io.WriteString(c.Stdout, report.FormatPage(report.RulePage(document.Rules[0]), c.style().Width))
		return err
	}
	style := c.style()
	style.ShortID = read.rules.shortID()
	return report.Rules(c.Stdout, document, style, c.lineWidth())
}

// listed reports whether a rule is one of those to be listed: one that the flags gave,
// where they gave any.
func (r *ruleSet) listed(rule *sigma.Rule) bool { return r.given == nil || r.given[rule] }

// readRuns are the runs of a recording, ready to be asked about rules.
type readRuns struct {
	exercise
	runHead record.Head
	runs    []*runner.RunRecord
	shown   *rulestate.Recording
}

// readRuns reads a recording with its rules and those of the flags. It fails as
// openRecording does, and if the recording has no scenario that was performed to its end.
func (c *command) readRuns(ctx context.Context, name string, flags ruleFlags) (readRuns, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return readRuns{}, err
	}
	defer recording.Close()
	return c.readRunsOf(ctx, recording, flags)
}

// readRunsOf is readRuns of a recording that is open.
func (c *command) readRunsOf(ctx context.Context, recording *record.Recording, flags ruleFlags) (readRuns, error) {
	if recording.Head.Kind == record.Reenactment {
		return readRuns{}, usageError{fmt.Errorf("run %s re-enacts what others recorded, each for one rule: ringer replay judges it", recording.Head.Run)}
	}
	e, err := c.readRecorded(recording, flags)
	if err != nil {
		return readRuns{}, err
	}
	read := readRuns{exercise: e, runHead: recording.Head, runs: make([]*runner.RunRecord, len(e.plans))}
	from := c.replaying(recording, false)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range e.plans {
		group.Go(func() (err error) {
			read.runs[i], err = from.run(ctx, c.runner(nil), p)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return readRuns{}, err
	}
	read.shown = shownOf(read.runs)
	return read, nil
}

// shownOf are runs, ready to be asked about rules.
func shownOf(runs []*runner.RunRecord) *rulestate.Recording {
	return rulestate.New(runs, scenarios.Library().Kinds(), telemetry.Channels)
}

// document is what the runs show of rules.
func (r readRuns) document(version string, judged []rulestate.Rule) rulestate.Document {
	return rulestate.Document{
		Format: rulestate.Format, ID: r.runHead.Run, Version: version, Lab: r.runHead.Lab, Started: r.runHead.Started,
		Summary: rulestate.Summarise(judged), Rules: judged,
	}
}

// addMutationScores measures the rules that an expectation names.
func (r readRuns) addMutationScores(ctx context.Context, judged []rulestate.Rule) error {
	measured, err := r.rules.mutantTester(r.runHead.Started).Test(ctx, r.runs)
	if err != nil {
		return err
	}
	scores := map[string]*rulestate.MutationScore{}
	for _, rule := range measured.Rules {
		scores[rule.Rule] = &rulestate.MutationScore{Killed: rule.Killed, Survived: rule.Survived, Unscored: rule.Unscored}
	}
	for i := range judged {
		judged[i].Mutation = scores[judged[i].ID]
	}
	return nil
}

package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/gate"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// gates are what a run of an exercise is held to: the gates of its files, or those that the
// flags name, and the bounds of the flags. Earlier runs are read. It fails with a usage
// error if one cannot be. The gates of files are for the whole run: of a part, they must be
// named.
func (c *command) gates(e exercise, part bool, flags gateFlags) ([]gate.Gate, error) {
	known := e.Gates
	if part && len(flags.names) == 0 && len(known) > 0 {
		fmt.Fprintf(c.Stderr, "Note: the gates of the files are not judged, as this is a part of a run: name one with --gate %s to have the part judged by it\n", known[0].Name.Text)
		known = nil
	}
	written, err := c.gatesOfFiles(known, flags.names)
	if err != nil {
		return nil, err
	}
	var all []gate.Gate
	for _, g := range written {
		made := gate.Gate{Name: g.Name.Text, File: g.Range.Filename, Line: g.Range.Start.Line, Set: g.Set}
		if g.Baseline != "" && !filepath.IsAbs(g.Baseline) && !strings.HasPrefix(g.Baseline, shippedPrefix) {
			made.Baseline = filepath.Join(filepath.Dir(g.Range.Filename), filepath.FromSlash(g.Baseline))
		}
		all = append(all, made)
	}
	if !flags.set.IsZero() || flags.repeat > 1 && len(all) == 0 {
		all = append(all, gate.Gate{Name: "command line", Set: flags.set})
	}
	for i := range all {
		if all[i].Baseline == "" {
			continue
		}
		if all[i].Earlier, err = c.earlierRun(all[i].Baseline); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// gatesOfFiles are the gates that are named, of those known or in a file, or else all those
// known.
func (c *command) gatesOfFiles(known []scenario.Gate, names []string) ([]scenario.Gate, error) {
	if len(names) == 0 {
		return known, nil
	}
	var chosen []scenario.Gate
	for _, name := range names {
		at := slices.IndexFunc(known, func(g scenario.Gate) bool { return g.Name.Text == name })
		if at >= 0 {
			chosen = append(chosen, known[at])
			continue
		}
		if filepath.Ext(name) != ".hcl" {
			var called []string
			for _, g := range known {
				called = append(called, g.Name.Text)
			}
			has := "they have none"
			if len(called) > 0 {
				has = "they have " + strings.Join(called, ", ")
			}
			return nil, usageError{fmt.Errorf("--gate: the files that were read have no gate %q: %s.%s A file of gates is named with its .hcl", name, has, didYouMean(name, called))}
		}
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, userfile.Disk{}, filepath.ToSlash(name))
		if err := c.reportProblems(set, problems); err != nil {
			return nil, err
		}
		if len(set.Gates) == 0 {
			return nil, usageError{fmt.Errorf("--gate: %s has no gate", name)}
		}
		chosen = append(chosen, set.Gates...)
	}
	return chosen, nil
}

// maxResult is the most bytes that the document of a result may have.
const maxResult = 256 << 20

// earlierRun reads the run that a baseline names: a recording, or a result.
func (c *command) earlierRun(name string) (*gate.Earlier, error) {
	if filepath.Ext(name) == ".json" || inputKindOf(name) == jsonInput {
		text, err := userfile.Read(name, maxResult)
		if err != nil {
			return nil, usageError{fmt.Errorf("read baseline: %w", err)}
		}
		out := &gate.Earlier{Name: name}
		if err := json.Unmarshal(text, &out.Run); err != nil || out.Run.Format != result.Format {
			return nil, usageError{fmt.Errorf("read baseline: %s is not the result of a run (%s): `ringer run --json` prints one", name, result.Format)}
		}
		return out, nil
	}
	recording, err := c.openRecording(name)
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	defer recording.Close()
	run, err := resultOfRecording(recording)
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	sources, err := ruleSources(recording, ruleFlags{})
	if err != nil {
		return nil, err
	}
	out := &gate.Earlier{Name: name, Run: *run, Rules: map[string]bool{}}
	for _, rule := range rulesIn(sources) {
		out.Rules[rule.ID] = true
	}
	return out, nil
}

// asksMutation reports whether a gate needs the mutation score.
func asksMutation(g gate.Gate) bool { return g.MinMutationScore != nil }

// held is a run with what came of its gates.
type held struct {
	holding
	rules   *ruleSet
	records []*runner.RunRecord
	repeats []result.Run
}

// judgeGates judges a run by its gates. The mutation score is measured if a gate asks for
// it; that fails as mutate does.
func (c *command) judgeGates(ctx context.Context, run result.Run, h held) ([]result.Gate, error) {
	if len(h.gates) == 0 {
		return nil, nil
	}
	measured := gate.Measured{Run: run, Repeats: h.repeats, Rules: h.rules.forGates(), ExplainWith: h.explainWith, Partial: h.part}
	if slices.ContainsFunc(h.gates, asksMutation) {
		scored, err := h.rules.mutantTester(run.Started).Test(ctx, h.records)
		if err != nil {
			return nil, err
		}
		measured.MutationScore = scored.Summary.Score.Score
	}
	return gate.Judge(h.gates, measured), nil
}

// forGates are the rules as gates know them.
func (r *ruleSet) forGates() []gate.Rule {
	var all []gate.Rule
	given := false
	for _, rule := range r.Rules() {
		full, _ := r.FullRule(rule.ID)
		known := gate.Rule{
			ID: rule.ID, Title: rule.Title, Level: rule.Level, File: rule.File, Line: full.DetectionLine(),
			Given: !r.own[rule.ID] || r.given[full], Serves: rule.SuppressedByCorrelation, Joins: rule.Timespan > 0,
		}
		given = given || known.Given
		all = append(all, known)
	}
	for i := range all {
		all[i].Own = all[i].Given || !given
	}
	return all
}

// holding is how a run is held to gates.
type holding struct {
	gates []gate.Gate
	// part is whether it is a part of a run: of chosen steps, or of some scenarios.
	part bool
	// times is how often everything is performed, parallel how much at a time.
	times, parallel int
	// explainWith are the flags with which explain explains the run.
	explainWith string
}

// performHeld has an exercise performed as often as asked and judged by its gates. What it
// returns of the run if it fails is what was judged until then.
func (c *command) performHeld(ctx context.Context, e exercise, from openedRuns, to holding) (result.Run, error) {
	h := held{holding: to, rules: e.rules, records: make([]*runner.RunRecord, len(e.plans))}
	var keep onJudged
	if slices.ContainsFunc(to.gates, asksMutation) {
		keep = func(_ context.Context, i int, run *runner.RunRecord, _ result.Scenario) error {
			h.records[i] = run
			return nil
		}
	}
	run, err := c.performPlans(ctx, from.runSource, e.plans, e.rules, to.parallel, keep)
	if err != nil {
		return run, err
	}
	for i := 1; i < to.times; i++ {
		fmt.Fprintf(c.Stderr, "again: performance %d of %d\n", i+1, to.times)
		repeated, err := c.performPlans(ctx, from.again(), e.plans, e.rules, to.parallel, nil)
		if err != nil {
			return run, err
		}
		h.repeats = append(h.repeats, repeated)
	}
	run.Gates, err = c.judgeGates(ctx, run, h)
	return run, err
}

// tellGates writes what failed to stderr, for who sees no report of it.
func (c *command) tellGates(run result.Run) {
	for _, g := range run.Gates {
		for _, finding := range g.Findings() {
			fmt.Fprintf(c.Stderr, "gate %s: %s\n", g.Name, finding.Sentence)
		}
		for _, warning := range g.Warnings {
			fmt.Fprintf(c.Stderr, "Warning: gate %s: %s\n", g.Name, warning.Sentence)
		}
	}
}

package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// watchedScenarios are scenarios of which the recording has a run, as they were last good.
type watchedScenarios struct {
	paths []string
	plans []*plan.Plan
}

// readScenarios reads the scenarios of the paths. It fails if one has an error, and if
// none of them is in the recording.
func (w *watching) readScenarios(paths []string) error {
	w.scenarios.paths = paths
	if len(paths) == 0 {
		return nil
	}
	plans, problems, err := w.loadScenarios()
	if err != nil {
		return err
	}
	if problems != nil {
		return errInvalid
	}
	if len(plans) == 0 {
		return usageError{fmt.Errorf("run %s has no scenario of %s", w.runHead.Run, strings.Join(paths, ", "))}
	}
	w.scenarios.plans = plans
	return nil
}

// loadScenarios reads the scenarios; problems, which were written, are those that are
// errors.
func (w *watching) loadScenarios() (recorded []*plan.Plan, problems hcl.Diagnostics, err error) {
	read, err := load(w.scenarios.paths, scenarioFlags{variables: w.runHead.Variables, libraries: w.runHead.Libraries})
	if err != nil {
		return nil, nil, err
	}
	rules := *w.rules
	rules.Sigma, _ = detect.NewSigma(w.allRules()) // what is wrong was told when it was saved
	plans, found := w.buildPlans(read.Set, &rules, w.runHead.Started)
	if found = append(read.problems, found...); found.HasErrors() {
		_ = w.reportProblems(read.Set, found)
		return nil, found, nil
	}
	for _, p := range plans {
		if slices.Contains(w.runHead.Scenarios, p.Name) {
			recorded = append(recorded, p)
		}
	}
	return recorded, nil, nil
}

// scenariosSaved judges again the scenarios that saved files are of, and tells which
// verdicts changed.
func (w *watching) scenariosSaved(ctx context.Context, files []string) error {
	if len(files) == 0 {
		return nil
	}
	plans, problems, err := w.loadScenarios()
	name := strings.Join(files, ", ")
	if err != nil || problems != nil {
		words := "it has errors"
		if err != nil {
			words = err.Error()
		}
		return w.tell(name, []report.WatchChange{{Change: report.WatchProblem, Reason: words + "; the last good state stays"}})
	}
	of := func(p *plan.Plan) bool { return isOf(p, files) }
	before, err := w.judgePlans(ctx, w.scenarios.plans, of)
	if err != nil {
		return err
	}
	after, err := w.judgePlans(ctx, plans, of)
	if err != nil {
		return err
	}
	w.scenarios.plans = plans
	var changes []report.WatchChange
	for _, change := range diff.Compare(before, after).Verdicts {
		reason := change.Reason
		if change.Explanation != "" {
			reason = strings.TrimSpace(reason + "\n" + change.Explanation)
		}
		changes = append(changes, report.WatchChange{
			Change: report.WatchVerdict, Rule: change.Rule, Title: change.Title, At: change.At.String(), Before: change.Before, After: change.After, Reason: reason,
		})
	}
	if len(changes) == 0 {
		changes = []report.WatchChange{{Change: report.WatchUnchanged, Reason: "no verdict changed"}}
	}
	return w.tell(name, changes)
}

// isOf reports whether a plan has a part in one of the files.
func isOf(p *plan.Plan, files []string) bool {
	if slices.Contains(files, p.File) {
		return true
	}
	return slices.ContainsFunc(p.Steps, func(s plan.Step) bool { return slices.Contains(files, s.Range.Filename) }) ||
		slices.ContainsFunc(p.Baselines, func(b plan.Baseline) bool { return slices.Contains(files, b.Range.Filename) })
}

// judgePlans judges some of the plans by what was recorded of them, with the rules that
// they name and ringer's own.
func (w *watching) judgePlans(ctx context.Context, plans []*plan.Plan, wanted func(*plan.Plan) bool) (diff.Run, error) {
	plans = slices.DeleteFunc(slices.Clone(plans), func(p *plan.Plan) bool { return !wanted(p) })
	named := map[string]bool{}
	for _, p := range plans {
		for _, baseline := range p.Baselines {
			addRules(named, baseline.Expect)
		}
		for _, step := range p.Steps {
			addRules(named, step.Expect)
		}
	}
	members, _ := rulestate.Concerned(w.allRules(), func(rule *sigma.Rule) bool { return named[rule.Ref()] || w.rules.own[rule.ID] })
	rules := *w.rules
	rules.Sigma, _ = detect.NewSigma(members)
	run := diff.Run{ID: w.runHead.Run}
	from := w.replaying(w.recording, false)
	judges := w.judges(from, &rules)
	for _, p := range plans {
		performed, err := from.run(ctx, w.runner(nil), p)
		if err != nil {
			return diff.Run{}, err
		}
		judged, err := judges.Conclude(ctx, performed)
		if err != nil {
			return diff.Run{}, err
		}
		run.Scenarios = append(run.Scenarios, diff.Scenario{Scenario: judged, Start: performed.Start})
	}
	return run, nil
}

func addRules(named map[string]bool, expected []plan.Expectation) {
	for _, expectation := range expected {
		named[expectation.Rule] = true
	}
}

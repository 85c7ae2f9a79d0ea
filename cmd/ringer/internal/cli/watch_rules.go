package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// sortRules sorts the rules by their files.
func (w *watching) sortRules() {
	w.byFile = map[string][]*sigma.Rule{}
	for _, rule := range w.rules.InputRules() {
		w.setRules(rule.File, append(w.byFile[rule.File], rule))
	}
}

// setRules says which rules a file has.
func (w *watching) setRules(file string, rules []*sigma.Rule) {
	if _, known := w.byFile[file]; !known {
		w.order = append(w.order, file)
	}
	w.byFile[file] = rules
}

// allRules are the rules of all files, of two with one id the later.
func (w *watching) allRules() []*sigma.Rule {
	var all []*sigma.Rule
	for _, file := range w.order {
		all = append(all, w.byFile[file]...)
	}
	kept, _ := sigma.Latest(all)
	return kept
}

// rulesSaved judges again what saved files of rules concern, and tells what changed.
func (w *watching) rulesSaved(ctx context.Context, files []string) error {
	for _, file := range files {
		rules, problems := readRuleFile(file)
		if len(problems) > 0 {
			if err := w.tell(file, problems); err != nil {
				return err
			}
			continue
		}
		before := w.allRules()
		was := w.byFile[file]
		w.setRules(file, rules)
		changes, err := w.compareRules(ctx, before, w.allRules(), slices.Concat(was, rules))
		if errors.Is(err, errRuleBroken) {
			w.setRules(file, was)
			changes, err = []report.WatchChange{{Change: report.WatchProblem, Reason: err.Error()}}, nil
		}
		if err != nil {
			return err
		}
		if err := w.tell(file, changes); err != nil {
			return err
		}
	}
	return nil
}

// errRuleBroken marks a rule that can be read and not be used.
var errRuleBroken = errors.New("the last good state stays")

// readRuleFile reads a saved file. A file that is gone has no rules; of one that is broken,
// or has no rule, the problems are returned.
func readRuleFile(file string) ([]*sigma.Rule, []report.WatchChange) {
	problem := func(words string) []report.WatchChange {
		return []report.WatchChange{{Change: report.WatchProblem, Reason: words}}
	}
	text, err := userfile.Read(file, sigma.MaxFileSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, problem(fmt.Sprintf("%v; %v", err, errRuleBroken))
	}
	rules, found := sigma.Parse(file, text)
	var problems []report.WatchChange
	for _, p := range found {
		if p.Severity == sigma.Error {
			problems = append(problems, problem(fmt.Sprintf("%s; %v", p, errRuleBroken))...)
		}
	}
	if len(problems) == 0 && len(rules) == 0 {
		problems = problem(fmt.Sprintf("the file has no rule; %v", errRuleBroken))
	}
	return rules, problems
}

// compareRules judges what the saved rules concern by the rules as they were, and as they
// are. It fails with errRuleBroken if those as they are cannot be used.
func (w *watching) compareRules(ctx context.Context, before, after, saved []*sigma.Rule) ([]report.WatchChange, error) {
	ids := map[string]bool{}
	for _, rule := range saved {
		ids[rule.Ref()] = true
	}
	judge := func(rules []*sigma.Rule) (*detect.Sigma, []rulestate.Rule, error) {
		members, concerned := rulestate.Concerned(rules, func(rule *sigma.Rule) bool { return ids[rule.Ref()] })
		detector, problems := detect.NewSigma(members)
		for _, p := range problems {
			if p.Severity == sigma.Error {
				return nil, nil, fmt.Errorf("%s; %w", p, errRuleBroken)
			}
		}
		judged, err := w.shown.Judge(ctx, detector, func(rule *sigma.Rule) bool { return concerned[rule] })
		return detector, judged, err
	}
	_, was, err := judge(before)
	if err != nil && !errors.Is(err, errRuleBroken) {
		return nil, err
	}
	detector, is, err := judge(after)
	if err != nil {
		return nil, err
	}
	changes := stateChanges(was, is)
	for _, change := range w.shown.Compare(was, is, detector) {
		changes = append(changes, report.WatchChange{Change: string(change.Kind), Rule: change.Rule, Title: change.Title, At: change.At, Reason: change.Reason})
	}
	if len(changes) == 0 {
		changes = []report.WatchChange{{Change: report.WatchUnchanged, Reason: summaryOf(is)}}
	}
	return changes, nil
}

// stateChanges are the rules whose state is another, or that are new or gone.
func stateChanges(was, is []rulestate.Rule) []report.WatchChange {
	var changes []report.WatchChange
	for _, rule := range is {
		before := ""
		if at := slices.IndexFunc(was, func(r rulestate.Rule) bool { return r.ID == rule.ID }); at >= 0 {
			before = string(was[at].State)
		}
		if before != string(rule.State) {
			changes = append(changes, report.WatchChange{Change: report.WatchState, Rule: rule.ID, Title: rule.Title, Before: before, After: string(rule.State), Reason: rule.Reason})
		}
	}
	for _, rule := range was {
		if !slices.ContainsFunc(is, func(r rulestate.Rule) bool { return r.ID == rule.ID }) {
			changes = append(changes, report.WatchChange{Change: report.WatchState, Rule: rule.ID, Title: rule.Title, Before: string(rule.State), Reason: "the rule is gone"})
		}
	}
	return changes
}

// summaryOf says what rules do where nothing changed.
func summaryOf(rules []rulestate.Rule) string {
	if len(rules) == 1 {
		return fmt.Sprintf("still %s: %s", rules[0].State, rules[0].Reason)
	}
	return fmt.Sprintf("%s do what they did", report.Plural(len(rules), "rule"))
}

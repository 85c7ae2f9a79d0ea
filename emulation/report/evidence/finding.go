package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Finding is one thing of a run that wants looking at.
type Finding struct {
	Scenario, Step string
	// Rule is the id of the rule that it is about, Title its title; both are empty
	// of what is about no rule.
	Rule, Title string
	// Level is the rule's; empty if it is not known.
	Level   string
	Verdict verdict.Verdict
	// Unexpected is of an alert that no expectation names; Verdict is then Pending.
	Unexpected bool
	// Expectation is nil of what no expectation is about.
	Expectation *result.Expectation
	// Reason says why, in a sentence; empty where the rest says it.
	Reason string
	// Events are, of an alert, those that it rests on; of a miss the one that came
	// nearest, if it is known.
	Events []event.Event
	// Changes says, of a miss, what would have had to differ on that event.
	Changes []string
	// RuleAtFault tells that the rule had what it needs and answered otherwise than
	// expected: a look at its condition is what helps.
	RuleAtFault bool
	// File and Line are the place in the scenario.
	File string
	Line int
}

// Findings are what wants looking at: what is not as expected, the worst first, then
// by rule; then what could not be judged; then the alerts that nobody expected.
func (r Run) Findings() []Finding {
	var all []Finding
	for _, scenario := range r.Scenarios {
		all = append(all, scenario.findings(r.Rules)...)
	}
	for _, name := range r.Result.Interrupted {
		all = append(all, Finding{Scenario: name, Verdict: verdict.Errored, Reason: "interrupted and not judged"})
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.severity(), a.severity()), strings.Compare(a.Title, b.Title), strings.Compare(a.Rule, b.Rule))
	})
	return all
}

// severity is greater for what wants looking at sooner.
func (f Finding) severity() int {
	switch {
	case f.Unexpected:
		return -1
	case f.Verdict == verdict.Pending: // it was forgotten
		return int(verdict.Errored)
	}
	return int(f.Verdict)
}

func (s Scenario) findings(rules map[string]Rule) []Finding {
	var all []Finding
	for _, asset := range s.Judged.Assets {
		if asset.Error != "" {
			all = append(all, Finding{Scenario: s.Judged.Name, Step: "asset " + asset.Name, Verdict: verdict.Errored, Reason: asset.Error, File: s.Judged.File, Line: 1})
		}
		if len(asset.Leftover) > 0 {
			all = append(all, Finding{
				Scenario: s.Judged.Name, Step: "asset " + asset.Name, Verdict: verdict.Errored, File: s.Judged.File, Line: 1,
				Reason: "undo did not restore " + strings.Join(asset.Leftover, ", "),
			})
		}
	}
	for _, step := range s.Steps {
		all = append(all, step.findings(s.Judged, rules)...)
	}
	return all
}

func (s Step) findings(of result.Scenario, rules map[string]Rule) []Finding {
	at := Finding{Scenario: of.Name, Step: s.Judged.ID, File: of.File, Line: max(1, s.Line)}
	var all []Finding
	if became, reason := s.Judged.WithoutExpectations(); became != verdict.Pending {
		f := at
		f.Verdict, f.Reason = became, reason
		all = append(all, f)
	}
	for i := range s.Judged.Expectations {
		expectation := &s.Judged.Expectations[i]
		if expectation.Verdict.Met() {
			continue
		}
		f := at
		f.Rule, f.Title, f.Verdict, f.Reason, f.Expectation = expectation.Rule, expectation.Title, expectation.Verdict, expectation.Reason, expectation
		f.Level = rules[f.Rule].Level
		f.File, f.Line = cmp.Or(expectation.File, of.File), max(1, expectation.Line)
		f.Events = expectation.Evidence
		if expectation.Verdict == verdict.Missed && len(expectation.Mismatches) > 0 {
			f.Events, f.Changes = []event.Event{expectation.Mismatches[0].Event}, expectation.Mismatches[0].Changes
		}
		f.RuleAtFault = expectation.Verdict == verdict.FalseAlarm || expectation.Verdict == verdict.Missed && expectation.Asked > 0
		all = append(all, f)
	}
	for _, alert := range s.Alerts {
		if alert.Expectation != nil {
			continue
		}
		f := at
		f.Rule, f.Title, f.Level, f.Unexpected, f.Events = alert.Rule, alert.Title, alert.Level, true, alert.Events
		f.Reason = "the step expects nothing of this rule"
		all = append(all, f)
	}
	return all
}

// Place is where it was found, as a command takes it: scenario and step.
func (f Finding) Place() string {
	if f.Step == "" {
		return f.Scenario
	}
	return f.Scenario + "/" + f.Step
}

// Name says what became of it in a word or two.
func (f Finding) Name() string {
	if f.Unexpected {
		return "unexpected alert"
	}
	return VerdictName(f.Verdict)
}

// VerdictName is a verdict as a person reads it.
func VerdictName(v verdict.Verdict) string { return strings.ReplaceAll(v.String(), "_", " ") }

// RuleFindings are the findings of one verdict about one rule.
type RuleFindings struct {
	// Finding is the first of them.
	Finding
	All []Finding
}

// Places lists where they were found, at most so many by name.
func (r RuleFindings) Places(most int) string {
	var places []string
	for _, f := range r.All[:min(most, len(r.All))] {
		places = append(places, f.Place())
	}
	said := strings.Join(places, ", ")
	if more := len(r.All) - most; more > 0 {
		said += fmt.Sprintf(" and %d more", more)
	}
	return said
}

// FindingsByRule names a rule that is found at several steps once. What is about no
// rule is grouped by its reason: one cause may have broken many steps.
func (r Run) FindingsByRule() []RuleFindings {
	type key struct {
		severity     int
		rule, reason string
	}
	place := map[key]int{}
	var all []RuleFindings
	for _, f := range r.Findings() {
		k := key{severity: f.severity(), rule: f.Rule}
		if f.Verdict == verdict.Errored || f.Verdict == verdict.Skipped || f.Rule == "" {
			k.rule, k.reason = "", f.Reason
		}
		i, known := place[k]
		if !known {
			i = len(all)
			place[k] = i
			all = append(all, RuleFindings{Finding: f})
		}
		all[i].All = append(all[i].All, f)
	}
	return all
}

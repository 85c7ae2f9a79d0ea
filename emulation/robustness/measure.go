package robustness

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Measure returns which evasions each rule survives that is expected to fire, the
// expectations that the reported variant already misses, and what makes the
// measurement incomplete. judged are the results of variants, in their order; the
// reported variant of each scenario must come before its mutated ones.
func Measure(variants []Variant, judged []result.Scenario) (rules []Rule, missed []Miss, failures []Failure) {
	m := measurer{rules: map[key]*Rule{}, missed: []Miss{}, failures: []Failure{}}
	var reported result.Scenario
	for i, variant := range variants {
		if variant.Mutation == "" {
			reported = judged[i]
		}
		m.addVariant(variant, reported, judged[i])
	}
	rules = []Rule{}
	for _, rule := range m.rules {
		rule.summarise()
		rules = append(rules, *rule)
	}
	slices.SortFunc(rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Shape, b.Shape))
	})
	return rules, m.missed, m.failures
}

type key struct {
	rule  string
	shape event.Shape
}

type measurer struct {
	rules    map[key]*Rule
	missed   []Miss
	failures []Failure
}

// addVariant takes in one way of a scenario.
func (m *measurer) addVariant(variant Variant, reported, judged result.Scenario) {
	for _, asset := range judged.Assets {
		if asset.Error != "" || len(asset.Leftover) > 0 {
			m.addFailure(variant, reported.Name, "", cmp.Or(asset.Error, "asset "+asset.Name+" is not as it was provisioned"))
		}
	}
	for i, step := range judged.Steps {
		if reason := unprovenReason(step); reason != "" {
			m.addFailure(variant, reported.Name, step.ID, reason)
			continue
		}
		lines, mutated := variant.MutatedSteps[step.ID]
		for n, got := range step.Expectations {
			if got.Want != verdict.Fires {
				continue
			}
			miss := Miss{Scenario: reported.Name, Step: step.ID, Rule: got.Rule}
			if variant.Mutation == "" {
				miss.Why = missReasons(got, nil)
				m.addReported(got, miss)
				continue
			}
			before := reported.Steps[i].Expectations[n]
			// What is done as reported can be missed all the same: a correlation
			// looks for what a mutated step did before.
			if mutated || got.Verdict == verdict.Missed {
				miss.Lines = decisiveLines(lines, before.Evidence, got.Evidence)
				miss.Why = missReasons(got, miss.Lines)
				m.addMutated(variant.Mutation, before.Verdict, got, miss)
			}
		}
	}
}

// unprovenReason says why a step shows nothing of a rule: whoever breaks off or has no
// effect evades nobody.
func unprovenReason(step result.Step) string {
	if step.Error != "" {
		return step.Error
	}
	for _, expectation := range step.Expectations {
		switch expectation.Verdict {
		case verdict.NoEffect:
			return cmp.Or(expectation.Reason, "the step had no effect")
		case verdict.Errored, verdict.Pending:
			return cmp.Or(expectation.Reason, "the expectation was not judged")
		case verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.Skipped, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed:
		}
	}
	return ""
}

func (m *measurer) addFailure(variant Variant, scenario, step, reason string) {
	m.failures = append(m.failures, Failure{Scenario: scenario, Step: step, Mutation: variant.Mutation, Reason: reason})
}

// addReported enters a rule as it answers to the reported way.
func (m *measurer) addReported(got result.Expectation, miss Miss) {
	if got.Verdict == verdict.Missed {
		m.missed = append(m.missed, miss)
	}
	rule := m.ruleResult(got)
	rule.Stated = slices.Compact(slices.Sorted(slices.Values(append(rule.Stated, got.Stated...))))
}

func (m *measurer) ruleResult(of result.Expectation) *Rule {
	at := key{of.Rule, of.Shape}
	if m.rules[at] == nil {
		m.rules[at] = &Rule{Detector: of.Detector, Rule: of.Rule, Title: of.Title, Shape: of.Shape, Cells: make([]Cell, len(mutationColumns()))}
	}
	return m.rules[at]
}

// addMutated counts how a rule answers to one mutation, where it did to the
// reported way: what is missed anyway says nothing of a mutation.
func (m *measurer) addMutated(mutation string, before verdict.Verdict, got result.Expectation, miss Miss) {
	cell := &m.ruleResult(got).Cells[mutationColumns()[mutation]]
	if before == verdict.Detected && got.Verdict == verdict.Detected && len(got.Stated) > 0 {
		cell.OnStated++
	}
	switch {
	case before == verdict.Detected && got.Verdict == verdict.Detected:
		cell.Of, cell.Survived = cell.Of+1, cell.Survived+1
	case before == verdict.Detected && got.Verdict == verdict.Missed && got.Asked == 0:
		cell.NotAsked++
	case before == verdict.Detected && got.Verdict == verdict.Missed:
		cell.Of++
		cell.Evasions = append(cell.Evasions, miss)
	case before == verdict.Skipped || got.Verdict == verdict.Skipped:
		cell.unjudged = true
	}
}

// mutationColumns are the places of the mutations.
func mutationColumns() map[string]int {
	places := map[string]int{}
	for i, mutation := range evasion.All() {
		places[mutation.Name] = i
	}
	return places
}

// summarise gives each cell its state and counts.
func (r *Rule) summarise() {
	for i := range r.Cells {
		cell := &r.Cells[i]
		switch {
		case cell.NotAsked > 0 && cell.Survived == cell.Of:
			cell.State = NotAsked
		case cell.Of == 0 && cell.unjudged:
			cell.State = Unjudged
		case cell.Of == 0:
			cell.State = NotApplicable
		case cell.Survived == cell.Of:
			cell.State = Survives
			r.Survives, r.Of = r.Survives+1, r.Of+1
		default:
			cell.State = Evaded
			r.Of++
		}
	}
}

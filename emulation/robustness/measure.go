package robustness

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/variant"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Measure says what each rule survives that is expected to fire: judged are the
// ways of all scenarios, each scenario's reported way before its others.
func Measure(ways []Way, judged []result.Scenario) (rules []Rule, missed []Place, troubles []Trouble) {
	m := measuring{rules: map[key]*Rule{}, missed: []Place{}, troubles: []Trouble{}}
	var reported result.Scenario
	for i, way := range ways {
		if way.Alteration == "" {
			reported = judged[i]
		}
		m.way(way, reported, judged[i])
	}
	rules = []Rule{}
	for _, rule := range m.rules {
		rule.sum()
		rules = append(rules, *rule)
	}
	slices.SortFunc(rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Shape, b.Shape))
	})
	return rules, m.missed, m.troubles
}

type key struct {
	rule  string
	shape event.Shape
}

type measuring struct {
	rules    map[key]*Rule
	missed   []Place
	troubles []Trouble
}

// way takes in one way of a scenario.
func (m *measuring) way(way Way, reported, judged result.Scenario) {
	for _, asset := range judged.Assets {
		if asset.Error != "" || len(asset.Left) > 0 {
			m.trouble(way, reported.Name, "", cmp.Or(asset.Error, "asset "+asset.Name+" is not as it was furnished"))
		}
	}
	for i, step := range judged.Steps {
		if reason := doubt(step); reason != "" {
			m.trouble(way, reported.Name, step.ID, reason)
			continue
		}
		lines, altered := way.Altered[step.ID]
		for n, got := range step.Expectations {
			if got.Want != verdict.Fires {
				continue
			}
			place := Place{Scenario: reported.Name, Step: step.ID, Rule: got.Rule}
			if way.Alteration == "" {
				place.Why = why(got, nil)
				m.reported(got, place)
				continue
			}
			before := reported.Steps[i].Expectations[n]
			// What is done as reported can be missed all the same: a correlation
			// looks for what an altered step did before.
			if altered || got.Verdict == verdict.Missed {
				place.Lines = decisive(lines, before.Evidence, got.Evidence)
				place.Why = why(got, place.Lines)
				m.altered(way.Alteration, before.Verdict, got, place)
			}
		}
	}
}

// doubt says why a step shows nothing of a rule: whoever breaks off or has no
// effect evades nobody.
func doubt(step result.Step) string {
	if step.Error != "" {
		return step.Error
	}
	for _, one := range step.Expectations {
		switch one.Verdict {
		case verdict.NoEffect:
			return cmp.Or(one.Reason, "the effect did not come about")
		case verdict.Errored, verdict.Pending:
			return cmp.Or(one.Reason, "it was not judged")
		case verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.Skipped, verdict.FalseAlarm, verdict.Missed:
		}
	}
	return ""
}

func (m *measuring) trouble(way Way, scenario, step, reason string) {
	m.troubles = append(m.troubles, Trouble{Scenario: scenario, Step: step, Alteration: way.Alteration, Reason: reason})
}

// reported enters a rule as it answers to the reported way.
func (m *measuring) reported(got result.Expectation, place Place) {
	if got.Verdict == verdict.Missed {
		m.missed = append(m.missed, place)
	}
	rule := m.rule(got)
	rule.Stated = slices.Compact(slices.Sorted(slices.Values(append(rule.Stated, got.Stated...))))
}

func (m *measuring) rule(of result.Expectation) *Rule {
	at := key{of.Rule, of.Shape}
	if m.rules[at] == nil {
		m.rules[at] = &Rule{Detector: of.Detector, Rule: of.Rule, Title: of.Title, Shape: of.Shape, Cells: make([]Cell, len(columns()))}
	}
	return m.rules[at]
}

// altered counts how a rule answers to one alteration, where it did to the
// reported way: what is missed anyway says nothing of an alteration.
func (m *measuring) altered(alteration string, before verdict.Verdict, got result.Expectation, place Place) {
	cell := &m.rule(got).Cells[columns()[alteration]]
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
		cell.Evasions = append(cell.Evasions, place)
	case before == verdict.Skipped || got.Verdict == verdict.Skipped:
		cell.unjudged = true
	}
}

// columns are the places of the alterations.
func columns() map[string]int {
	places := map[string]int{}
	for i, one := range variant.All() {
		places[one.Name] = i
	}
	return places
}

// sum gives each cell its state and counts.
func (r *Rule) sum() {
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

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// finding is one cause for which expectations are not met: a rule, or what kept steps
// from being judged.
type finding struct {
	result.Expectation // the first
	places             []string
	expectations       int
}

// findingKey is what expectations have in common that one cause explains. Where the
// step could not be judged the rules do not matter.
type findingKey struct {
	verdict      verdict.Verdict
	rule, reason string
}

// findingsIn groups what a run's report tells of by cause, the worst first.
func (s Style) findingsIn(run result.Run) []*finding {
	var all []*finding
	byKey := map[findingKey]*finding{}
	find := func(place string, expectation result.Expectation) *finding {
		key := findingKey{verdict: expectation.Verdict, rule: expectation.Rule}
		if !aboutRule(expectation.Verdict) {
			key = findingKey{verdict: expectation.Verdict, reason: CauseKey(expectation.Reason)}
		}
		found := byKey[key]
		if found == nil {
			found = &finding{Expectation: expectation}
			byKey[key] = found
			all = append(all, found)
		}
		if !slices.Contains(found.places, place) {
			found.places = append(found.places, place)
		}
		return found
	}
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			place := scenario.Name + "/" + step.ID
			for _, expectation := range step.Expectations {
				if s.tells(expectation.Verdict) {
					expectation.Reason = causeOf(expectation.Reason)
					find(place, expectation).expectations++
				}
			}
			if became, reason := step.WithoutExpectations(); became != verdict.Pending && s.tells(became) {
				find(place, result.Expectation{Verdict: became, Reason: causeOf(reason)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *finding) int {
		return cmp.Or(cmp.Compare(b.Verdict, a.Verdict), cmp.Compare(b.expectations, a.expectations))
	})
	return all
}

// tells reports whether an expectation with that verdict is told of.
func (s Style) tells(v verdict.Verdict) bool {
	if len(s.Only) > 0 {
		return slices.Contains(s.Only, v)
	}
	return !v.Met() && v != verdict.NotAsked
}

// aboutRule tells the verdicts that say something of a rule from those that say that
// nothing could be shown.
func aboutRule(v verdict.Verdict) bool {
	switch v {
	case verdict.Pending, verdict.Skipped, verdict.NoEffect, verdict.Errored:
		return false
	case verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed:
	}
	return true
}

// The most that is written of one finding.
const (
	mostPlaces  = 3
	mostChanges = 4
	mostOfValue = 80
)

// writeFindings writes each cause once: the rule and where it stands, the places, what
// would have had to differ, and where all of it can be read.
func (s Style) writeFindings(out *strings.Builder, run result.Run) {
	findings := s.findingsIn(run)
	if len(findings) == 0 {
		return
	}
	rules, steps, expectations := map[string]bool{}, map[string]bool{}, 0
	for _, found := range findings {
		expectations += found.expectations
		if aboutRule(found.Verdict) {
			rules[found.Rule] = true
		}
		if found.expectations == 0 {
			for _, place := range found.places {
				steps[place] = true
			}
		}
	}
	var counts []string
	for _, of := range []struct {
		n    int
		what string
	}{{len(rules), "rule"}, {expectations, "expectation"}, {len(steps), "step without expectations"}} {
		switch {
		case of.n == 1 || of.what != "step without expectations" && of.n > 0:
			counts = append(counts, counted(of.n, of.what))
		case of.n > 0:
			counts = append(counts, thousands(of.n)+" steps without expectations")
		}
	}
	title := "FAILED"
	if findings[0].Verdict <= verdict.Skipped {
		title = "FOUND" // nothing of it failed
	}
	out.WriteString(s.bold(title) + "  " + strings.Join(counts, ", ") + "\n\n")
	for _, found := range findings {
		s.writeFinding(out, found)
	}
}

func (s Style) writeFinding(out *strings.Builder, found *finding) {
	if !aboutRule(found.Verdict) {
		s.writeUnjudged(out, found, 0)
		out.WriteString("\n")
		return
	}
	rule := s.rule(found.Rule)
	own := found.Detector == "sigma"
	words := fmt.Sprintf("  %s  %s", s.short(found.Rule), found.Title)
	if !own {
		words = fmt.Sprintf("  %s  %s", found.Detector, found.Title)
	}
	if about := withCommas(rule.Level, rule.Technique); about != "" {
		words += "  (" + about + ")"
	}
	out.WriteString(s.wrapMarked(s.verdictWithSign(found.Verdict), s.coloredVerdict(found.Verdict), words, 0))
	if rule.File != "" {
		fmt.Fprintf(out, "  %s:%d\n", rule.File, rule.Line)
	}
	out.WriteString(s.wrap("at  "+placesText(found.places), 2))
	if found.Reason != "" {
		out.WriteString(s.wrap(found.Reason, 2))
	}
	if found.Because != "" {
		out.WriteString(s.wrap("expected "+string(found.Want)+", because "+found.Because, 2))
	}
	for _, row := range found.changes() {
		out.WriteString(s.wrap(row, 2))
	}
	if own && !s.NotKept { // on one line, so that it can be pasted
		fmt.Fprintf(out, "  look  ringer explain %s --at %s%s\n", s.short(found.Rule), found.places[0], s.ExplainWith)
	}
	out.WriteString("\n")
}

// writeUnjudged writes why expectations are not judged: what broke is one line,
// whatever the number of steps that stood on it.
func (s Style) writeUnjudged(out *strings.Builder, found *finding, indent int) {
	var words []string
	if found.Reason != "" {
		words = append(words, found.Reason)
	}
	if found.expectations > 0 {
		words = append(words, counted(found.expectations, "expectation")+" not judged")
	}
	out.WriteString(s.wrapMarked(s.verdictWithSign(found.Verdict), s.coloredVerdict(found.Verdict), "  "+strings.Join(words, ": "), indent))
	out.WriteString(s.wrap("at  "+placesText(found.places), indent+2))
}

// changes says what would have had to differ on the nearest event, or which events a
// false alarm fired on.
func (f *finding) changes() []string {
	rows := firedOnLines(f.Expectation)
	if len(f.Mismatches) > 0 {
		nearest := f.Mismatches[0]
		fields, told := nearest.Event.Shaped(f.Shape), map[string]bool{}
		for _, change := range nearest.Changes {
			name, _, _ := strings.Cut(change, " ")
			if found, ok := fields[name]; ok && !told[name] {
				told[name] = true
				change += "; it is " + cut(display.Line(fmt.Sprint(found)), mostOfValue)
			}
			rows = append(rows, change)
		}
	}
	if more := len(rows) - mostChanges; more > 0 {
		rows = append(rows[:mostChanges:mostChanges], fmt.Sprintf("and %d more", more))
	}
	return rows
}

// placesText names the first places, and counts the others.
func placesText(places []string) string {
	if more := len(places) - mostPlaces; more > 1 {
		return strings.Join(places[:mostPlaces], " · ") + fmt.Sprintf(" … and %d more", more)
	}
	return strings.Join(places, " · ")
}

// withCommas joins those of the words that are not empty.
func withCommas(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), ", ")
}

package report

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/mutate"
)

// MutateSchema is the JSON Schema (2020-12) of what MutateJSON writes.
//
//go:embed mutate_schema.json
var MutateSchema []byte

// MutateJSON writes a measurement as one document. It fails if w does.
func MutateJSON(w io.Writer, m mutate.Measurement) error { return writeDocument(w, m) }

// Mutate writes for a person which parts of the rules no expectation tests, the worst
// rule first. It fails if w does.
func Mutate(w io.Writer, m mutate.Measurement, style Style) error {
	var out strings.Builder
	style.writeUnscored(&out, m.Rules)
	style.writeSurvivors(&out, m.Rules)
	if n := len(m.Unexpected); n > 0 {
		out.WriteString(style.wrap(fmt.Sprintf("%s and not scored (--json lists them).", namesNothing(n)), 0))
	}
	if m.Lab == "fake" {
		out.WriteString(style.wrap("Fake lab: nothing was performed; the verdicts rest on declared events.", 0))
	}
	sum := m.Summary
	out.WriteString(style.wrap(style.bold(fmt.Sprintf("%s, %s: %d killed, %d survived, %d equivalent   score %s",
		Plural(sum.Rules, "rule"), Plural(sum.Mutants(), "mutant"), sum.Killed, sum.Survived, sum.Equivalent, score(sum.Score))), 0))
	out.WriteString(style.wrap(fmt.Sprintf("(%s, %s lab, %.1f s, of which %.1f s judging mutants)", Plural(m.Scenarios, "scenario"), m.Lab, m.Seconds, m.JudgingSeconds), 2))
	_, err := io.WriteString(w, out.String())
	return err
}

func namesNothing(rules int) string {
	if rules == 1 {
		return "1 rule is not named by any expectation"
	}
	return fmt.Sprintf("%d rules are not named by any expectation", rules)
}

// score returns a share in two digits, rounded down, so that 0.90 is never less than
// that.
func score(s mutate.Score) string {
	if s.Score == nil {
		return "none"
	}
	return fmt.Sprintf("%.2f", float64(100*s.Killed/(s.Killed+s.Survived))/100)
}

// writeUnscored writes the rules that cannot be scored, with the reason; one that several
// share once.
func (s Style) writeUnscored(out *strings.Builder, rules []mutate.Rule) {
	unscored := slices.DeleteFunc(slices.Clone(rules), func(rule mutate.Rule) bool { return rule.Unscored == "" })
	for _, reason := range sharedReasons(len(unscored), func(i int) (string, string) { return unscored[i].File, unscored[i].Unscored }) {
		if len(reason.names) > 1 {
			out.WriteString(s.bold(Plural(len(reason.names), "rule")+" not scored") + "\n")
			out.WriteString(s.wrap(reason.reason, 2) + s.wrap(placesText(reason.names), 2) + "\n")
			continue
		}
		rule := unscored[slices.IndexFunc(unscored, func(rule mutate.Rule) bool { return rule.File == reason.names[0] })]
		s.writeRuleHead(out, rule, "not scored")
		out.WriteString(s.wrap(reason.reason, 2) + "\n")
	}
}

// writeSurvivors writes the survivors by rule.
func (s Style) writeSurvivors(out *strings.Builder, rules []mutate.Rule) {
	explained := false
	for _, rule := range rules {
		if rule.Survived == 0 {
			continue
		}
		if !explained {
			explained = true
			out.WriteString(s.wrap("Each of the following changes leaves every verdict as it is.", 0) + "\n")
		}
		s.writeRuleHead(out, rule, fmt.Sprintf("%d of %d", rule.Killed, rule.Killed+rule.Survived))
		for _, mutant := range rule.Survivors {
			out.WriteString(s.Beside(fmt.Sprintf("  :%-3d  ", mutant.Line), mutantLine(mutant)))
		}
		out.WriteString("\n")
	}
}

func (s Style) writeRuleHead(out *strings.Builder, rule mutate.Rule, what string) {
	name := cut(rule.File, s.tableWidth()-len(what)-2)
	out.WriteString(s.bold(padded(name, s.tableWidth()-len(what))) + what + "\n")
	out.WriteString(s.wrap(rule.Title, 2))
}

// mutantLine returns the change that a mutant made.
func mutantLine(mutant mutate.Mutant) string {
	if mutant.Now == "" {
		return "without  " + mutant.Was
	}
	return mutant.Was + "  →  " + mutant.Now
}

package report

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// CoverageSchema is the JSON Schema (2020-12) of what CoverageJSON writes.
//
//go:embed coverage_schema.json
var CoverageSchema []byte

// CoverageJSON writes a coverage as one document. It fails if w does.
func CoverageJSON(w io.Writer, d coverage.Document) error { return writeDocument(w, d) }

// Coverage writes for a person which techniques are seen, by tactic, and what would be
// needed for the rest. It fails if w does.
func Coverage(w io.Writer, d coverage.Document, style Style) error {
	var out strings.Builder
	byID := map[string]coverage.Technique{}
	for _, technique := range d.Techniques {
		byID[technique.ID] = technique
	}
	shown := map[string]bool{}
	for _, tactic := range d.Tactics {
		performed := slices.DeleteFunc(slices.Clone(tactic.Techniques), func(id string) bool { return !wasTried(byID[id]) })
		if len(performed) == 0 {
			continue
		}
		figure := fmt.Sprintf("%d of %d seen", tactic.Seen, tactic.Performed)
		out.WriteString(style.bold(padded(tactic.Name, style.tableWidth()-len(figure))) + figure + "\n")
		for _, id := range performed {
			style.writeTechnique(&out, byID[id], shown[id])
			shown[id] = true
		}
		if waiting := len(tactic.Techniques) - len(performed); waiting > 0 {
			out.WriteString(style.dim(fmt.Sprintf("  and %s with rules that no step performs", Plural(waiting, "technique"))) + "\n")
		}
		out.WriteString("\n")
	}
	style.writeLogSources(&out, d.LogSources)
	out.WriteString(style.wrap(style.bold(fmt.Sprintf("%d of %s that a step performed: seen, %d by ringer's own rules", d.Summary.Seen, Plural(d.Summary.Performed, "technique"), d.Summary.ByOwn)), 0))
	out.WriteString(style.wrap(fmt.Sprintf("Rules are on %d more that no step performs. ATT&CK %s, run %.8s of %s.", d.Summary.Waiting, d.Attack, d.ID, d.Started.UTC().Format("2006-01-02 15:04Z")), 0))
	if d.Lab == "fake" {
		out.WriteString(style.wrap("Fake lab: nothing was performed, so nothing is seen.", 0))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// wasTried reports whether a step of the technique was performed, proven or not.
func wasTried(t coverage.Technique) bool { return len(t.Steps)+len(t.Unproven) > 0 }

// writeTechnique writes a technique with what it needs, unless that was written before.
func (s Style) writeTechnique(out *strings.Builder, t coverage.Technique, before bool) {
	became := verdict.BlindSpot
	if len(t.Seen) > 0 {
		became = verdict.Detected
	}
	figures := fmt.Sprintf("%d/%d steps  own %d  others %d", len(t.Seen), len(t.Steps), len(t.Own), len(t.Others))
	sign := s.sign(became)
	lead := fmt.Sprintf("  %s %-9s  ", sign, t.ID)
	columns := s.tableWidth() - len([]rune(lead)) - len(figures) - 2
	line := lead + padded(cut(t.Name, columns), columns) + gap + figures
	out.WriteString(strings.Replace(s.encoded(line), sign, s.colored(became, sign), 1) + "\n")
	if before {
		return
	}
	for _, need := range t.Needs {
		out.WriteString(s.wrap(fmt.Sprintf("needs %s: %s, at %s", needWords[need.Kind], need.Reason, placesText(need.Steps)), 6))
	}
}

var needWords = map[coverage.NeedKind]string{
	coverage.NeedsStep: "a step", coverage.NeedsEffect: "an effect", coverage.NeedsEvent: "an event", coverage.NeedsLogSource: "a rule for a log source", coverage.NeedsRule: "a rule",
}

// mostSources is how many log sources of a kind are listed; --json has all.
const mostSources = 12

// writeLogSources writes the log sources of events, then those that rules wait for.
func (s Style) writeLogSources(out *strings.Builder, all []coverage.LogSource) {
	width := 0
	for _, source := range all {
		width = max(width, len(source.Source.Sentence()))
	}
	width = min(width, s.tableWidth()-32)
	out.WriteString(s.bold(fmt.Sprintf("%-*s%8s%8s%8s", width+4, "Log source", "events", "rules", "firing")) + "\n")
	list := func(is func(coverage.LogSource) bool) {
		n := 0
		for _, source := range all {
			if !is(source) {
				continue
			}
			if n++; n > mostSources {
				continue
			}
			line := fmt.Sprintf("  %s%8d%8d%8d", padded(cut(source.Source.Sentence(), width), width+2), source.Events, source.Rules, source.Firing)
			out.WriteString(s.encoded(line) + "\n")
			if source.Rules == 0 {
				out.WriteString(s.wrap("no rule reads it", 6))
			}
		}
		if n > mostSources {
			out.WriteString(s.dim(fmt.Sprintf("  and %d more: --json lists all", n-mostSources)) + "\n")
		}
	}
	list(func(l coverage.LogSource) bool { return l.Events > 0 })
	waits := func(l coverage.LogSource) bool { return l.Events == 0 && len(l.Hosts) > 0 }
	if slices.ContainsFunc(all, waits) {
		out.WriteString(s.bold("Read by rules, and no step left an event of it") + "\n")
		list(waits)
	}
	var lost, rules int
	for _, source := range all {
		if source.Events == 0 && len(source.Hosts) == 0 {
			lost, rules = lost+1, rules+source.Rules
		}
	}
	if lost > 0 {
		out.WriteString(s.wrap(fmt.Sprintf("%s that no host has: %s can never be asked", Plural(lost, "log source"), Plural(rules, "rule")), 2))
	}
	out.WriteString("\n")
}

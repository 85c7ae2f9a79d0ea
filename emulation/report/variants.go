package report

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/robustness"
)

// VariantsSchema is the JSON Schema (2020-12) of what VariantsJSON writes.
//
//go:embed variants_schema.json
var VariantsSchema []byte

// VariantsJSON writes a measurement as one document.
func VariantsJSON(w io.Writer, m robustness.Measurement) error { return document(w, m) }

// survivalSigns say in one column what came of a rule under an alteration.
var survivalSigns = map[robustness.State]string{
	robustness.Survives: "✓", robustness.Evaded: "✗", robustness.NotApplicable: "·", robustness.Unjudged: "-",
}

// survivesColumn holds "12 of 12" and the blanks before it.
const survivesColumn = 10

// Variants writes for a person what each rule survives: rule × alteration.
func Variants(w io.Writer, m robustness.Measurement, style Style) error {
	var out strings.Builder
	for i, one := range m.Alterations {
		out.WriteString(style.beside(fmt.Sprintf("  %s  ", column(i)), one.Name+": "+one.Summary))
	}
	style.title(&out, "What each rule survives")
	first := style.width() - 2 - 2*len(m.Alterations) - survivesColumn
	line := func(name, cells, survives string) {
		out.WriteString("  " + padded(cut(name, first), first) + cells + "  " + survives + "\n")
	}
	var letters []string
	for i := range m.Alterations {
		letters = append(letters, column(i))
	}
	line("rule", joined(letters, 1), "survives")
	for _, rule := range m.Rules {
		var cells []string
		for _, cell := range rule.Cells {
			cells = append(cells, survivalSigns[cell.State])
		}
		name := rule.Title
		if rule.Shape == event.EDR {
			name = cut(name, first-len(" (edr)")) + " (edr)"
		}
		line(name, joined(cells, 1), fmt.Sprintf("%d of %d", rule.Survives, rule.Of))
	}
	out.WriteString("\n  ✓ survives   ✗ evaded, at one step or more   · not applicable   - not judged\n")
	for _, one := range m.Missed {
		out.WriteString("\n" + style.wrap(fmt.Sprintf("Missed as reported, so not measured: %s at %s of %s", one.Rule, one.Step, one.Scenario), 2))
	}
	for _, one := range m.Troubles {
		out.WriteString("\n" + style.wrap(troubleLine(one), 2))
	}
	out.WriteString("\n" + style.bold(fmt.Sprintf("%s, %d of them evaded by one alteration or more", Plural(len(m.Rules), "rule"), m.Evaded())) + "\n")
	out.WriteString(fmt.Sprintf("%s, %s (%s lab, %.1f s)\n", Plural(m.Scenarios, "scenario"), Plural(m.Performances, "performance"), m.Lab, m.Seconds))
	_, err := io.WriteString(w, out.String())
	return err
}

func troubleLine(one robustness.Trouble) string {
	where := one.Scenario
	if one.Step != "" {
		where += ", " + one.Step
	}
	if one.Alteration != "" {
		where += ", " + one.Alteration
	}
	return "Broke: " + where + ": " + one.Reason
}

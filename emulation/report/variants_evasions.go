package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/robustness"
)

// writeEvasions writes, for each evaded rule and alteration, the first step that
// evades it: its command line as reported and as altered, and what the rule would
// have needed.
func (s Style) writeEvasions(out *strings.Builder, m robustness.Measurement) {
	if m.Evaded() == 0 {
		return
	}
	out.WriteString("\n  " + s.bold("Evasions") + "\n")
	for _, rule := range m.Rules {
		if rule.Survives == rule.Of {
			continue
		}
		out.WriteString("\n" + s.wrap(rule.Title, 2) + "    " + rule.Rule + "\n")
		for column, cell := range rule.Cells {
			if cell.State != robustness.Evaded {
				continue
			}
			first := cell.Evasions[0]
			out.WriteString(s.wrap(fmt.Sprintf("%s, at %d of %s, such as %s of %s", m.Mutations[column].Name,
				cell.Of-cell.Survived, Plural(cell.Of, "step"), first.Step, first.Scenario), 4))
			if len(first.Lines) > 0 {
				out.WriteString(s.Beside("      reported  ", first.Lines[0].Reported))
				out.WriteString(s.Beside("      evading   ", first.Lines[0].Mutated))
			}
			s.writeChanges(out, first)
		}
	}
}

// writeChanges writes what a rule would have needed to fire.
func (s Style) writeChanges(out *strings.Builder, place robustness.Miss) {
	for i, change := range place.Why {
		lead := "                "
		if i == 0 {
			lead = "      because   "
		}
		out.WriteString(s.Beside(lead, change))
	}
}

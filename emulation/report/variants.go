package report

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/robustness"
)

// VariantsSchema is the JSON Schema (2020-12) of what VariantsJSON writes.
//
//go:embed variants_schema.json
var VariantsSchema []byte

// VariantsJSON writes a measurement as one document. It fails if w does.
func VariantsJSON(w io.Writer, m robustness.Measurement) error { return writeDocument(w, m) }

// survivalSigns are the one-column signs of a rule's outcome under an alteration.
var survivalSigns = map[robustness.State]string{
	robustness.Survives: "✓", robustness.Evaded: "✗", robustness.NotApplicable: "·", robustness.NotAsked: "◌", robustness.Unjudged: "-",
}

// survivesColumn is the width of "not judged" with the blanks before it.
const survivesColumn = 12

// Variants writes for a person which alterations each rule survives, as a table rule
// × alteration, and what evades it. It fails if w does.
func Variants(w io.Writer, m robustness.Measurement, style Style) error {
	var out strings.Builder
	style.writeSurvival(&out, m)
	style.writeEvasions(&out, m)
	style.writeStatedRules(&out, m)
	for _, place := range m.Missed {
		out.WriteString("\n" + style.wrap(fmt.Sprintf("Missed as reported, so not measured: %s at %s of %s", place.Rule, place.Step, place.Scenario), 2))
		style.writeChanges(&out, place)
	}
	for _, failed := range sharedReasons(len(m.Failures), func(i int) (string, string) { return failurePlace(m.Failures[i]), m.Failures[i].Reason }) {
		out.WriteString("\n" + style.wrap("Failed: "+failed.reason, 2) + style.wrap("at "+placesText(failed.names), 4))
	}
	sum := fmt.Sprintf("%s: %d never evaded, %d evaded", Plural(len(m.Rules), "rule"),
		len(m.Rules)-m.Evaded()-m.NotAsked()-m.Untried(), m.Evaded())
	if n := m.NotAsked(); n > 0 {
		sum += fmt.Sprintf(", %d not asked", n)
	}
	out.WriteString("\n" + style.bold(fmt.Sprintf("%s, %d not tried", sum, m.Untried())) + "\n")
	replay := ""
	if !m.Replayed.IsZero() {
		replay = replayOf(m.Started) + ", "
	}
	out.WriteString(fmt.Sprintf("%s, %s (%s%s lab, %.1f s)\n", Plural(m.Scenarios, "scenario"), Plural(m.Executions, "run"), replay, m.Lab, m.Seconds))
	if style.Recorded != "" {
		out.WriteString("recorded  " + style.Recorded + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// writeSurvival writes the table, with the alterations' letters above and below it,
// as only the end of a long one is on the screen.
func (s Style) writeSurvival(out *strings.Builder, m robustness.Measurement) {
	var letters []string
	for i, alteration := range m.Mutations {
		letters = append(letters, column(i))
		out.WriteString(s.Beside(fmt.Sprintf("  %s  ", column(i)), alteration.Name+": "+alteration.Summary))
	}
	s.writeTitle(out, "What each rule survives")
	first := s.tableWidth() - 2 - 2*len(m.Mutations) - survivesColumn
	line := func(name, cells, survives string) {
		out.WriteString("  " + padded(cut(name, first), first) + cells + "  " + survives + "\n")
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
		line(name, joined(cells, 1), survives(rule))
	}
	line("rule", joined(letters, 1), "survives")
	out.WriteString("\n" + s.wrap("✓ survives   ✗ evaded, at one step or more   · not applicable\n"+
		"◌ not asked: an altered step left no event that it reads   - not judged", 2))
}

// survives returns how many of the alterations that were tried a rule survives.
func survives(rule robustness.Rule) string {
	has := func(state robustness.State) bool {
		return slices.ContainsFunc(rule.Cells, func(cell robustness.Cell) bool { return cell.State == state })
	}
	switch {
	case rule.Of == 0 && has(robustness.NotAsked):
		return "not asked"
	case rule.Of == 0 && has(robustness.Unjudged):
		return "not judged"
	case rule.Of == 0:
		return "not tried"
	}
	return fmt.Sprintf("%d of %d", rule.Survives, rule.Of)
}

// failurePlace names what failed: a scenario, one of its steps, under an alteration.
func failurePlace(failure robustness.Failure) string {
	place := failure.Scenario
	if failure.Step != "" {
		place += "/" + failure.Step
	}
	if failure.Mutation != "" {
		place += " (" + failure.Mutation + ")"
	}
	return place
}

package report

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/compare"
)

// CompareSchema is the JSON Schema (2020-12) of what CompareJSON writes. It
// refers to Schema for the summary of the run.
//
//go:embed compare_schema.json
var CompareSchema []byte

// CompareJSON writes a comparison as one document.
func CompareJSON(w io.Writer, all compare.Comparison) error { return document(w, all) }

// Compare writes a comparison for a person, a scenario after the other: who
// would have seen what, what each fault costs, when each actor was first seen,
// what is left, and whom the alerts point to.
func Compare(w io.Writer, all compare.Comparison, style Style) error {
	var out strings.Builder
	for _, scenario := range all.Scenarios {
		out.WriteString(style.bold(scenario.Name) + "  " + scenario.Title + "\n")
		if scenario.Unjudged != "" {
			out.WriteString("\n" + style.wrap(style.bold("Nothing of this is judged: ")+scenario.Unjudged, 2))
		}
		style.carriers(&out, scenario)
		style.matrix(&out, scenario)
		style.faults(&out, scenario)
		style.dwell(&out, scenario)
		style.surviving(&out, scenario)
		style.attribution(&out, scenario)
		out.WriteString("\n")
	}
	sum := all.Summary
	line := fmt.Sprintf("%s, %s, %s, judged from one run (%s lab, %.1f s)", Plural(sum.Scenarios, "scenario"),
		Plural(sum.Steps, "step"), Plural(sum.Events, "event"), all.Lab, all.Seconds)
	out.WriteString(style.bold(line) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// stateSigns say in one column what came of a cell.
var stateSigns = map[compare.State]string{
	compare.Detected: "✓", compare.Blind: "○", compare.Missed: "✗", compare.NotAsked: "◌", compare.Unjudged: "-", compare.Unasked: "·",
}

// carriers names the columns of all that follows: by letter, as names would
// not fit, with what each is.
func (s Style) carriers(out *strings.Builder, scenario compare.Scenario) {
	out.WriteString("\n")
	for i, one := range scenario.Profiles {
		lead := fmt.Sprintf("  %s  ", column(i))
		said := fmt.Sprintf("%s: %s.", one.Name, strings.TrimSuffix(one.Title, "."))
		if scenario.Unjudged == "" {
			said += fmt.Sprintf(" %d of %s, %s", one.Detected, Plural(one.Expected, "alert"), Plural(one.FalseAlarms, "false alarm"))
			if one.Silent+one.NotAsked > 0 { // silence is expected in one shape
				said += fmt.Sprintf(", %s silent", Plural(one.Silent, "rule"))
			}
			if one.NotAsked > 0 {
				said += fmt.Sprintf(", %d not asked", one.NotAsked)
			}
		}
		if one.Stated > 0 {
			said += fmt.Sprintf("; %s on stated fields", Plural(one.Stated, "alert"))
		}
		out.WriteString(s.Beside(lead, said))
	}
}

// column is a profile's letter.
func column(i int) string { return string(rune('A' + i%26)) }

// grid writes rows under the profiles' letters: the first column is as wide as
// is left, or as takes to tell the rows apart where there are many profiles.
func (s Style) grid(out *strings.Builder, head string, columns []string, cell int, rows [][]string) {
	first := max(20, s.width()-len(columns)*(cell+1)-2)
	line := func(name string, cells []string) {
		out.WriteString(strings.TrimRight("  "+padded(cut(name, first), first)+joined(cells, cell), " ") + "\n")
	}
	line(head, columns)
	for _, row := range rows {
		line(row[0], row[1:])
	}
}

func joined(cells []string, width int) string {
	var out strings.Builder
	for _, one := range cells {
		out.WriteString(" " + padded(cut(one, width), width))
	}
	return out.String()
}

func padded(words string, columns int) string {
	return words + strings.Repeat(" ", max(0, columns-utf8.RuneCountInString(words)))
}

func (s Style) letters(scenario compare.Scenario) []string {
	var all []string
	for i := range scenario.Profiles {
		all = append(all, column(i))
	}
	return all
}

// matrix is technique × profile.
func (s Style) matrix(out *strings.Builder, scenario compare.Scenario) {
	var rows [][]string
	for _, technique := range scenario.Techniques {
		row := []string{technique.ID + " " + technique.Name}
		for _, cell := range technique.Cells {
			row = append(row, counted(cell))
		}
		rows = append(rows, row)
	}
	s.title(out, "Who would have seen it")
	s.grid(out, "technique", s.letters(scenario), 7, rows)
	out.WriteString("\n  ✓ 3/4 detected, with 3 of the 4 alerts that the full telemetry gives\n" +
		"  ✗ missed   ◌ not asked: no rule had an event to look at   ○ blind\n" +
		"  · nothing expected to fire   - not judged\n")
}

// counted is a cell's sign, with its count where it has one.
func counted(cell compare.Cell) string {
	if cell.Expected == 0 {
		return stateSigns[cell.State]
	}
	return fmt.Sprintf("%s %d/%d", stateSigns[cell.State], cell.Detected, cell.Expected)
}

// faults is fault × profile, and the sentence that a manager needs.
func (s Style) faults(out *strings.Builder, scenario compare.Scenario) {
	if len(scenario.Faults) == 0 {
		return
	}
	var rows [][]string
	for _, fault := range scenario.Faults {
		row := []string{fault.Kind + " " + fault.Name + ": " + fault.Title}
		for _, lost := range fault.Lost {
			if scenario.Unjudged != "" {
				row = append(row, stateSigns[compare.Unjudged])
				continue
			}
			row = append(row, fmt.Sprint(lost))
		}
		rows = append(rows, row)
	}
	s.title(out, "What each human error would have cost, in alerts")
	s.grid(out, "fault", s.letters(scenario), 4, rows)
	out.WriteString("\n" + s.wrap(s.bold(costSentence(scenario)), 2))
}

func costSentence(scenario compare.Scenario) string {
	if scenario.Unjudged != "" {
		return "What these mistakes would have cost is not judged: the run itself gave no alert to lose."
	}
	had := 0
	for i, one := range scenario.Profiles {
		if i > 0 || len(scenario.Profiles) == 1 {
			had += one.Detected
		}
	}
	for _, fault := range scenario.Faults {
		if fault.Name != scenario.Costliest {
			continue
		}
		worst, most := 0, -1
		for i, lost := range fault.Lost {
			if lost > most && (i > 0 || len(fault.Lost) == 1) {
				worst, most = i, lost
			}
		}
		at := scenario.Profiles[worst]
		return fmt.Sprintf("The single mistake that costs most is %s (%s): %d of the carriers' %s would be lost, %d of %d at %q alone.",
			fault.Name, fault.Title, fault.Total, Plural(had, "alert"), most, at.Detected, at.Name)
	}
	return "None of these mistakes alone costs a carrier an alert it has."
}

func (s Style) title(out *strings.Builder, words string) {
	out.WriteString("\n  " + s.bold(words) + "\n\n")
}

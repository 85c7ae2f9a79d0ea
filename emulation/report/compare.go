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

// CompareJSON writes a comparison as one document. It fails if w does.
func CompareJSON(w io.Writer, all compare.Comparison) error { return writeDocument(w, all) }

// Compare writes a comparison for a person, a scenario after the other: who
// would have seen what, what each fault costs, when each actor was first seen,
// what is left, and whom the alerts point to. It fails if w does.
func Compare(w io.Writer, all compare.Comparison, style Style) error {
	var out strings.Builder
	for _, scenario := range all.Scenarios {
		out.WriteString(style.bold(scenario.Name) + "  " + scenario.Title + "\n")
		if scenario.Unjudged != "" {
			out.WriteString("\n" + style.wrap(style.bold("Not judged: ")+scenario.Unjudged, 2))
		}
		style.writeProfiles(&out, scenario)
		style.writeMatrix(&out, scenario)
		style.writeFaults(&out, scenario)
		style.writeFirstSeen(&out, scenario)
		style.writeRemaining(&out, scenario)
		style.writeAttribution(&out, scenario)
		out.WriteString("\n")
	}
	sum := all.Summary
	line := fmt.Sprintf("%s, %s, %s, judged from one run (%s lab, %.1f s)", Plural(sum.Scenarios, "scenario"),
		Plural(sum.Steps, "step"), Plural(sum.Events, "event"), all.Lab, all.Seconds)
	out.WriteString(style.wrap(style.bold(line), 0))
	_, err := io.WriteString(w, out.String())
	return err
}

// stateSigns are the one-column signs of a cell's state.
var stateSigns = map[compare.State]string{
	compare.Detected: "✓", compare.Blind: "○", compare.Missed: "✗", compare.NotAsked: "◌", compare.Unjudged: "-", compare.NothingExpected: "·",
}

// writeProfiles writes the legend of all following tables: the letter of each
// profile, with its name, title and counts.
func (s Style) writeProfiles(out *strings.Builder, scenario compare.Scenario) {
	out.WriteString("\n")
	for i, profile := range scenario.Profiles {
		lead := fmt.Sprintf("  %s  ", column(i))
		said := fmt.Sprintf("%s: %s.", profile.Name, strings.TrimSuffix(profile.Title, "."))
		if scenario.Unjudged == "" {
			said += fmt.Sprintf(" %d of %s, %s", profile.Detected, Plural(profile.Expected, "alert"), Plural(profile.FalseAlarms, "false alarm"))
			if profile.Silent+profile.NotAsked > 0 { // silence is expected in one shape
				said += fmt.Sprintf(", %s silent", Plural(profile.Silent, "rule"))
			}
			if profile.NotAsked > 0 {
				said += fmt.Sprintf(", %d not asked", profile.NotAsked)
			}
		}
		if profile.Stated > 0 {
			said += fmt.Sprintf("; %s on stated fields", Plural(profile.Stated, "alert"))
		}
		out.WriteString(s.Beside(lead, said))
	}
}

// column returns a profile's letter.
func column(i int) string { return string(rune('A' + i%26)) }

// writeGrid writes rows under the profiles' letters. The first column takes the width
// that is left, but at least what tells the rows apart if there are many profiles.
func (s Style) writeGrid(out *strings.Builder, head string, columns []string, cell int, rows [][]string) {
	first := max(20, s.tableWidth()-len(columns)*(cell+1)-2)
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
	for _, cell := range cells {
		out.WriteString(" " + padded(cut(cell, width), width))
	}
	return out.String()
}

func padded(words string, columns int) string {
	return words + strings.Repeat(" ", max(0, columns-utf8.RuneCountInString(words)))
}

func (s Style) profileLetters(scenario compare.Scenario) []string {
	var all []string
	for i := range scenario.Profiles {
		all = append(all, column(i))
	}
	return all
}

// writeMatrix writes the table technique × profile.
func (s Style) writeMatrix(out *strings.Builder, scenario compare.Scenario) {
	var rows [][]string
	for _, technique := range scenario.Techniques {
		row := []string{technique.ID + " " + technique.Name}
		for _, cell := range technique.Cells {
			row = append(row, cellText(cell))
		}
		rows = append(rows, row)
	}
	s.writeTitle(out, "Who would have seen it")
	s.writeGrid(out, "technique", s.profileLetters(scenario), 7, rows)
	out.WriteString("\n" + s.wrap("✓ 3/4 detected, with 3 of the 4 alerts that the full telemetry gives\n"+
		"✗ missed   ◌ not asked: no rule had an event to look at   ○ blind\n"+
		"· nothing expected to fire   - not judged", 2))
}

// cellText returns a cell's sign, with its count if it has one.
func cellText(cell compare.Cell) string {
	if cell.Expected == 0 {
		return stateSigns[cell.State]
	}
	return fmt.Sprintf("%s %d/%d", stateSigns[cell.State], cell.Detected, cell.Expected)
}

// writeFaults writes the table fault × profile, and what the costliest fault is.
func (s Style) writeFaults(out *strings.Builder, scenario compare.Scenario) {
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
	s.writeTitle(out, "What each fault would have cost, in alerts")
	s.writeGrid(out, "fault", s.profileLetters(scenario), 4, rows)
	out.WriteString("\n" + s.wrap(s.bold(costSentence(scenario)), 2))
}

func costSentence(scenario compare.Scenario) string {
	if scenario.Unjudged != "" {
		return "The cost of these faults is not judged: the run itself gave no alert."
	}
	had := 0
	for i, profile := range scenario.Profiles {
		if i > 0 || len(scenario.Profiles) == 1 {
			had += profile.Detected
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
		return fmt.Sprintf("The costliest single fault is %s (%s): it would lose %d of the carriers' %s, %d of %d at %q alone.",
			fault.Name, fault.Title, fault.Total, Plural(had, "alert"), most, at.Detected, at.Name)
	}
	return "No single fault costs any carrier an alert."
}

func (s Style) writeTitle(out *strings.Builder, words string) {
	out.WriteString("\n" + s.wrap(s.bold(words), 2) + "\n")
}

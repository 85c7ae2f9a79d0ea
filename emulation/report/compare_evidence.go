package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/compare"
)

// dwell is actor × profile: first seen, and evidence gone.
func (s Style) dwell(out *strings.Builder, scenario compare.Scenario) {
	if len(scenario.Actors) == 0 {
		return
	}
	var rows [][]string
	for _, actor := range scenario.Actors {
		first, gone := []string{actor.Name + ", there from " + actor.Began + ": first seen"}, []string{strings.Repeat(" ", 4) + "evidence gone"}
		for _, sight := range actor.Sights {
			first, gone = append(first, orElse(sight.First, "never")), append(gone, goneOn(sight))
		}
		rows = append(rows, first, gone)
	}
	s.title(out, "On which virtual day")
	s.grid(out, "actor", s.letters(scenario), 6, rows)
}

func goneOn(sight compare.Sight) string {
	if sight.First == "" {
		return ""
	}
	return orElse(sight.Gone, "kept")
}

func orElse(words, other string) string {
	if words == "" {
		return other
	}
	return words
}

// surviving is step × profile: what the host's own logs still show, and what
// was forwarded.
func (s Style) surviving(out *strings.Builder, scenario compare.Scenario) {
	var rows [][]string
	for _, step := range scenario.Surviving {
		row := []string{step.Step + "  " + step.Behaviour}
		for _, places := range step.Places {
			row = append(row, stateSigns[places.Host.State]+" "+stateSigns[places.Forwarded.State])
		}
		rows = append(rows, row)
	}
	rows = append(rows, sumOf("steps shown by forwarded logs alone", scenario, func(p compare.Places) bool {
		return p.Host.State != compare.Detected && p.Forwarded.State == compare.Detected
	}), sumOf("steps shown by neither", scenario, func(p compare.Places) bool {
		return unshown(p.Host) && unshown(p.Forwarded)
	}))
	s.title(out, "What is left after the last step: in the host's own logs, and forwarded")
	s.grid(out, "step", s.letters(scenario), 4, rows)
}

func unshown(cell compare.Cell) bool {
	return cell.State == compare.Missed || cell.State == compare.Blind
}

// sumOf counts steps, by profile.
func sumOf(what string, scenario compare.Scenario, counts func(compare.Places) bool) []string {
	row := []string{what}
	for i := range scenario.Profiles {
		n := 0
		for _, step := range scenario.Surviving {
			if counts(step.Places[i]) {
				n++
			}
		}
		row = append(row, fmt.Sprint(n))
	}
	return row
}

// attribution tells which alerts tell the actors apart; of one actor there is
// nobody to be told from, so there only what misleads is shown.
func (s Style) attribution(out *strings.Builder, scenario compare.Scenario) {
	kinds := []struct {
		kind  compare.Pointing
		title string
	}{
		{compare.Apart, "Alerts on one actor's acts alone: they tell the actors apart"},
		{compare.Shared, "Alerts on several actors' acts: no ground for attribution"},
		{compare.Misleading, "Alerts that name a group which it was not"},
	}
	for _, one := range kinds {
		if one.kind != compare.Misleading && len(scenario.Actors) < 2 {
			continue
		}
		var lines []string
		for _, pointer := range scenario.Attribution {
			if pointer.Kind == one.kind {
				lines = append(lines, pointerLine(pointer))
			}
		}
		if len(lines) == 0 {
			continue
		}
		s.title(out, one.title)
		for _, line := range lines {
			out.WriteString(s.wrap(line, 2))
		}
	}
}

func pointerLine(p compare.Pointer) string {
	line := fmt.Sprintf("%s %s: %s", p.Rule[:min(8, len(p.Rule))], p.Title, strings.Join(p.Actors, ", "))
	if p.Kind == compare.Misleading {
		line += ", and names " + strings.Join(p.Names, ", ")
	}
	return line
}

package report

import (
	"cmp"
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
		never := "never"
		if actor.Unjudged {
			never = stateSigns[compare.Unjudged]
		}
		for _, sight := range actor.Sights {
			unseen := never
			if sight.NotAsked {
				unseen = stateSigns[compare.NotAsked]
			}
			first, gone = append(first, cmp.Or(sight.First, unseen)), append(gone, goneOn(sight))
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
	return cmp.Or(sight.Gone, "kept")
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
	return cell.State == compare.Missed || cell.State == compare.NotAsked || cell.State == compare.Blind
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
	byKind := map[compare.Pointing][]compare.Pointer{}
	for _, one := range scenario.Attribution {
		byKind[one.Kind] = append(byKind[one.Kind], one)
	}
	several := len(scenario.Actors) > 1
	if several && len(scenario.Attribution) > 0 {
		s.title(out, "From the alerts alone, would one count them apart?")
		out.WriteString(s.wrap(fmt.Sprintf("Of %s that alerted, %d did on one actor's acts alone, %d on several actors', and %d name a group which it was not.",
			Plural(len(scenario.Attribution), "rule"), len(byKind[compare.Apart]), len(byKind[compare.Shared]), len(byKind[compare.Misleading])), 2))
		s.pointers(out, "They tell the actors apart", byKind[compare.Apart])
		s.pointers(out, "They are no ground for attribution", byKind[compare.Shared])
	}
	s.pointers(out, "They point to the wrong one", byKind[compare.Misleading])
}

// pointers lists rules under the actors they alerted on.
func (s Style) pointers(out *strings.Builder, title string, all []compare.Pointer) {
	if len(all) == 0 {
		return
	}
	s.title(out, title)
	under := ""
	for _, one := range all {
		if actors := strings.Join(one.Actors, ", "); actors != under {
			out.WriteString("  " + actors + "\n")
			under = actors
		}
		line := one.Rule[:min(8, len(one.Rule))] + " " + one.Title
		if one.Kind == compare.Misleading {
			line += ", names " + strings.Join(one.Names, ", ")
		}
		out.WriteString(s.wrap(line, 4))
	}
}

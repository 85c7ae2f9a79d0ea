package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/compare"
)

// writeFirstSeen writes the table actor × profile: the days of the first alert and of
// the loss of evidence.
func (s Style) writeFirstSeen(out *strings.Builder, scenario compare.Scenario) {
	if len(scenario.Actors) == 0 {
		return
	}
	var rows [][]string
	for _, actor := range scenario.Actors {
		first, lost := []string{actor.Name + ", active from " + actor.Began + ": first seen"}, []string{strings.Repeat(" ", 4) + "evidence lost"}
		never := "never"
		if actor.Unjudged {
			never = stateSigns[compare.Unjudged]
		}
		for _, visibility := range actor.Visibility {
			unseen := never
			if visibility.NotAsked {
				unseen = stateSigns[compare.NotAsked]
			}
			first, lost = append(first, cmp.Or(visibility.FirstSeen, unseen)), append(lost, evidenceLost(visibility))
		}
		rows = append(rows, first, lost)
	}
	s.writeTitle(out, "Virtual day of the first alert, and of the loss of the evidence")
	s.writeGrid(out, "actor", s.profileLetters(scenario), 6, rows)
}

func evidenceLost(visibility compare.Visibility) string {
	if visibility.FirstSeen == "" {
		return ""
	}
	return cmp.Or(visibility.EvidenceLost, "kept")
}

// writeRemaining writes the table step × profile: what the host's own logs still
// show, and what was forwarded.
func (s Style) writeRemaining(out *strings.Builder, scenario compare.Scenario) {
	var rows [][]string
	for _, step := range scenario.Remaining {
		row := []string{step.Step + "  " + step.Behaviour}
		for _, places := range step.ByProfile {
			row = append(row, stateSigns[places.Host.State]+" "+stateSigns[places.Forwarded.State])
		}
		rows = append(rows, row)
	}
	rows = append(rows, countSteps("steps shown by forwarded logs alone", scenario, func(p compare.EvidenceLocations) bool {
		return p.Host.State != compare.Detected && p.Forwarded.State == compare.Detected
	}), countSteps("steps shown by neither", scenario, func(p compare.EvidenceLocations) bool {
		return notDetected(p.Host) && notDetected(p.Forwarded)
	}))
	s.writeTitle(out, "What is left after the last step: in the host's own logs, and forwarded")
	s.writeGrid(out, "step", s.profileLetters(scenario), 4, rows)
}

func notDetected(cell compare.Cell) bool {
	return cell.State == compare.Missed || cell.State == compare.NotAsked || cell.State == compare.Blind
}

// countSteps returns a row with the number of steps for which counts is true, by
// profile.
func countSteps(what string, scenario compare.Scenario, counts func(compare.EvidenceLocations) bool) []string {
	row := []string{what}
	for i := range scenario.Profiles {
		n := 0
		for _, step := range scenario.Remaining {
			if counts(step.ByProfile[i]) {
				n++
			}
		}
		row = append(row, fmt.Sprint(n))
	}
	return row
}

// writeAttribution writes which alerts tell the actors apart. With one actor there is
// nothing to tell apart, so it writes only rules that name the wrong group.
func (s Style) writeAttribution(out *strings.Builder, scenario compare.Scenario) {
	byKind := map[compare.AttributionKind][]compare.Attribution{}
	for _, attribution := range scenario.Attributions {
		byKind[attribution.Kind] = append(byKind[attribution.Kind], attribution)
	}
	several := len(scenario.Actors) > 1
	if several && len(scenario.Attributions) > 0 {
		s.writeTitle(out, "Do the alerts tell the actors apart?")
		out.WriteString(s.wrap(fmt.Sprintf("Of %s that alerted, %d alerted on one actor only, %d on several actors, and %d name a group that was not involved.",
			Plural(len(scenario.Attributions), "rule"), len(byKind[compare.SingleActor]), len(byKind[compare.SeveralActors]), len(byKind[compare.Misleading])), 2))
		s.writeAttributions(out, "Rules that tell the actors apart", byKind[compare.SingleActor])
		s.writeAttributions(out, "Rules that do not support attribution", byKind[compare.SeveralActors])
	}
	s.writeAttributions(out, "Rules that name the wrong group", byKind[compare.Misleading])
}

// writeAttributions lists rules under the actors they alerted on.
func (s Style) writeAttributions(out *strings.Builder, title string, all []compare.Attribution) {
	if len(all) == 0 {
		return
	}
	s.writeTitle(out, title)
	under := ""
	for _, attribution := range all {
		if actors := strings.Join(attribution.Actors, ", "); actors != under {
			out.WriteString("  " + actors + "\n")
			under = actors
		}
		line := s.short(attribution.Rule) + " " + attribution.Title
		if attribution.Kind == compare.Misleading {
			line += ", names " + strings.Join(attribution.Names, ", ")
		}
		out.WriteString(s.wrap(line, 4))
	}
}

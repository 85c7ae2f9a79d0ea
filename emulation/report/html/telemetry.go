package html

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
)

// telemetry is what each telemetry profile would have seen of a scenario.
type telemetry struct {
	ID         string
	Unjudged   string
	Profiles   []profile
	Bars       []bar
	BarsHeight int
	Techniques []profileRow
	Faults     []faultRow
	Costliest  string
	Actors     []actorRow
	Remaining  []remainingRow
}

type profile struct {
	Name, Title, Shape                    string
	Detected, Expected, Stated            int
	FalseAlarms, Silent, NotAsked, Events int
}

// bar is one profile's share in the chart; Y is its top, Width of barWidth.
type bar struct {
	Name, Label string
	Y, Width    int
}

// barWidth is the width of a bar for everything.
const barWidth = 420

type profileRow struct {
	ID, Name string
	Cells    []profileCell
}

type profileCell struct {
	Mark mark
	Note string
}

type faultRow struct {
	Kind, Name, Title string
	Lost              []string
	Total             int
}

type actorRow struct {
	Name, Began string
	Seen        []string
}

type remainingRow struct {
	Step      place
	Behaviour string
	Places    []remainingPlaces
}

type remainingPlaces struct{ Host, Forwarded mark }

// states are how the states of a comparison are shown.
var states = map[compare.State]mark{
	compare.Detected: {"good", "✓", "detected"}, compare.Blind: {"warn", "○", "blind"}, compare.Missed: {"bad", "✗", "missed"},
	compare.NotAsked: {"warn", "◌", "not asked"}, compare.Unjudged: {"quiet", "–", "not judged"}, compare.NothingExpected: {"quiet", "·", "nothing expected"},
}

func telemetryOf(of evidence.Run, s evidence.Scenario, index int) *telemetry {
	c := s.Telemetry
	if c == nil {
		return nil
	}
	out := &telemetry{ID: fmt.Sprintf("telemetry-%d", index+1), Unjudged: c.Unjudged, Costliest: c.Costliest}
	for i, p := range c.Profiles {
		out.Profiles = append(out.Profiles, profile{
			p.Name, p.Title, string(p.Shape), p.Detected, p.Expected, p.Stated, p.FalseAlarms, p.Silent, p.NotAsked, p.Records,
		})
		width := 0
		if p.Expected > 0 {
			width = barWidth * p.Detected / p.Expected
		}
		out.Bars = append(out.Bars, bar{p.Name, fmt.Sprintf("%d of %d", p.Detected, p.Expected), i * 30, width})
	}
	out.BarsHeight = 30 * len(out.Bars)
	for _, t := range c.Techniques {
		technique := of.TechniqueOf(result.Step{Technique: t.ID}) // the page speaks one version
		row := profileRow{ID: technique.ID, Name: technique.Name}
		for _, cell := range t.Cells {
			shown := profileCell{Mark: states[cell.State]}
			if cell.Expected > 0 {
				shown.Note = fmt.Sprintf("%d of %d", cell.Detected, cell.Expected)
			}
			row.Cells = append(row.Cells, shown)
		}
		out.Techniques = append(out.Techniques, row)
	}
	for _, f := range c.Faults {
		row := faultRow{Kind: f.Kind, Name: f.Name, Title: f.Title, Total: f.Total}
		for _, lost := range f.Lost {
			row.Lost = append(row.Lost, fmt.Sprint(lost))
		}
		out.Faults = append(out.Faults, row)
	}
	for _, a := range c.Actors {
		row := actorRow{Name: a.Name, Began: a.Began}
		for _, v := range a.Visibility {
			row.Seen = append(row.Seen, seenWhen(a, v))
		}
		out.Actors = append(out.Actors, row)
	}
	anchors := map[string]string{}
	for i, step := range s.Steps {
		anchors[step.Judged.ID] = stepID(index, i)
	}
	for _, r := range c.Remaining {
		row := remainingRow{Step: place{r.Step, anchors[r.Step]}, Behaviour: r.Behaviour}
		for _, at := range r.ByProfile {
			row.Places = append(row.Places, remainingPlaces{states[at.Host.State], states[at.Forwarded.State]})
		}
		out.Remaining = append(out.Remaining, row)
	}
	return out
}

// seenWhen says when a profile first saw an actor, and until when that can be shown.
func seenWhen(a compare.Actor, v compare.Visibility) string {
	switch {
	case a.Unjudged:
		return "not judged"
	case v.FirstSeen == "" && v.NotAsked:
		return "never asked"
	case v.FirstSeen == "":
		return "never seen"
	case v.EvidenceLost == "":
		return "seen " + v.FirstSeen + ", kept for good"
	}
	return "seen " + v.FirstSeen + ", lost " + v.EvidenceLost
}

// RemainingSummary counts, by profile, the steps that neither place shows any more.
func (t telemetry) RemainingSummary() []string {
	var all []string
	for i := range t.Profiles {
		n := 0
		for _, row := range t.Remaining {
			if row.Places[i].Host.Word != "detected" && row.Places[i].Forwarded.Word != "detected" && row.Places[i].Host.Word != "nothing expected" {
				n++
			}
		}
		all = append(all, report.Plural(n, "step"))
	}
	return all
}

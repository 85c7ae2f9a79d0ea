package compare

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// cell returns, over steps, how much is detected of what the full telemetry detects.
func cell(d detections, steps []step) Cell {
	out, missing := Cell{State: NothingExpected}, NotAsked
	for _, s := range steps {
		for _, want := range s.expected {
			state := d.state(s.ID, want)
			if want.state != Detected {
				out.State = leastTelling(out.State, state)
				continue
			}
			out.Expected++
			if state == Detected {
				out.Detected++
				if !d.detectsForCertain(s.ID, want.Expectation) {
					out.Stated++
				}
				continue
			}
			missing = leastTelling(missing, state)
		}
	}
	switch {
	case out.Detected > 0:
		out.State = Detected
	case out.Expected > 0:
		out.State = missing
	}
	return out
}

// state returns the state of an expectation: a rule without an event to read shows
// nothing, whether it is missed or a known gap.
func (d detections) state(step string, want expectedAlert) State {
	switch {
	case want.state == Unjudged:
		return Unjudged
	case want.state == Detected && d.detects(step, want.Expectation):
		return Detected
	case !d.asks(step, want.Expectation):
		return NotAsked
	case want.state == Detected:
		return Missed
	}
	return want.state
}

// matrix returns a row for each technique.
func matrix(profiles []*judgedProfile, judgedSteps []step, speaks attack.Version) []Technique {
	byTechnique := map[string][]step{}
	var ids []string
	for _, s := range judgedSteps {
		if byTechnique[s.Technique] == nil {
			ids = append(ids, s.Technique)
		}
		byTechnique[s.Technique] = append(byTechnique[s.Technique], s)
	}
	slices.SortFunc(ids, strings.Compare)
	rows := []Technique{}
	for _, id := range ids {
		row := Technique{ID: id}
		if known, ok := speaks.Technique(id); ok {
			row.Name = known.Name
		}
		for _, judged := range profiles {
			row.Cells = append(row.Cells, cell(judged.live, byTechnique[id]))
		}
		rows = append(rows, row)
	}
	return rows
}

// byStep returns the cells of each step.
func byStep(profiles []*judgedProfile, judgedSteps []step) []StepCells {
	var all []StepCells
	for _, s := range judgedSteps {
		out := StepCells{Step: s.ID}
		for _, judged := range profiles {
			out.Cells = append(out.Cells, cell(judged.live, []step{s}))
		}
		all = append(all, out)
	}
	return all
}

func profilesOf(profiles []*judgedProfile, judgedSteps []step) []Profile {
	var all []Profile
	for _, judged := range profiles {
		sum := cell(judged.live, judgedSteps)
		out := Profile{
			Name: judged.Name, Title: judged.Title, Shape: judged.Shape,
			Records: len(judged.live.copies), Detected: sum.Detected, Expected: sum.Expected, Stated: sum.Stated,
		}
		for _, s := range judgedSteps {
			for _, want := range s.silent {
				// Silence is expected in one shape and says nothing about the other.
				if judged.Shape == "" || judged.Shape == want.Shape {
					out.countSilence(judged.live, s.ID, want)
				}
			}
		}
		all = append(all, out)
	}
	return all
}

// countSilence counts an expectation of no alert by its outcome.
func (p *Profile) countSilence(d detections, step string, want expectedSilence) {
	switch {
	case d.alertCount(step, want.Expectation) > 0:
		p.FalseAlarms++
	case !want.shown:
	case d.asks(step, want.Expectation):
		p.Silent++
	default:
		p.NotAsked++
	}
}

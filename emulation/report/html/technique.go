package html

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// tactic is one column of the matrix.
type tactic struct {
	Name       string
	Techniques []technique
	// Reported are those that nothing more is known of: they are many.
	Reported []technique
}

type technique struct {
	ID, Name, Link string
	Mark           mark
	Note           string
	Steps          []place
}

// stateCount says how many techniques are in a state.
type stateCount struct {
	Mark  mark
	Count int
	Note  string
}

var stateMarks = map[evidence.TechniqueState]mark{
	evidence.TechniqueDetected: {"good", "✓", "detected"}, evidence.TechniquePartly: {"warn", "◐", "detected in part"},
	evidence.TechniqueMissed: {"bad", "✗", "missed"}, evidence.TechniqueBlind: {"warn", "○", "blind"},
	evidence.TechniqueUnjudged: {"quiet", "·", "not judged"}, evidence.TechniqueNotProven: {"warn", "–", "not performed"},
	evidence.TechniqueGap: {"warn", "–", "gap"}, evidence.TechniqueReported: {"quiet", "·", "reported only"},
}

// stateNotes explain the states, in the order in which they are shown.
var stateNotes = [...]struct {
	state evidence.TechniqueState
	note  string
}{
	{evidence.TechniqueDetected, "every alert that was expected came"},
	{evidence.TechniquePartly, "some of the alerts came"},
	{evidence.TechniqueMissed, "alerts were expected and none came"},
	{evidence.TechniqueBlind, "known not to be seen"},
	{evidence.TechniqueUnjudged, "performed, and no alert is expected"},
	{evidence.TechniqueNotProven, "a step claims it, and its effect was not proven"},
	{evidence.TechniqueGap, "a scenario names it, and what is missing to perform it"},
	{evidence.TechniqueReported, "ATT&CK lists it for an actor of the run, and no step claims it"},
}

// tacticsOf sorts techniques by tactic, in the order of ATT&CK's matrix: one that has
// several is in each of them.
func tacticsOf(of evidence.Run) []tactic {
	byTactic := map[string]*tactic{}
	version := of.Attack()
	for _, t := range of.Techniques() {
		shown := techniqueOf(of, t)
		in := t.Tactics
		if len(in) == 0 {
			in = []string{""}
		}
		for _, name := range in {
			if byTactic[name] == nil {
				known, _ := version.Tactic(name)
				byTactic[name] = &tactic{Name: cmp.Or(known.Name, "Tactic not known")}
			}
			if t.State == evidence.TechniqueReported {
				byTactic[name].Reported = append(byTactic[name].Reported, shown)
				continue
			}
			byTactic[name].Techniques = append(byTactic[name].Techniques, shown)
		}
	}
	var all []tactic
	for _, known := range append(version.Tactics(), attack.Tactic{}) {
		if of := byTactic[known.Short]; of != nil {
			all = append(all, *of)
		}
	}
	return all
}

func techniqueOf(of evidence.Run, t evidence.Technique) technique {
	out := technique{
		ID: t.ID, Name: t.Name, Mark: stateMarks[t.State], Link: "https://attack.mitre.org/techniques/" + strings.ReplaceAll(t.ID, ".", "/") + "/",
	}
	if t.Expected > 0 {
		out.Note = fmt.Sprintf("%d of %d alerts", t.Detected, t.Expected)
	}
	for _, step := range t.Steps {
		scenario, id, _ := strings.Cut(step, "/")
		out.Steps = append(out.Steps, place{id, findStep(of, scenario, id)})
	}
	for _, gap := range t.Gaps {
		out.Steps = append(out.Steps, place{"gap " + gap.ID, gapsID})
	}
	return out
}

func statesOf(of evidence.Run) []stateCount {
	counts := map[evidence.TechniqueState]int{}
	for _, t := range of.Techniques() {
		counts[t.State]++
	}
	var all []stateCount
	for _, known := range stateNotes {
		if n := counts[known.state]; n > 0 {
			all = append(all, stateCount{stateMarks[known.state], n, known.note})
		}
	}
	return slices.Clip(all)
}

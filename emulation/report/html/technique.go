package html

import (
	"fmt"
	"slices"
	"strings"

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
	evidence.TechniqueReported: {"quiet", "·", "reported only"},
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
	{evidence.TechniqueReported, "ATT&CK lists it for an actor of the run, and no step claims it"},
}

// tactics are in ATT&CK's order; those that only v19 has stand beside the one that
// they replace.
var tactics = [...]string{
	"reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "defense-evasion",
	"stealth", "defense-impairment", "credential-access", "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact", "",
}

// tacticsOf sorts techniques by tactic, as the matrix does: one that has several is in
// each of them.
func tacticsOf(of evidence.Run) []tactic {
	byTactic := map[string]*tactic{}
	for _, t := range of.Techniques() {
		shown := techniqueOf(of, t)
		in := t.Tactics
		if len(in) == 0 {
			in = []string{""}
		}
		for _, name := range in {
			if byTactic[name] == nil {
				byTactic[name] = &tactic{Name: tacticName(name)}
			}
			if t.State == evidence.TechniqueReported {
				byTactic[name].Reported = append(byTactic[name].Reported, shown)
				continue
			}
			byTactic[name].Techniques = append(byTactic[name].Techniques, shown)
		}
	}
	var all []tactic
	for _, name := range tactics {
		if byTactic[name] != nil {
			all = append(all, *byTactic[name])
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
	return out
}

func tacticName(short string) string {
	if short == "" {
		return "Tactic not known"
	}
	words := strings.Split(short, "-")
	for i, word := range words {
		if word != "and" {
			words[i] = upperFirst(word)
		}
	}
	return strings.Join(words, " ")
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

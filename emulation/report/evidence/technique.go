package evidence

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Technique is what a run showed of one ATT&CK technique.
type Technique struct {
	ID, Name string
	// Tactics are ATT&CK's short names, such as "lateral-movement".
	Tactics []string
	// Groups are the groups of the run's actors that ATT&CK lists it for, sorted.
	Groups []string
	// Steps are those that claim it, as scenario/step, in the order of the run;
	// Performed are those of them whose effect was proven.
	Steps, Performed []string
	// Gaps are those that name it and are not performed.
	Gaps []Gap
	// Expected counts the alerts that were to come at the performed steps, Detected
	// those that came, and Blind those that are known not to come and did not.
	Expected, Detected, Blind int
	// Rules are the titles of the rules that detected it, sorted.
	Rules []string
	State TechniqueState
}

// TechniqueState is what a run showed of a technique, in a word.
type TechniqueState string

// The states.
const (
	TechniqueDetected  TechniqueState = "detected"      // every alert that was expected came
	TechniquePartly    TechniqueState = "partly"        // some of them came
	TechniqueMissed    TechniqueState = "missed"        // alerts were expected, and none came
	TechniqueBlind     TechniqueState = "blind"         // it is known that nothing sees it
	TechniqueUnjudged  TechniqueState = "not judged"    // it was performed, and no alert is expected
	TechniqueNotProven TechniqueState = "not performed" // a step claims it, and its effect was not proven
	TechniqueGap       TechniqueState = "gap"           // a scenario names it as not performed, and no step claims it
	TechniqueReported  TechniqueState = "reported"      // it is listed for an actor, and no step claims it
)

// Attack is the version of ATT&CK that all scenarios of the run speak; the current one
// if they speak different ones.
func (r Run) Attack() attack.Version { return r.Result.Attack() }

// TechniqueOf is the technique that a step claims, in the version of [Run.Attack]. It
// has no id if the step claims none.
func (r Run) TechniqueOf(step result.Step) attack.Technique {
	version := r.Attack()
	id, _ := version.Counterpart(step.Technique)
	technique, _ := version.Technique(id)
	return technique
}

// Techniques are those that the run's steps claim or its gaps name, and those that ATT&CK
// lists for the groups of its actors, sorted by id, in the version of [Run.Attack].
func (r Run) Techniques() []Technique {
	version := r.Attack()
	all := map[string]*Technique{}
	technique := func(id string) *Technique {
		if all[id] == nil {
			known, _ := version.Technique(id)
			all[id] = &Technique{ID: id, Name: known.Name, Tactics: known.Tactics}
		}
		return all[id]
	}
	for _, scenario := range r.Scenarios {
		for _, actor := range scenario.Judged.Actors {
			group, _ := attack.FindGroup(actor.Group)
			for _, id := range group.TechniquesIn(version) {
				t := technique(id)
				t.Groups = append(t.Groups, group.Name)
			}
		}
		for _, step := range scenario.Steps {
			if id := r.TechniqueOf(step.Judged).ID; id != "" {
				technique(id).add(scenario.Judged.Name, step)
			}
		}
	}
	for _, gap := range r.Gaps() {
		if id := r.TechniqueOfGap(gap).ID; id != "" {
			t := technique(id)
			t.Gaps = append(t.Gaps, gap)
		}
	}
	var sorted []Technique
	for _, t := range all {
		t.Groups, t.Rules = sortedOnce(t.Groups), sortedOnce(t.Rules)
		t.State = t.state()
		sorted = append(sorted, *t)
	}
	slices.SortFunc(sorted, func(a, b Technique) int { return strings.Compare(a.ID, b.ID) })
	return sorted
}

func (t *Technique) add(scenario string, step Step) {
	place := scenario + "/" + step.Judged.ID
	t.Steps = append(t.Steps, place)
	if !step.Judged.Proven || step.Judged.Skipped != "" || step.Judged.Error != "" {
		return
	}
	t.Performed = append(t.Performed, place)
	for _, expectation := range step.Judged.Expectations {
		switch expectation.Verdict {
		case verdict.Detected:
			t.Expected++
			t.Detected++
			t.Rules = append(t.Rules, expectation.Title)
		case verdict.Missed, verdict.DetectedLate:
			t.Expected++
		case verdict.BlindSpot:
			t.Blind++
		case verdict.Pending, verdict.Silent, verdict.NotAsked, verdict.Skipped, verdict.NoEffect, verdict.FalseAlarm, verdict.Errored:
		}
	}
}

func (t *Technique) state() TechniqueState {
	switch {
	case len(t.Steps) == 0 && len(t.Gaps) > 0:
		return TechniqueGap
	case len(t.Steps) == 0:
		return TechniqueReported
	case len(t.Performed) == 0:
		return TechniqueNotProven
	case t.Expected > 0 && t.Detected == t.Expected:
		return TechniqueDetected
	case t.Detected > 0:
		return TechniquePartly
	case t.Expected > 0:
		return TechniqueMissed
	case t.Blind > 0:
		return TechniqueBlind
	}
	return TechniqueUnjudged
}

func sortedOnce(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// Merge puts together what a run showed of two techniques that another version of
// ATT&CK has as one. Id, name and tactics are those of t.
func (t Technique) Merge(other Technique) Technique {
	t.Groups = sortedOnce(slices.Concat(t.Groups, other.Groups))
	t.Rules = sortedOnce(slices.Concat(t.Rules, other.Rules))
	t.Steps = slices.Concat(t.Steps, other.Steps)
	t.Gaps = slices.Concat(t.Gaps, other.Gaps)
	t.Performed = slices.Concat(t.Performed, other.Performed)
	t.Expected += other.Expected
	t.Detected += other.Detected
	t.Blind += other.Blind
	t.State = t.state()
	return t
}

package coverage

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/rulestate"
)

// Format is the name of the document's schema, which is in package report.
const Format = "ringer.coverage/1"

// Document is which techniques of what recorded runs performed are seen, by tactic, and
// what would be needed for the rest.
type Document struct {
	Format string `json:"format"`
	// ID is the recorded run's, Version the ringer's that judged it again.
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Attack is the version of ATT&CK that all ids are of.
	Attack  attack.Version `json:"attack"`
	Summary Summary        `json:"summary"`
	// Tactics are in the order of the matrix; Techniques sorted by id.
	Tactics    []Tactic    `json:"tactics"`
	Techniques []Technique `json:"techniques"`
	LogSources []LogSource `json:"log_sources"`
}

// Summary counts techniques.
type Summary struct {
	// Performed counts those with a step whose effect was proven, Seen those of them that
	// a rule fired on, ByOwn those of them that one of ringer's own rules fired on.
	Performed int `json:"performed"`
	Seen      int `json:"seen"`
	ByOwn     int `json:"by_own"`
	// Waiting counts those that rules are on and no step performed.
	Waiting int `json:"waiting"`
}

// Tactic is a column of the matrix, with the ids of its techniques.
type Tactic struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Techniques []string `json:"techniques"`
	// Performed and Seen count as in [Summary].
	Performed int `json:"performed"`
	Seen      int `json:"seen"`
}

// Technique is what is seen of one technique.
type Technique struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Steps are those whose effect was proven, as scenario/step; Unproven the others.
	Steps    []string `json:"steps"`
	Unproven []string `json:"unproven,omitempty"`
	// Seen are the steps that a rule fired on, Own and Others the ids of the rules that
	// did: ringer's and all others.
	Seen   []string `json:"seen"`
	Own    []string `json:"own"`
	Others []string `json:"others"`
	// Rules counts the rules that are on the technique by their tags.
	Rules int `json:"rules"`
	// Needs say what would be needed for the steps that no rule fired on.
	Needs []Need `json:"needs"`
}

// NeedKind is what is missing.
type NeedKind string

// The kinds of need.
const (
	NeedsStep      NeedKind = "step"       // rules are on it, and nothing performed it
	NeedsEffect    NeedKind = "effect"     // the step's effect was not proven
	NeedsEvent     NeedKind = "event"      // the step left no event
	NeedsLogSource NeedKind = "log_source" // no rule reads what it left
	NeedsRule      NeedKind = "rule"       // rules were asked, and none fired
)

// Need is what would be needed to see a step, or several alike.
type Need struct {
	Kind   NeedKind `json:"kind"`
	Reason string   `json:"reason"`
	Steps  []string `json:"steps,omitempty"`
}

// Techniques returns what rules saw of each technique that the recorded runs performed,
// and of those that the rules are on. The rules are all that [rulestate.Recording.Judge]
// returned for the detector; own reports whether one is ringer's.
func Techniques(of *rulestate.Recording, detector *detect.Sigma, rules []rulestate.Rule, own func(id string) bool) Document {
	t := tally{detector: detector, rules: rules, own: own, byID: map[string]*Technique{}, fires: map[string][]string{}, on: map[string][]rulestate.Rule{}}
	for _, rule := range rules {
		for _, fire := range rule.Fires {
			if fire.Unproven == "" {
				t.fires[fire.At] = append(t.fires[fire.At], rule.ID)
			}
		}
		for _, id := range attack.Current.TechniquesOf(rule.Tags) {
			if technique := t.technique(id); technique != nil {
				technique.Rules++
				t.on[id] = append(t.on[id], rule)
			}
		}
	}
	for _, step := range of.Steps() {
		t.addStep(step)
	}
	out := Document{Format: Format, Attack: attack.Current, Tactics: []Tactic{}, Techniques: []Technique{}, LogSources: logSources(of, rules)}
	for _, id := range slices.Sorted(maps.Keys(t.byID)) {
		technique := t.byID[id]
		technique.Own, technique.Others = sorted(technique.Own), sorted(technique.Others)
		if len(technique.Steps)+len(technique.Unproven) == 0 {
			technique.Needs = []Need{{Kind: NeedsStep, Reason: fmt.Sprintf("%s on it, and no step performs it", countOf(technique.Rules, "rule is", "rules are"))}}
			out.Summary.Waiting++
		}
		out.Summary.Performed += min(len(technique.Steps), 1)
		out.Summary.Seen += min(len(technique.Seen), 1)
		out.Summary.ByOwn += min(len(technique.Own), 1)
		out.Techniques = append(out.Techniques, *technique)
	}
	out.Tactics = tacticsOf(out.Techniques)
	return out
}

// tally gathers techniques.
type tally struct {
	detector *detect.Sigma
	rules    []rulestate.Rule
	own      func(id string) bool
	byID     map[string]*Technique
	fires    map[string][]string         // rules by scenario/step
	on       map[string][]rulestate.Rule // rules by technique
}

// technique returns the technique of an id; nil if the version has none.
func (t *tally) technique(id string) *Technique {
	if known, ok := t.byID[id]; ok {
		return known
	}
	about, ok := attack.Current.Technique(id)
	if !ok {
		return nil
	}
	t.byID[id] = &Technique{ID: id, Name: about.Name, Steps: []string{}, Seen: []string{}, Own: []string{}, Others: []string{}, Needs: []Need{}}
	return t.byID[id]
}

func (t *tally) addStep(step rulestate.Step) {
	id, ok := attack.Current.Counterpart(step.Technique)
	if !ok {
		return // what re-enacts has none
	}
	technique := t.technique(id)
	if technique == nil {
		return
	}
	if step.Unproven != "" {
		technique.Unproven = append(technique.Unproven, step.At)
		technique.addNeed(Need{NeedsEffect, step.Unproven, []string{step.At}})
		return
	}
	technique.Steps = append(technique.Steps, step.At)
	for _, rule := range t.fires[step.At] {
		if t.own(rule) {
			technique.Own = append(technique.Own, rule)
		} else {
			technique.Others = append(technique.Others, rule)
		}
	}
	if len(t.fires[step.At]) > 0 {
		technique.Seen = append(technique.Seen, step.At)
		return
	}
	need := t.needOf(id, step)
	need.Steps = []string{step.At}
	technique.addNeed(need)
}

// addNeed adds a need, or its step to that of an earlier one alike.
func (t *Technique) addNeed(need Need) {
	for i := range t.Needs {
		if t.Needs[i].Kind == need.Kind && t.Needs[i].Reason == need.Reason {
			t.Needs[i].Steps = append(t.Needs[i].Steps, need.Steps...)
			return
		}
	}
	t.Needs = append(t.Needs, need)
}

// needOf says what would be needed to see a step that no rule fired on.
func (t *tally) needOf(id string, step rulestate.Step) Need {
	if len(step.Events) == 0 && step.Declared > 0 {
		return Need{Kind: NeedsEvent, Reason: "its events are declared: nothing of it was observed"}
	}
	if len(step.Events) == 0 {
		return Need{Kind: NeedsEvent, Reason: "no log source has an event of it"}
	}
	asked := 0
	for _, rule := range t.rules {
		if slices.ContainsFunc(step.Events, rule.Reads) {
			asked++
		}
	}
	if asked == 0 {
		return Need{Kind: NeedsLogSource, Reason: "no rule reads " + strings.Join(sourcesIn(step.Events), ", ")}
	}
	var nearest rulestate.NearMiss
	var of rulestate.Rule
	for _, rule := range t.on[id] {
		if near, ok := rulestate.NearMissAt(t.detector, rule, step); ok && (of.ID == "" || near.Distance < nearest.Distance) {
			nearest, of = near, rule
		}
	}
	if of.ID == "" {
		return Need{Kind: NeedsRule, Reason: fmt.Sprintf("%s its events, and none of them is on %s", countOf(asked, "rule reads", "rules read"), id)}
	}
	return Need{Kind: NeedsRule, Reason: fmt.Sprintf("the nearest on it, %q, is %d away: %s", of.Title, nearest.Distance, strings.Join(nearest.Changes, "; "))}
}

// tacticsOf lists the tactics of techniques, in the order of the matrix.
func tacticsOf(techniques []Technique) []Tactic {
	out := []Tactic{}
	for _, tactic := range attack.Current.Tactics() {
		of := Tactic{ID: tactic.ID, Name: tactic.Name}
		for _, technique := range techniques {
			about, _ := attack.Current.Technique(technique.ID)
			if slices.Contains(about.Tactics, tactic.Short) {
				of.Techniques = append(of.Techniques, technique.ID)
				of.Performed += min(len(technique.Steps), 1)
				of.Seen += min(len(technique.Seen), 1)
			}
		}
		if len(of.Techniques) > 0 {
			out = append(out, of)
		}
	}
	return out
}

func sorted(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// countOf is a number with what it counts.
func countOf(n int, singular, plural string) string {
	return fmt.Sprintf("%d %s", n, cmp.Or(map[int]string{1: singular}[n], plural))
}

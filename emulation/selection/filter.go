package selection

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Filter says which steps and baselines are chosen. Of one field any value will do; what is
// chosen meets every field that has values. The zero value chooses all.
type Filter struct {
	// Techniques are ATT&CK ids of any version; a technique has its sub-techniques in it.
	Techniques []string
	// Tactics are ids, names or short names, such as TA0003 or persistence.
	Tactics []string
	Tags    []string
	// Actors are a scenario's names of them, or the id or name of their group.
	Actors []string
	// Assets are a scenario's names of them, or their kinds.
	Assets []string
	// Steps are SCENARIO/STEP, where * stands for any text.
	Steps []string
	// Affected is what changes concern; nil chooses without it.
	Affected *Affected
}

// IsZero reports whether all is chosen.
func (f Filter) IsZero() bool {
	return len(f.Techniques)+len(f.Tactics)+len(f.Tags)+len(f.Actors)+len(f.Assets)+len(f.Steps) == 0 && f.Affected == nil
}

// candidate is a step or a baseline of a plan.
type candidate struct {
	plan *plan.Plan
	id   string
	// step is nil of a baseline.
	step   *plan.Step
	asset  plan.Asset
	expect []plan.Expectation
}

func (c candidate) place() string { return c.plan.Name + "/" + c.id }

// candidates are the baselines and steps of plans, in the order of the plans.
func candidates(plans []*plan.Plan) []candidate {
	var all []candidate
	for _, p := range plans {
		assets := map[string]plan.Asset{}
		for _, asset := range p.Assets {
			assets[asset.Name] = asset
		}
		for _, baseline := range p.Baselines {
			all = append(all, candidate{plan: p, id: baseline.ID, asset: assets[baseline.Asset], expect: baseline.Expect})
		}
		for i := range p.Steps {
			step := &p.Steps[i]
			all = append(all, candidate{plan: p, id: step.ID, step: step, asset: assets[step.Asset], expect: step.Expect})
		}
	}
	return all
}

// criterion is one field of a filter: what it chooses by.
type criterion struct {
	// flag is what it is called on a command line.
	flag   string
	values []string
	// matches reports whether a candidate has a value; words are those that a candidate
	// has, for who mistypes one.
	matches func(c candidate, value string) bool
	words   func(c candidate) []string
}

func (c criterion) chooses(of candidate) bool {
	return len(c.values) == 0 || slices.ContainsFunc(c.values, func(value string) bool { return c.matches(of, value) })
}

func (f Filter) criteria() []criterion {
	return []criterion{
		{"--technique", f.Techniques, hasTechnique, func(c candidate) []string { return textOf(c, func(s *plan.Step) string { return s.Technique }) }},
		{"--tactic", f.Tactics, hasTactic, tacticsOf},
		{"--tag", f.Tags, func(c candidate, tag string) bool { return slices.Contains(c.plan.Tags, tag) }, func(c candidate) []string { return c.plan.Tags }},
		{"--actor", f.Actors, hasActor, func(c candidate) []string { return textOf(c, func(s *plan.Step) string { return s.Actor.Name }) }},
		{"--asset", f.Assets, func(c candidate, name string) bool { return name == c.asset.Name || c.asset.Place.Kind.Is(name) }, func(c candidate) []string { return []string{c.asset.Name} }},
		{"--step", f.Steps, hasPlace, func(c candidate) []string { return []string{c.place()} }},
	}
}

func textOf(c candidate, of func(*plan.Step) string) []string {
	if c.step == nil || of(c.step) == "" {
		return nil
	}
	return []string{of(c.step)}
}

// hasTechnique reports whether a step stands for a technique, or for a sub-technique of it.
func hasTechnique(c candidate, id string) bool {
	if c.step == nil {
		return false
	}
	is := func(id string) bool { return c.step.Technique == id || attack.Parent(c.step.Technique) == id }
	id = strings.ToUpper(id)
	return is(id) || slices.ContainsFunc(c.plan.Attack.Counterparts(id), is)
}

func hasTactic(c candidate, given string) bool {
	return slices.ContainsFunc(tacticsOf(c), func(short string) bool {
		tactic, _ := c.plan.Attack.Tactic(short)
		return strings.EqualFold(given, short) || strings.EqualFold(given, tactic.ID) || strings.EqualFold(given, tactic.Name)
	})
}

// tacticsOf are the short names of the tactics of a step's technique.
func tacticsOf(c candidate) []string {
	if c.step == nil {
		return nil
	}
	technique, _ := c.plan.Attack.Technique(c.step.Technique)
	return technique.Tactics
}

func hasActor(c candidate, name string) bool {
	if c.step == nil || c.step.Actor.Name == "" {
		return false
	}
	actor := c.step.Actor
	return name == actor.Name || strings.EqualFold(name, actor.Group) || strings.EqualFold(name, actor.Title)
}

// hasPlace reports whether SCENARIO/STEP is of a pattern, which has been checked.
func hasPlace(c candidate, pattern string) bool {
	matches, _ := path.Match(pattern, c.place())
	return matches
}

// check fails for the first value that can choose nothing of all that there is.
func (f Filter) check(all []candidate) error {
	for _, pattern := range f.Steps {
		if _, err := path.Match(pattern, ""); err != nil || strings.Count(pattern, "/") != 1 {
			return fmt.Errorf("--step cannot be %q: expected SCENARIO/STEP, where * stands for any text, such as 'overlap/*_emptied'", pattern)
		}
	}
	for _, criterion := range f.criteria() {
		for _, value := range criterion.values {
			if !slices.ContainsFunc(all, func(c candidate) bool { return criterion.matches(c, value) }) {
				return unknownValue(criterion, value, all)
			}
		}
	}
	return nil
}

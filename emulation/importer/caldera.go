package importer

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

// adversary is an order of abilities. Old files have phases, by number, in its place.
type adversary struct {
	ID       anyText              `yaml:"id"`
	Name     anyText              `yaml:"name"`
	About    anyText              `yaml:"description"`
	Ordering []anyText            `yaml:"atomic_ordering"`
	Phases   map[string][]anyText `yaml:"phases"`
}

// ids are those of its abilities, in order.
func (a adversary) ids() []string {
	var ids []string
	add := func(some []anyText) {
		for _, id := range some {
			ids = append(ids, string(id))
		}
	}
	add(a.Ordering)
	if len(ids) == 0 {
		for _, phase := range slices.Sorted(maps.Keys(a.Phases)) {
			add(a.Phases[phase])
		}
	}
	return ids
}

// calderaEntry is an ability or an adversary, as its keys say.
type calderaEntry struct {
	ability   *ability
	adversary *adversary
}

// UnmarshalYAML fails for what is neither.
func (e *calderaEntry) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: expected an ability or an adversary", node.Line)
	}
	keys := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		keys[node.Content[i].Value] = true
	}
	switch {
	case keys["atomic_ordering"] || keys["phases"]:
		e.adversary = &adversary{}
		return node.Decode(e.adversary)
	case keys["platforms"] || keys["executors"]:
		e.ability = &ability{}
		return node.Decode(e.ability)
	}
	return fmt.Errorf("line %d: %w: expected platforms, executors, or atomic_ordering", node.Line, errOther)
}

// readCaldera reads abilities and adversaries: a plan for each adversary, and one a
// tactic for the abilities that none has.
func readCaldera(files []File) ([]Plan, []error) {
	var problems []error
	abilities, used := map[string]ability{}, map[string]bool{}
	var order []string
	type placed struct {
		adversary
		file string
	}
	var adversaries []placed
	in := map[string]string{}
	for _, file := range files {
		entries, err := decodeYAML[calderaEntry](file.Text)
		if err == nil && len(entries) == 0 {
			err = errOther
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", file.Name, err))
			continue
		}
		for i, entry := range entries {
			if entry.adversary != nil {
				adversaries = append(adversaries, placed{*entry.adversary, file.Name})
				continue
			}
			id := entry.ability.id()
			if id == "" {
				id = fmt.Sprintf("%s %d", file.Name, i)
			}
			if _, twice := abilities[id]; !twice {
				order = append(order, id)
			}
			abilities[id], in[id] = *entry.ability, file.Name
		}
	}
	var plans []Plan
	for _, a := range adversaries {
		plan := Plan{Name: "caldera " + string(a.Name), Title: string(a.Name), File: a.file, Actor: string(a.Name), References: []string{"Caldera, adversary " + string(a.ID)}}
		for _, id := range a.ids() {
			found, ok := abilities[id]
			if !ok {
				plan.Steps = append(plan.Steps, Step{Name: "ability " + id, ID: id, About: "the ability is not among the files"})
				continue
			}
			used[id] = true
			plan.Steps = append(plan.Steps, found.step())
		}
		plans = append(plans, plan)
	}
	return append(plans, byTactic(order, abilities, used, in)...), problems
}

// byTactic makes a plan a tactic of the abilities that no adversary has.
func byTactic(order []string, abilities map[string]ability, used map[string]bool, in map[string]string) []Plan {
	found := map[string]*Plan{}
	for _, id := range order {
		if used[id] {
			continue
		}
		one := abilities[id]
		tactic := string(one.Tactic)
		if tactic == "" {
			tactic = "other"
		}
		if found[tactic] == nil {
			found[tactic] = &Plan{Name: "caldera abilities " + tactic, Title: "Abilities of Caldera: " + tactic, File: in[id], Actor: "caldera", References: []string{"Caldera, abilities of the tactic " + tactic}}
		}
		found[tactic].Steps = append(found[tactic].Steps, one.step())
	}
	var plans []Plan
	for _, tactic := range slices.Sorted(maps.Keys(found)) {
		plans = append(plans, *found[tactic])
	}
	return plans
}

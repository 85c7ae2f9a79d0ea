package compare

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// attributions returns the rules that alerted, by the actors on whose steps they did,
// and by the groups that they name.
func attributions(d detections, p *plan.Plan) []Attribution {
	found := map[string]*Attribution{}
	groups := map[string]map[string]bool{} // by rule, the groups whose steps they were
	for _, step := range p.Steps {
		for _, alert := range d.alerts[step.ID] {
			attribution := found[alert.Rule]
			if attribution == nil {
				attribution = &Attribution{Rule: alert.Rule, Title: alert.Title, Level: alert.Level, Names: namedGroups(alert)}
				found[alert.Rule], groups[alert.Rule] = attribution, map[string]bool{}
			}
			if !slices.Contains(attribution.Actors, step.Actor.Name) {
				attribution.Actors = append(attribution.Actors, step.Actor.Name)
			}
			for _, name := range append([]string{step.Actor.Title}, step.Actor.Aliases...) {
				if group, known := attack.FindGroupByName(name); known {
					groups[alert.Rule][group.Name] = true
				}
			}
		}
	}
	all := []Attribution{}
	for rule, attribution := range found {
		attribution.Kind = attributionKind(attribution, groups[rule])
		slices.Sort(attribution.Actors)
		all = append(all, *attribution)
	}
	slices.SortFunc(all, func(a, b Attribution) int {
		return cmp.Or(slices.Compare(a.Actors, b.Actors), strings.Compare(a.Title, b.Title), strings.Compare(a.Rule, b.Rule))
	})
	return all
}

func attributionKind(attribution *Attribution, were map[string]bool) AttributionKind {
	if slices.ContainsFunc(attribution.Names, func(group string) bool { return !were[group] }) {
		return Misleading
	}
	if len(attribution.Actors) > 1 {
		return SeveralActors
	}
	return SingleActor
}

// groupNames are the names and aliases of ATT&CK groups, with the group each names.
// Short ones are omitted and case counts, as many other words look like them.
var groupNames = sync.OnceValue(func() map[*regexp.Regexp]string {
	const shortest = 5
	names := map[*regexp.Regexp]string{}
	for _, group := range attack.Groups() {
		for _, name := range append([]string{group.Name}, group.Aliases...) {
			if len(name) >= shortest {
				names[regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`)] = group.Name
			}
		}
	}
	return names
})

// namedGroups returns the groups that a rule names in its title, or in a tag such as
// attack.g0027.
func namedGroups(alert detect.Alert) []string {
	names := map[string]bool{}
	for pattern, group := range groupNames() {
		if pattern.MatchString(alert.Title) {
			names[group] = true
		}
	}
	for _, tag := range alert.Tags {
		id, is := strings.CutPrefix(strings.ToLower(tag), "attack.g")
		if group, known := attack.FindGroup("G" + id); is && known {
			names[group.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

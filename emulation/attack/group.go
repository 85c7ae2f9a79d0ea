package attack

import (
	"slices"
	"strings"
)

// Group is one row of the group table.
type Group struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Aliases are all names the group goes by, its own included.
	Aliases []string `json:"aliases"`
	// Techniques are the ids listed for the group, those of GroupVersion.
	Techniques []string `json:"techniques"`
}

// GroupVersion is the version that the group table is of.
const GroupVersion = V18

// TechniquesIn are the ids listed for the group, as a version has them, sorted.
func (g Group) TechniquesIn(v Version) []string {
	var ids []string
	for _, id := range g.Techniques {
		if counterpart, ok := v.Counterpart(id); ok {
			ids = append(ids, counterpart)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

var groups = tableOf("groups", &groupRows, func(g Group) string { return g.ID })

// FindGroup gives the group with that id, such as G0027.
func FindGroup(id string) (Group, bool) { return groups().find(id) }

// FindGroupByName gives the group that goes by that name, its own or an alias,
// written in any case.
func FindGroupByName(name string) (Group, bool) {
	for _, group := range groups().rows {
		if slices.ContainsFunc(group.Aliases, func(alias string) bool { return strings.EqualFold(alias, name) }) {
			return group, true
		}
	}
	return Group{}, false
}

// Groups lists all, sorted by id.
func Groups() []Group { return slices.Clone(groups().rows) }

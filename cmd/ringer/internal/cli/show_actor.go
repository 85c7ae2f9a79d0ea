package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// shownActor is what `show ACTOR --json` prints.
type shownActor struct {
	Name string `json:"name"`
	// Group is the ATT&CK id, empty for an actor that ATT&CK does not know; Title the
	// group's name, or else the actor's.
	Group      string   `json:"group,omitempty"`
	Title      string   `json:"title,omitempty"`
	Aliases    []string `json:"aliases"`
	References []string `json:"references"`
	Behaviours []string `json:"behaviours"`
	Scenarios  []string `json:"scenarios"`
}

// libraryActors are the actors of the library's scenarios, sorted by name.
func libraryActors() []shownActor {
	byName := map[string]*shownActor{}
	var all []*shownActor
	for _, s := range libraryScenarios() {
		for _, actor := range s.Actors {
			found := byName[actor.Name.Text]
			if found == nil {
				found = describeActor(actor)
				byName[actor.Name.Text] = found
				all = append(all, found)
			}
			found.Scenarios = append(found.Scenarios, s.Name.Text)
			found.Aliases = addNew(found.Aliases, actor.Aliases)
			found.References = addNew(found.References, actor.References)
		}
	}
	out := make([]shownActor, len(all))
	for i, actor := range all {
		out[i] = *actor
	}
	slices.SortFunc(out, func(a, b shownActor) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func describeActor(actor scenario.Actor) *shownActor {
	out := &shownActor{Name: actor.Name.Text, Group: actor.Group.ID, Title: actor.Title(), Aliases: []string{}, References: []string{}, Behaviours: []string{}, Scenarios: []string{}}
	for _, alias := range actor.Group.Aliases {
		if alias != actor.Group.Name {
			out.Aliases = append(out.Aliases, alias)
		}
	}
	for _, b := range scenarios.Library().Behaviours() {
		if slices.Contains(b.Actors, out.Name) {
			out.Behaviours = append(out.Behaviours, b.Name)
		}
	}
	return out
}

// addNew adds those of the words that are not there yet.
func addNew(to, words []string) []string {
	for _, word := range words {
		if !slices.Contains(to, word) {
			to = append(to, word)
		}
	}
	return to
}

// otherNames are what the actor is called besides its name.
func (a shownActor) otherNames() []string { return append([]string{a.Group, a.Title}, a.Aliases...) }

// actorPage returns the page of an actor: who it is, and what the library has of it.
func actorPage(a shownActor) report.Page {
	page := report.Page{Title: a.Name}
	if a.Group != "" {
		page.Lead = fmt.Sprintf("%s (%s)", a.Title, a.Group)
		page.Add("ATT&CK", "https://attack.mitre.org/groups/"+a.Group+"/")
	}
	page.Add("also called", strings.Join(a.Aliases, ", "))
	page.Add("references", strings.Join(a.References, ", "))
	page.Add("behaviours", strings.Join(a.Behaviours, ", "))
	page.Add("scenarios", strings.Join(a.Scenarios, ", "))
	return page
}

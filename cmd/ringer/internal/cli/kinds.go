package cli

import (
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

// kind is a kind of item that list lists and show shows.
type kind struct {
	// name is the plural, by which list takes it; show takes the singular too.
	name, singular, title string
	// columns are shown beside the name; the last are cut if the line is too short.
	columns []string
	// rows are the items in a list; takesRules tells whether --rules can add some.
	rows       func(*command, itemFlags) ([]listRow, error)
	takesRules bool
	// items are what show finds by name.
	items func(*command, itemFlags) []item
}

// item is what show can show.
type item struct {
	kind, name string
	// also are further names; about says what it is, in a few words.
	also  []string
	about string
	// page describes it, as text and as a JSON document.
	page func() (report.Page, any, error)
	// source is the library's HCL of it, to start from; nil if there is none.
	source func() (string, error)
}

// kinds are all kinds. show takes what several are called for the first of them.
func kinds() []kind {
	return []kind{
		{"behaviours", "behaviour", "what a step can perform", []string{"technique", "phase", "assets"}, listBehaviours, false, behaviourItems},
		{"baselines", "baseline", "the ordinary days of an asset", []string{"assets", "title"}, listBaselines, false, baselineItems},
		{"assets", "asset", "the kinds of host", []string{"personas", "title"}, listAssets, false, assetItems},
		{"scenarios", "scenario", "the shipped library", []string{"steps", "title"}, fixed(listScenarios), false, scenarioItems},
		{"profiles", "profile", "the telemetry of carriers, for compare", []string{"title"}, fixed(listProfiles), false, profileItems},
		{"faults", "fault", "mistakes in running detectors, for compare", []string{"kind", "title"}, fixed(listFaults), false, faultItems},
		{"techniques", "technique", "those of ATT&CK that behaviours, steps or rules have", []string{"title", "counts", "tactics"}, (*command).listTechniques, true, techniqueItems},
		{"actors", "actor", "whom the library's steps are reported of", []string{"group", "title", "counts"}, fixed(listActors), false, actorItems},
		{"language", "language", "the words of the language of scenarios", []string{"kind", "title"}, fixed(listLanguage), false, languageItems},
		{"rules", "rule", "the Sigma rules, with those of --rules", []string{"id", "level", "title", "logsource"}, (*command).listRules, true, nil},
	}
}

func fixed(rows func() []listRow) func(*command, itemFlags) ([]listRow, error) {
	return func(*command, itemFlags) ([]listRow, error) { return rows(), nil }
}

// kindNamed finds a kind by its plural or singular.
func kindNamed(name string) (kind, bool) {
	for _, kind := range kinds() {
		if name == kind.name || name == kind.singular {
			return kind, true
		}
	}
	return kind{}, false
}

// kindNames are the plurals, as list takes them.
func kindNames() []string {
	var names []string
	for _, kind := range kinds() {
		names = append(names, kind.name)
	}
	return names
}

func behaviourItems(_ *command, flags itemFlags) []item {
	var all []item
	for _, b := range flags.vocabulary.Behaviours {
		all = append(all, item{
			kind: "behaviour", name: flags.called(b.Library, b.Name), also: []string{b.Library + "." + b.Name}, about: b.Summary,
			source: flags.source(b.Library, b.Name, "behaviour", "step"),
			page:   func() (report.Page, any, error) { return behaviourPage(b), b, nil },
		})
	}
	return all
}

func baselineItems(_ *command, flags itemFlags) []item {
	var all []item
	for _, b := range flags.vocabulary.Baselines {
		all = append(all, item{
			kind: "baseline", name: flags.called(b.Library, b.Name), also: []string{b.Library + "." + b.Name}, about: b.Summary,
			source: flags.source(b.Library, b.Name, "ordinary_day", "baseline"),
			page:   func() (report.Page, any, error) { return baselinePage(b), b, nil },
		})
	}
	return all
}

func assetItems(_ *command, flags itemFlags) []item {
	var all []item
	for _, kind := range flags.vocabulary.Kinds {
		all = append(all, item{kind: "asset", name: kind.Name, about: kind.Summary, source: flags.source(flags.libraryOf(kind), kind.Name, "host", "asset"), page: func() (report.Page, any, error) {
			page, shown := assetPage(kind, flags.vocabulary)
			return page, shown, nil
		}})
	}
	return all
}

func scenarioItems(c *command, flags itemFlags) []item {
	var all []item
	for _, s := range libraryScenarios() {
		all = append(all, item{
			kind: "scenario", name: s.Name.Text, about: s.Title, also: []string{libraryStem(s), s.Title, s.File},
			source: func() (string, error) {
				text, err := readShipped(s.File)
				return string(text), err
			},
			page: func() (report.Page, any, error) {
				rules, err := c.loadRules(flags.ruleFlags)
				if err != nil {
					return report.Page{}, nil, err
				}
				return scenarioPage(s), report.DescribeScenario(s, rules.idOf), nil
			},
		})
	}
	return all
}

func profileItems(*command, itemFlags) []item {
	var all []item
	for _, profile := range libraryConditions().Profiles {
		all = append(all, conditionItem("profile", profile.Name, profile.Title, profile.Range))
	}
	return all
}

func faultItems(*command, itemFlags) []item {
	var all []item
	for _, fault := range libraryConditions().Faults {
		all = append(all, conditionItem("fault", fault.Name, fault.Info().Title, fault.Range))
	}
	return all
}

func actorItems(*command, itemFlags) []item {
	var all []item
	for _, actor := range libraryActors() {
		all = append(all, item{
			kind: "actor", name: actor.Name, about: actor.Title, also: actor.otherNames(), source: shippedHCL(actor.Name, "actor"),
			page: func() (report.Page, any, error) { return actorPage(actor), actor, nil },
		})
	}
	return all
}

func languageItems(*command, itemFlags) []item {
	var all []item
	for _, word := range manual.Words() {
		all = append(all, item{kind: "language", name: word, about: "a word of the language", page: func() (report.Page, any, error) {
			page, shown := languagePage(word)
			return page, shown, nil
		}})
	}
	return all
}

func techniqueItems(c *command, flags itemFlags) []item {
	var all []item
	for _, technique := range attack.Current.Techniques() {
		also := []string{technique.Name}
		if technique.RevokedBy != "" || technique.Deprecated {
			also = nil // its name is that of what stands for it
		}
		asked := technique
		if attack.V18.Has(technique.ID) { // it may be in force there
			technique, _ = attack.Current.Technique(attack.Current.Counterparts(technique.ID)[0])
			if asked.Name != technique.Name {
				also = []string{asked.Name}
			}
		}
		all = append(all, item{kind: "technique", name: asked.ID, also: also, about: asked.Name, page: func() (report.Page, any, error) {
			rules, err := c.loadRules(flags.ruleFlags)
			if err != nil {
				return report.Page{}, nil, err
			}
			shown := describeTechnique(technique, rules.Evaluated())
			if asked.ID != technique.ID {
				shown.Asked, shown.AskedIn = asked.ID, attack.V18
			}
			return techniquePage(shown), shown, nil
		}})
	}
	return all
}

// libraryStem is the name of a scenario's file, if it can be run by that.
func libraryStem(s *scenario.Scenario) string {
	if name := stem(s.File); s.File == libraryFolder+"/"+name+".hcl" {
		return name
	}
	return ""
}

package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
	"github.com/ringer-lab/ringer/scenarios"
)

// shownTechnique is what `show TECHNIQUE --json` prints. What has a sub-technique is
// listed with the technique as well.
type shownTechnique struct {
	// Attack is the version of ATT&CK that all is of. If another id was asked for, Asked
	// is that one, and AskedIn the version that it is of.
	Attack    attack.Version `json:"attack"`
	Asked     string         `json:"asked,omitempty"`
	AskedIn   attack.Version `json:"asked_in,omitempty"`
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Tactics   []string       `json:"tactics"`
	Platforms []string       `json:"platforms"`
	URL       string         `json:"url"`
	// Parent is the technique that it is a sub-technique of; RevokedBy what stands for
	// it now; Was what stood for it in the earlier version, if that had other ids.
	Parent     string   `json:"parent,omitempty"`
	RevokedBy  string   `json:"revoked_by,omitempty"`
	Was        []string `json:"was,omitempty"`
	Deprecated bool     `json:"deprecated,omitempty"`
	Behaviours []string `json:"behaviours"`
	// Scenarios are those of the library with a step that has it.
	Scenarios []techniqueScenario `json:"scenarios"`
	Rules     []techniqueRule     `json:"rules"`
}

type techniqueScenario struct {
	Name  string   `json:"name"`
	Steps []string `json:"steps"`
}

type techniqueRule struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	short string
}

// describeTechnique says what a technique is, and what has it: behaviours, steps of the
// library, and rules.
func describeTechnique(technique attack.Technique, rules []*sigma.Rule) shownTechnique {
	out := shownTechnique{
		Attack: attack.Current, ID: technique.ID, Name: technique.Name, Tactics: technique.Tactics, Platforms: technique.Platforms, RevokedBy: technique.RevokedBy,
		Deprecated: technique.Deprecated, URL: "https://attack.mitre.org/techniques/" + strings.ReplaceAll(technique.ID, ".", "/") + "/",
		Behaviours: []string{}, Scenarios: []techniqueScenario{}, Rules: []techniqueRule{},
	}
	if parent := attack.Parent(technique.ID); parent != technique.ID {
		out.Parent = parent
	}
	if was := attack.V18.Counterparts(technique.ID); !slices.Contains(was, technique.ID) && technique.RevokedBy == "" {
		out.Was = was
	}
	has := func(id string) bool { return id == technique.ID || attack.Parent(id) == technique.ID }
	for _, b := range scenarios.Library().Behaviours() {
		if slices.ContainsFunc(append([]string{b.Technique}, b.Also...), has) {
			out.Behaviours = append(out.Behaviours, b.Name)
		}
	}
	for _, s := range libraryScenarios() {
		found := techniqueScenario{Name: s.Name.Text}
		for _, step := range s.Steps {
			if has(step.Technique) {
				found.Steps = append(found.Steps, step.Name.Text)
			}
		}
		if len(found.Steps) > 0 {
			out.Scenarios = append(out.Scenarios, found)
		}
	}
	short := rulename.ShortIDs(idsOf(rules))
	for _, rule := range rules {
		if slices.ContainsFunc(attack.Current.TechniquesOf(rule.Tags), has) {
			out.Rules = append(out.Rules, techniqueRule{rule.Ref(), rule.Title, short(rule.Ref())})
		}
	}
	slices.SortStableFunc(out.Rules, func(a, b techniqueRule) int { return strings.Compare(a.Title, b.Title) })
	return out
}

// named is a technique's id with its name.
func named(in attack.Version, id string) string {
	technique, _ := in.Technique(id)
	return id + " (" + technique.Name + ")"
}

func techniquePage(t shownTechnique) report.Page {
	page := report.Page{Title: t.ID, Lead: fmt.Sprintf("%s (%s)", t.Name, strings.Join(t.Tactics, ", "))}
	if t.Asked != "" {
		page.Add("asked for", fmt.Sprintf("%s of ATT&CK %s: this is what it became", named(t.AskedIn, t.Asked), t.AskedIn))
	}
	if t.RevokedBy != "" {
		page.Add("revoked", "now "+techniqueLine(t.RevokedBy))
	} else if t.Deprecated {
		page.Add("deprecated", "ATT&CK advises against it")
	}
	if t.Parent != "" {
		page.Add("part of", techniqueLine(t.Parent))
	}
	page.Add("platforms", strings.Join(t.Platforms, ", "))
	page.Add("ATT&CK", string(t.Attack)+", "+t.URL)
	if t.Was != nil {
		page.Add("before", fmt.Sprintf("%s in ATT&CK %s", strings.Join(t.Was, ", "), attack.V18))
	}
	page.Add("behaviours", cmp.Or(strings.Join(t.Behaviours, ", "), "none"))
	var scenarios, rules []string
	for _, s := range t.Scenarios {
		scenarios = append(scenarios, s.Name+": "+strings.Join(s.Steps, ", "))
	}
	for _, rule := range t.Rules {
		rules = append(rules, rule.short+"  "+rule.Title)
	}
	addLines(&page, "scenarios", scenarios, "none of the library")
	addLines(&page, "rules", rules, "none that is loaded")
	return page
}

// addLines adds a fact of several lines, or else what is said where there is none.
func addLines(page *report.Page, name string, lines []string, none string) {
	if len(lines) == 0 {
		lines = []string{none}
	}
	for _, line := range lines {
		page.Add(name, line)
		name = ""
	}
}

// listTechniques lists the techniques that behaviours, steps of the library or rules
// have.
func (c *command) listTechniques(flags itemFlags) ([]listRow, error) {
	rules, err := c.loadRules(flags.ruleFlags)
	if err != nil {
		return nil, err
	}
	c.warnBroken(rules)
	rows := map[string]*listRow{}
	count := func(id string, what func(*listRow) *int) {
		technique, known := attack.Current.Technique(id)
		if !known {
			return // a step that re-enacts has none
		}
		if rows[id] == nil {
			rows[id] = &listRow{Name: id, Title: technique.Name, Tactics: technique.Tactics, Attack: attack.Current}
		}
		*what(rows[id])++
	}
	for _, b := range scenarios.Library().Behaviours() {
		for _, id := range append([]string{b.Technique}, b.Also...) {
			count(id, func(row *listRow) *int { return &row.Behaviours })
		}
	}
	for _, s := range libraryScenarios() {
		for _, step := range s.Steps {
			count(step.Technique, func(row *listRow) *int { return &row.Steps })
		}
	}
	for _, rule := range rules.Evaluated() {
		for _, id := range attack.Current.TechniquesOf(rule.Tags) {
			count(id, func(row *listRow) *int { return &row.Rules })
		}
	}
	out := []listRow{}
	for _, technique := range attack.Current.Techniques() { // sorted
		if row := rows[technique.ID]; row != nil {
			out = append(out, *row)
		}
	}
	return out, nil
}

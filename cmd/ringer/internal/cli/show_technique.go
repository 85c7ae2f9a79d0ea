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
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Tactics   []string `json:"tactics"`
	Platforms []string `json:"platforms"`
	URL       string   `json:"url"`
	// Parent is the technique that it is a sub-technique of; RevokedBy what stands for
	// it now.
	Parent     string   `json:"parent,omitempty"`
	RevokedBy  string   `json:"revoked_by,omitempty"`
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
		ID: technique.ID, Name: technique.Name, Tactics: technique.Tactics, Platforms: technique.Platforms, RevokedBy: technique.RevokedBy,
		Deprecated: technique.Deprecated, URL: "https://attack.mitre.org/techniques/" + strings.ReplaceAll(technique.ID, ".", "/") + "/",
		Behaviours: []string{}, Scenarios: []techniqueScenario{}, Rules: []techniqueRule{},
	}
	if parent := attack.Parent(technique.ID); parent != technique.ID {
		out.Parent = parent
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
		if slices.ContainsFunc(techniquesOf(rule), has) {
			out.Rules = append(out.Rules, techniqueRule{rule.Ref(), rule.Title, short(rule.Ref())})
		}
	}
	slices.SortStableFunc(out.Rules, func(a, b techniqueRule) int { return strings.Compare(a.Title, b.Title) })
	return out
}

// techniquesOf are the ids of the techniques that a rule's tags name.
func techniquesOf(rule *sigma.Rule) []string {
	var ids []string
	for _, tag := range rule.Tags {
		if id, ok := strings.CutPrefix(strings.ToLower(tag), "attack.t"); ok && id != "" && id[0] >= '0' && id[0] <= '9' {
			ids = append(ids, "T"+id)
		}
	}
	return ids
}

func techniquePage(t shownTechnique) report.Page {
	page := report.Page{Title: t.ID, Lead: fmt.Sprintf("%s (%s)", t.Name, strings.Join(t.Tactics, ", "))}
	if t.RevokedBy != "" {
		page.Add("revoked", "now "+techniqueLine(t.RevokedBy))
	} else if t.Deprecated {
		page.Add("deprecated", "ATT&CK advises against it")
	}
	if t.Parent != "" {
		page.Add("part of", techniqueLine(t.Parent))
	}
	page.Add("platforms", strings.Join(t.Platforms, ", "))
	page.Add("ATT&CK", t.URL)
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
func (c *command) listTechniques(flags ruleFlags) ([]listRow, error) {
	rules, err := c.loadRules(flags)
	if err != nil {
		return nil, err
	}
	c.warnBroken(rules)
	rows := map[string]*listRow{}
	count := func(id string, what func(*listRow) *int) {
		technique, known := attack.FindTechnique(id)
		if !known {
			return // of another version of ATT&CK
		}
		if rows[id] == nil {
			rows[id] = &listRow{Name: id, Title: technique.Name, Tactics: technique.Tactics}
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
		for _, id := range techniquesOf(rule) {
			count(id, func(row *listRow) *int { return &row.Rules })
		}
	}
	out := []listRow{}
	for _, technique := range attack.Techniques() { // sorted
		if row := rows[technique.ID]; row != nil {
			out = append(out, *row)
		}
	}
	return out, nil
}

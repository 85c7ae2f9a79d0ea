package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/rulestate"
)

// RulesSchema is the JSON Schema (2020-12) of what RulesJSON writes.
//
//go:embed rules_schema.json
var RulesSchema []byte

// RulesJSON writes the states of rules as one document. It fails if w does.
func RulesJSON(w io.Writer, d rulestate.Document) error { return writeDocument(w, d) }

// The widths of the columns of rules: of a state, the most of an id that is not alone, and
// the least and most of a title.
const (
	stateColumn = 11
	mostID      = 9
	leastTitle  = 20
	mostTitle   = 60
)

var stateColors = map[rulestate.State]text.Color{
	rulestate.Noisy: unexpectedColor, rulestate.Untested: text.FgYellow, rulestate.Unreachable: text.Faint, rulestate.Proven: text.FgGreen,
}

// state writes words in the colour of a state.
func (s Style) state(of rulestate.State, words string) string {
	if !s.Color {
		return words
	}
	return paint(words, stateColors[of])
}

// Rules writes for a person a row for each rule and a line for each state. Rows are cut
// to that many columns. It fails if w does.
func Rules(w io.Writer, d rulestate.Document, style Style, columns int) error {
	var out strings.Builder
	id, title := 4, leastTitle
	for _, rule := range d.Rules {
		id = max(id, utf8.RuneCountInString(style.short(rule.ID)))
		title = max(title, utf8.RuneCountInString(rule.Title))
	}
	id = min(id, mostID) // a longer one moves the rest of its row
	title = min(title, mostTitle, max(leastTitle, (columns-stateColumn-id-3*len(gap))*2/5))
	for _, rule := range d.Rules {
		lead := padded(string(rule.State), stateColumn)
		rest := gap + padded(style.short(display.Line(rule.ID)), id) + gap + padded(cut(display.Line(rule.Title), title), title) + gap + display.Line(rule.Reason)
		out.WriteString(style.state(rule.State, lead) + style.encoded(strings.TrimRight(cut(rest, columns-stateColumn), " ")) + "\n")
	}
	if len(d.Rules) > 0 {
		out.WriteString("\n")
	}
	style.writeRuleSums(&out, d)
	_, err := io.WriteString(w, out.String())
	return err
}

func (s Style) writeRuleSums(out *strings.Builder, d rulestate.Document) {
	sum := d.Summary
	asked := fmt.Sprintf("never fired: %s asked, %s not", wereCount(sum.Untested-sum.NotAsked), wereCount(sum.NotAsked))
	for _, line := range []struct {
		state rulestate.State
		n     int
		means string
	}{
		{rulestate.Noisy, sum.Noisy, "alarm on an ordinary day: ringer tune ID proposes a filter"},
		{rulestate.Untested, sum.Untested, asked},
		{rulestate.Unreachable, sum.Unreachable, "no host has the log that they read"},
		{rulestate.Proven, sum.Proven, "fire where the effect was proven, on no ordinary day"},
	} {
		lead := fmt.Sprintf("%-*s %5d  ", stateColumn, line.state, line.n)
		out.WriteString(strings.Replace(s.Beside(lead, line.means), string(line.state), s.state(line.state, string(line.state)), 1))
	}
	out.WriteString(s.wrap(s.bold(Plural(sum.Rules, "rule"))+s.dim(fmt.Sprintf(", run %.8s of %s", d.ID, d.Started.UTC().Format("2006-01-02 15:04Z"))), 0))
	if d.Lab == "fake" {
		out.WriteString(s.wrap("Fake lab: nothing was performed, so nothing proves a rule.", 0))
	}
}

// mostNear is how many near misses a rule's page has.
const mostNear = 10

// RulePage describes all that recorded runs show of one rule.
func RulePage(rule rulestate.Rule) Page {
	near := rule.NearMisses
	page := Page{Title: display.Line(rule.Title), Lead: fmt.Sprintf("%s: %s", rule.State, rule.Reason)}
	page.Add("id", rule.ID)
	page.Add("level", rule.Level)
	page.Add("file", fmt.Sprintf("%s:%d", rule.File, rule.Line))
	page.Add("last changed", rule.Changed)
	page.Add("reads", sentences(rule.Sources))
	page.Add("counted by", strings.Join(rule.CountedBy, ", "))
	asked := "never"
	if rule.Asked > 0 {
		asked = fmt.Sprintf("%s, at %s", Plural(rule.Asked, "event"), placesCount(rule.AskedAt))
	}
	page.Add("asked", asked)
	if m := rule.Mutation; m != nil {
		said := fmt.Sprintf("%d of %d mutants change a verdict", m.Killed, m.Killed+m.Survived)
		page.Add("mutation score", cmp.Or(m.Unscored, said))
	}
	page.addLines("fires at", len(rule.Fires), func(i int) string {
		fire := rule.Fires[i]
		line := fmt.Sprintf("%s  %s on %s", fire.At, cmp.Or(fire.Technique, "no technique"), fire.Asset)
		if fire.Shape == event.EDR {
			line += " (edr)"
		}
		if len(fire.Stated) > 0 {
			line += ", on stated " + strings.Join(fire.Stated, ", ")
		}
		if fire.Unproven != "" {
			line += ": not proven, " + fire.Unproven
		}
		return line
	})
	page.addLines("alarms on", len(rule.Alarms), func(i int) string {
		alarm := rule.Alarms[i]
		return fmt.Sprintf("%s  %s on %s: %s", alarm.At, cmp.Or(alarm.Activity, alarm.Day), alarm.Asset, eventLine(alarm.Event))
	})
	page.addLines("near misses", min(len(near), mostNear), func(i int) string {
		return fmt.Sprintf("at %s, %s", near[i].At, near[i].Text())
	})
	if more := len(near) - mostNear; more > 0 {
		page.Add(" ", fmt.Sprintf("and at %d more places", more))
	}
	return page
}

// addLines adds a fact of that many lines.
func (t *Page) addLines(name string, n int, line func(i int) string) {
	for i := range n {
		t.Add(name, line(i))
		name = ""
	}
}

func placesCount(n int) string {
	if n == 1 {
		return "1 step or day"
	}
	return fmt.Sprintf("%d steps and days", n)
}

func sentences(sources []event.LogSource) string {
	var words []string
	for _, source := range sources {
		words = append(words, source.Sentence())
	}
	return strings.Join(words, " or ")
}

func wereCount(n int) string {
	if n == 1 {
		return "1 was"
	}
	return fmt.Sprintf("%d were", n)
}

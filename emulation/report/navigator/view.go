package navigator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// view is one of the layers.
type view struct {
	name, description string
	// ofGroups tells that it shows what ATT&CK lists for the actors' groups.
	ofGroups bool
	gradient gradient
	legend   []legend
	// mark says how a technique is shown; shown is false if it is not.
	mark func(evidence.Technique) (as mark, shown bool)
}

type mark struct {
	score   *int
	color   string
	comment string
}

// The colours can be told apart by those who see no red or green.
const (
	white  = "#ffffff"
	blue   = "#3b7dc4"
	purple = "#7a5fb0"
	green  = "#1f8a70"
	yellow = "#f2c14e"
	red    = "#c8412f"
	grey   = "#b5b5b5"
)

// mostGaps is how many gaps a comment names.
const mostGaps = 10

// gapsOf says what names a technique and does not perform it, and what is missing; empty
// if nothing does.
func gapsOf(t evidence.Technique) string {
	var all []string
	for _, gap := range t.Gaps[:min(len(t.Gaps), mostGaps)] {
		all = append(all, fmt.Sprintf("gap %s (%s): %s", gap.Place(), gap.Name(), gap.Because))
	}
	if more := len(t.Gaps) - mostGaps; more > 0 {
		all = append(all, fmt.Sprintf("and %d more gaps", more))
	}
	return strings.Join(all, "; ")
}

// joined are sentences of a comment, without those that are empty.
func joined(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), "; ")
}

var views = [...]view{
	{
		name: "reported", description: "Techniques that ATT&CK lists for the groups of the run's actors; the score counts the groups", ofGroups: true,
		gradient: gradient{[]string{white, blue}, 0, 3}, legend: []legend{{"listed for an actor of the run", blue}},
		mark: func(t evidence.Technique) (mark, bool) {
			return mark{score: new(len(t.Groups)), comment: "listed for " + strings.Join(t.Groups, ", ")}, len(t.Groups) > 0
		},
	},
	{
		name: "performed", description: "Techniques whose effect was proven by a step; the score counts the steps",
		gradient: gradient{[]string{white, purple}, 0, 5}, legend: []legend{{"performed", purple}, {"claimed by a step, effect not proven", grey}, {"named as a gap: nothing performs it", yellow}},
		mark: func(t evidence.Technique) (mark, bool) {
			switch {
			case len(t.Steps) == 0 && len(t.Gaps) == 0:
				return mark{}, false
			case len(t.Steps) == 0:
				return mark{color: yellow, comment: gapsOf(t)}, true
			case len(t.Performed) == 0:
				return mark{color: grey, comment: joined("effect not proven at "+strings.Join(t.Steps, ", "), gapsOf(t))}, true
			}
			return mark{score: new(len(t.Performed)), comment: joined("performed at "+strings.Join(t.Performed, ", "), gapsOf(t))}, true
		},
	},
	{
		name: "detected", description: "Techniques that were performed and of which an alert was expected; the score is the percentage of the alerts that came",
		gradient: gradient{[]string{red, yellow, green}, 0, 100}, legend: []legend{{"every expected alert came", green}, {"some came", yellow}, {"none came", red}},
		mark: func(t evidence.Technique) (mark, bool) {
			if t.Expected == 0 {
				return mark{}, false
			}
			score := 100 * t.Detected / t.Expected
			return mark{score: &score, comment: fmt.Sprintf("%d of %d expected alerts came", t.Detected, t.Expected)}, true
		},
	},
	{
		name: "blind", description: "Techniques that were performed and that nothing detected",
		gradient: gradient{[]string{yellow, red}, 0, 1}, legend: []legend{{"missed", red}, {"known not to be seen", yellow}, {"no alert is expected", grey}},
		mark: func(t evidence.Technique) (mark, bool) {
			if len(t.Performed) == 0 || t.Detected > 0 {
				return mark{}, false
			}
			at := " at " + strings.Join(t.Performed, ", ")
			switch {
			case t.Expected > 0:
				return mark{color: red, comment: "missed" + at}, true
			case t.Blind > 0:
				return mark{color: yellow, comment: "known not to be seen" + at}, true
			}
			return mark{color: grey, comment: "no alert is expected" + at}, true
		},
	},
}

package sarif

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// noRule is the rule of findings that no detection rule is about.
const noRule = "ringer/run"

// gapRule is the rule of what a scenario names and does not perform.
const gapRule = "ringer/gap"

// ruleList gathers the rules that findings refer to, in the order of the findings.
type ruleList struct {
	from  evidence.Run
	all   []rule
	place map[string]int
}

func newRules(from evidence.Run) *ruleList {
	return &ruleList{from: from, all: []rule{}, place: map[string]int{}}
}

// index is the place of a finding's rule.
func (r *ruleList) index(f evidence.Finding) int {
	id := cmp.Or(f.Rule, noRule)
	i, known := r.place[id]
	if !known {
		i = len(r.all)
		r.place[id] = i
		r.all = append(r.all, r.ruleOf(id, f))
	}
	return i
}

// gap is the place of the rule of gaps.
func (r *ruleList) gap() int {
	i, known := r.place[gapRule]
	if !known {
		i = len(r.all)
		r.place[gapRule] = i
		r.all = append(r.all, rule{
			ID: gapRule, Name: "NotPerformed",
			ShortDescription:     message{"A step that a scenario names and does not perform"},
			FullDescription:      message{"What was reported, or what a scenario was imported from, has this step, and nothing in the scenario performs it. The run says nothing of it."},
			Help:                 message{"Put a step in its place: `ringer list behaviours` shows what there is, and a behaviour of your own can be written in HCL."},
			DefaultConfiguration: configuration{"note"},
			Properties:           ruleProperties{Tags: []string{"detection"}},
		})
	}
	return i
}

// severities are the numbers that code scanning sorts by, by a rule's level.
var severities = map[string]string{"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.5", "informational": "0.5"}

func (r *ruleList) ruleOf(id string, f evidence.Finding) rule {
	if id == noRule {
		return rule{
			ID: id, Name: "RunNotJudged",
			ShortDescription:     message{"A step could not be judged"},
			FullDescription:      message{"A step or an asset broke, or its effect was not proven. What the step's silence or alerts would show is then not known."},
			Help:                 message{"Run the scenario again. If it fails in the same way, run `ringer doctor`."},
			DefaultConfiguration: configuration{"error"},
			Properties:           ruleProperties{Tags: []string{"detection"}},
		}
	}
	known := r.from.Rules[id]
	title := cmp.Or(known.Title, f.Title, id)
	tags := append([]string{"security", "detection"}, r.from.Attack().Tags(known.Tags)...)
	return rule{
		ID: id, Name: title,
		ShortDescription:     message{cut(title, maxDescription)},
		FullDescription:      message{cut(cmp.Or(known.Description, title), maxDescription)},
		Help:                 message{fmt.Sprintf("`ringer explain %s --at %s` shows the rule's condition on the events of the step.", id, f.Place())},
		DefaultConfiguration: configuration{"error"},
		Properties:           ruleProperties{Tags: slices.Clip(tags[:min(len(tags), maxTags)]), SecuritySeverity: severities[known.Level]},
	}
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/result"
)

// unexpectedRule is a rule with its unexpected alerts.
type unexpectedRule struct {
	id, title, level string
	given            int // 1 for a rule that the user gave
	days, attacks    int
	// activities are what set it off on ordinary days, and on which assets; event
	// describes one of the events that did.
	activities []string
	places     []string
	event      string
}

// levelsByWorry orders Sigma's levels, the most severe first.
var levelsByWorry = map[string]int{"critical": 1, "high": 2, "medium": 3, "low": 4, "informational": 5}

// unexpectedRules groups a run's unexpected alerts by rule: the user's own before
// ringer's, those on ordinary days before those in attacks, the most severe first.
func (s Style) unexpectedRules(run result.Run) []*unexpectedRule {
	var all []*unexpectedRule
	byID := map[string]*unexpectedRule{}
	for _, scenario := range run.Scenarios {
		for i, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for j, alert := range step.UnexpectedAlerts {
				rule := byID[alert.Rule]
				if rule == nil {
					rule = &unexpectedRule{id: alert.Rule, title: alert.Title, level: alert.Level}
					if s.rule(alert.Rule).Given {
						rule.given = 1
					}
					byID[alert.Rule] = rule
					all = append(all, rule)
				}
				var cause result.Cause
				if j < len(step.Causes) {
					cause = step.Causes[j]
				}
				rule.add(scenario.Name, step, cause, i < len(scenario.Baselines))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *unexpectedRule) int {
		return cmp.Or(cmp.Compare(b.given, a.given), cmp.Compare(min(b.days, 1), min(a.days, 1)), cmp.Compare(cmp.Or(levelsByWorry[a.level], 9), cmp.Or(levelsByWorry[b.level], 9)),
			cmp.Compare(b.days+b.attacks, a.days+a.attacks))
	})
	return all
}

func (r *unexpectedRule) add(scenario string, step result.Step, cause result.Cause, baseline bool) {
	if r.event == "" && len(cause.Event.Sources) > 0 {
		r.event = eventLine(cause.Event)
	}
	if !baseline {
		r.attacks++
		if place := scenario + "/" + step.ID; !slices.Contains(r.places, place) {
			r.places = append(r.places, place)
		}
		return
	}
	r.days++
	activity := cmp.Or(cause.Activity, step.ID) + " (" + step.Asset + ")"
	if !slices.Contains(r.activities, activity) {
		r.activities = append(r.activities, activity)
	}
}

// writeUnexpectedRules writes the rules with unexpected alerts, and what set each off.
func (s Style) writeUnexpectedRules(out *strings.Builder, run result.Run) {
	rules := s.unexpectedRules(run)
	if len(rules) == 0 {
		return
	}
	fmt.Fprintf(out, "%s  %s, %s      (--strict fails on them)\n", s.boldIn(unexpectedColor, "UNEXPECTED"), counted(len(rules), "rule"), counted(run.Summary.UnexpectedAlerts, "alert"))
	width, id := s.tableWidth(), 8
	for _, rule := range rules {
		id = max(id, utf8.RuneCountInString(s.short(rule.id)))
	}
	title := max(20, width-2-id-1-2-13-6-8)
	fmt.Fprintf(out, "  %-*s%-13s%6s%8s\n", id+1+title+2, "rule", "level", "days", "attacks")
	for _, rule := range rules {
		words := cut(rule.title, title)
		fmt.Fprintf(out, "  %-*s %s%s%-13s%6d%8d\n", id, s.short(rule.id), words, strings.Repeat(" ", title+2-len([]rune(words))),
			cmp.Or(rule.level, "-"), rule.days, rule.attacks)
		where := ""
		if len(rule.activities) > 0 {
			where = "on days: " + placesText(rule.activities)
		} else {
			where = "at " + placesText(rule.places)
		}
		out.WriteString("    " + cut(where, width-4) + "\n")
		if rule.event != "" {
			out.WriteString("    " + cut(rule.event, width-4) + "\n")
		}
	}
	out.WriteString("\n")
}

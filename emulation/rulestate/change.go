package rulestate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
)

// ChangeKind is what became different.
type ChangeKind string

// The kinds of change, what got worse first.
const (
	LostDetection   ChangeKind = "lost_detection"
	GainedAlarm     ChangeKind = "gained_alarm"
	GainedDetection ChangeKind = "gained_detection"
	LostAlarm       ChangeKind = "lost_alarm"
)

// Change is one thing that became different between two forms of a rule.
type Change struct {
	Kind  ChangeKind `json:"change"`
	Rule  string     `json:"rule"` // its id
	Title string     `json:"title"`
	// At is the place, as scenario/step.
	At string `json:"at"`
	// Reason explains it: what a lost detection lacks, on its nearest event; which
	// activity an alarm is on; what a detection is of.
	Reason string `json:"reason"`
}

// Compare lists what became different between two judgements of the same runs by
// different rules, what got worse first. Now is the detector of the second one.
func (r *Recording) Compare(before, after []Rule, now *detect.Sigma) []Change {
	var changes []Change
	for _, id := range idsOf(before, after) {
		was, is := Find(before, id), Find(after, id)
		add := func(kind ChangeKind, at, reason string) {
			changes = append(changes, Change{kind, id, cmp.Or(is.Title, was.Title), at, reason})
		}
		for _, fire := range was.Fires {
			if !slices.ContainsFunc(is.Fires, func(f Fire) bool { return f.At == fire.At }) {
				add(LostDetection, fire.At, r.whyNot(is, fire.At, now))
			}
		}
		for _, fire := range is.Fires {
			if !slices.ContainsFunc(was.Fires, func(f Fire) bool { return f.At == fire.At }) {
				add(GainedDetection, fire.At, fmt.Sprintf("%s on %s", cmp.Or(fire.Technique, fire.Behaviour), fire.Asset))
			}
		}
		for _, alarm := range was.Alarms {
			if !alarmsAt(is, alarm) {
				add(LostAlarm, alarm.At, activityText(alarm))
			}
		}
		for _, alarm := range is.Alarms {
			if !alarmsAt(was, alarm) {
				add(GainedAlarm, alarm.At, activityText(alarm))
			}
		}
	}
	order := []ChangeKind{LostDetection, GainedAlarm, GainedDetection, LostAlarm}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
	})
	return changes
}

// whyNot says what a rule lacks at a place.
func (r *Recording) whyNot(rule Rule, at string, detector *detect.Sigma) string {
	if rule.ID == "" {
		return "the rule is gone"
	}
	for _, near := range r.NearMisses(detector, rule) {
		if near.At == at {
			return near.Text()
		}
	}
	return "the rule is not asked of any event there: it reads " + sourcesText(rule.Sources)
}

func alarmsAt(rule Rule, alarm Alarm) bool {
	return slices.ContainsFunc(rule.Alarms, func(a Alarm) bool { return a.At == alarm.At && a.Activity == alarm.Activity })
}

// Find is the rule with that id; a zero one if there is none.
func Find(rules []Rule, id string) Rule {
	if at := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id }); at >= 0 {
		return rules[at]
	}
	return Rule{}
}

// idsOf lists the ids of rules, each once, in their order.
func idsOf(lists ...[]Rule) []string {
	var ids []string
	seen := map[string]bool{}
	for _, rules := range lists {
		for _, rule := range rules {
			if !seen[rule.ID] {
				seen[rule.ID] = true
				ids = append(ids, rule.ID)
			}
		}
	}
	return ids
}

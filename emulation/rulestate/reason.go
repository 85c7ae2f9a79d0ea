package rulestate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// namedAtMost is how many of several things a reason names.
const namedAtMost = 3

// stateOf returns the state of a rule, and why it is in it.
func (r *Recording) stateOf(rule Rule) (State, string) {
	switch {
	case len(rule.Alarms) > 0:
		return Noisy, alarmReason(rule)
	case rule.Proves():
		return Proven, fireReason(rule)
	case len(rule.Fires) > 0:
		return Untested, fmt.Sprintf("fired at %s, which proves nothing: %s", rule.Fires[0].At, rule.Fires[0].Unproven)
	case rule.Nearest != nil:
		return Untested, fmt.Sprintf("%d away at %s: %s", rule.Nearest.Distance, rule.Nearest.At, strings.Join(rule.Nearest.Changes, "; "))
	case rule.Asked > 0:
		return Untested, fmt.Sprintf("asked of %d events and never fired", rule.Asked)
	}
	kinds := r.kindsThatLog(rule.Sources)
	sources := sourcesText(rule.Sources)
	if len(kinds) == 0 {
		return Unreachable, "no host has a log of " + sources
	}
	return Untested, fmt.Sprintf("not asked: no event of %s here; %s can have one", sources, named(kinds))
}

func alarmReason(rule Rule) string {
	var activities []string
	for _, alarm := range rule.Alarms {
		activity := activityText(alarm)
		if !slices.Contains(activities, activity) {
			activities = append(activities, activity)
		}
	}
	return fmt.Sprintf("%s: %s", days(rule.Days()), named(activities))
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func fireReason(rule Rule) string {
	var places []string
	for _, fire := range rule.Fires {
		if fire.Unproven == "" {
			places = append(places, fire.At)
		}
	}
	return "fires at " + named(places)
}

// named lists the first of some names, and how many more there are.
func named(names []string) string {
	if len(names) <= namedAtMost {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:namedAtMost], ", "), len(names)-namedAtMost)
}

func sourcesText(sources []event.LogSource) string {
	if len(sources) == 0 {
		return "any kind"
	}
	return plan.FormatSources(sources)
}

// kindsThatLog names the kinds of host that can have an event of one of the log sources.
func (r *Recording) kindsThatLog(sources []event.LogSource) []string {
	var names []string
	for _, kind := range r.kinds {
		if r.logs(kind, sources) {
			names = append(names, kind.Name)
		}
	}
	return names
}

func (r *Recording) logs(kind asset.Kind, sources []event.LogSource) bool {
	return r.channels.CanAsk(kind, plan.Rule{Sources: sources})
}

func activityText(alarm Alarm) string {
	return fmt.Sprintf("%s (%s)", cmp.Or(alarm.Activity, alarm.Day), alarm.Asset)
}

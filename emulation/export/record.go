package export

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Run is what all records of a stream have in common.
type Run struct {
	// ID is the id of the run, a UUID; Lab the name of the lab that performed it.
	ID, Lab string
	// Version is ringer's.
	Version string
	// Replay says that the events are of a recording, and do not happen as they are
	// written.
	Replay bool
	// Shape is which fields of an event are written; the zero value is native. Shape
	// edr has all, and says which of them are joined. The alerts of the records must
	// be of this shape.
	Shape event.Shape
}

// Record is one event with what is known around it.
type Record struct {
	Event    event.Event
	Scenario string
	Host     Host
	// Baseline says that the event is of an ordinary day and not of a step. The
	// id of either is in the event's lineage.
	Baseline bool
	// Behaviour is the name of the behaviour or of the kind of ordinary day.
	Behaviour string
	// Technique is the ATT&CK id that the step claims; Attack is the ATT&CK
	// version that it is of, such as "18.1".
	Technique, Attack string
	Actor             Actor
	// Alerts are the rules that alerted on the event.
	Alerts []Rule
}

// Host is the asset that an event is of; its name is in the event's lineage.
type Host struct {
	// Name is the host name.
	Name     string
	Platform effect.Platform
	// Kind is the asset kind, such as "exchange".
	Kind string
}

// Actor is whose step it was; the zero value is nobody's.
type Actor struct {
	Name  string // the scenario's
	Group string // the ATT&CK id, such as G0027; empty if ATT&CK does not know it
	Title string // the group's name, or else the actor's
	// Aliases are further names that the scenario gives it, References the addresses of
	// what was reported of it.
	Aliases    []string
	References []string
}

// Rule is a rule that alerted on an event.
type Rule struct {
	ID, Title, Level string
	// File is the rule's file below the folder of its rules; it may be empty.
	File string
	// Events counts those that the alert rests on; 0 and 1 are this event alone.
	Events int
}

// worst is the most severe of the rules, of several the first.
func worst(rules []Rule) (found Rule, ok bool) {
	for _, rule := range rules {
		if !ok || sigma.LevelRank(rule.Level) > sigma.LevelRank(found.Level) {
			found, ok = rule, true
		}
	}
	return found, ok
}

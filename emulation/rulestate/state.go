package rulestate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// State is what recorded runs show of a rule, in a word.
type State string

// The states. A rule that never fired is not a failed one: it is untested.
const (
	// Noisy is a rule that alarms on an ordinary day, whatever else it does.
	Noisy State = "noisy"
	// Untested is a rule that was asked and never fired, or that was not asked because
	// these runs left no event that it reads.
	Untested State = "untested"
	// Unreachable is a rule that reads a log source which no kind of host has.
	Unreachable State = "unreachable"
	// Proven is a rule that fired at a step whose effect was proven, on events that were
	// observed, and on no ordinary day.
	Proven State = "proven"
)

// States lists all, those that want attention first.
func States() []State { return []State{Noisy, Untested, Unreachable, Proven} }

// rank is the place of the state in [States].
func (s State) rank() int { return slices.Index(States(), s) }

// Rule is what recorded runs show of one rule.
type Rule struct {
	// ID is what alerts call it: its id, or else its name or title.
	ID    string `json:"id"`
	Title string `json:"title"`
	Level string `json:"level,omitempty"`
	// File and Line are where it stands.
	File string `json:"file"`
	Line int    `json:"line"`
	// Changed is the day on which it was last changed, as it says itself: its
	// "modified", or else its "date".
	Changed string `json:"changed,omitempty"`
	// Tags are its own.
	Tags []string `json:"tags"`
	// Sources are the log sources that it reads.
	Sources []event.LogSource `json:"log_sources"`
	State   State             `json:"state"`
	// Reason says in a sentence why it is in that state.
	Reason string `json:"reason"`
	// Fires are the steps that it fires on, Alarms the ordinary days.
	Fires  []Fire  `json:"fires"`
	Alarms []Alarm `json:"alarms"`
	// Asked counts the events that it was asked of, AskedAt the steps and ordinary days
	// that left them.
	Asked   int `json:"asked"`
	AskedAt int `json:"asked_at"`
	// Nearest is how near a rule that never fired came to it; nil where it was not asked.
	Nearest *NearMiss `json:"nearest,omitempty"`
	// NearMisses are how near it came at each place at which it was asked and did not
	// fire, the nearest first; [Recording.NearMisses] finds them, of one rule at a time.
	NearMisses []NearMiss `json:"near_misses,omitempty"`
	// CountedBy are the correlations that count it and alert in its place.
	CountedBy []string `json:"counted_by,omitempty"`
	// Mutation is its mutation score, where that was asked for and something is expected
	// of it.
	Mutation *MutationScore `json:"mutation,omitempty"`
}

// Fire is a step that a rule fires on.
type Fire struct {
	// At is the place, as scenario/step.
	At        string      `json:"at"`
	Behaviour string      `json:"behaviour"`
	Technique string      `json:"technique,omitempty"`
	Asset     string      `json:"asset"`
	Shape     event.Shape `json:"shape"` // the plainer one in which it fires
	Alerts    int         `json:"alerts"`
	// Unproven says why the alerts prove nothing; empty if they do.
	Unproven string `json:"unproven,omitempty"`
	// Stated are the fields without which it could not have fired and whose values nobody
	// observed, but the behaviour's author wrote; [Recording.AddStated] finds them, of one
	// rule at a time.
	Stated []string `json:"stated,omitempty"`
}

// Alarm is an ordinary activity that a rule alarms on.
type Alarm struct {
	// At is the place, as scenario/baseline.
	At  string `json:"at"`
	Day string `json:"day"` // the kind of ordinary day
	// Activity is which of the day's activities it was; empty where that cannot be told.
	Activity string      `json:"activity,omitempty"`
	Asset    string      `json:"asset"`
	Shape    event.Shape `json:"shape"`
	Alerts   int         `json:"alerts"`
	// EventID is the event that completed the first alert, Event that event.
	EventID string      `json:"event"`
	Event   event.Event `json:"-"`
}

// NearMiss is how near a rule came to firing at a place, as scenario/step.
type NearMiss struct {
	At string `json:"at"`
	detect.NearMiss
}

// Text says on which event, how far away the rule was and what would have to change.
func (n NearMiss) Text() string {
	return fmt.Sprintf("%d away on %s: %s", n.Distance, n.Event, strings.Join(n.Changes, "; "))
}

// MutationScore is how many of a rule's mutants change a verdict.
type MutationScore struct {
	Killed   int `json:"killed"`
	Survived int `json:"survived"`
	// Unscored says why there is no score; empty if there is one.
	Unscored string `json:"unscored,omitempty"`
}

// Proves reports whether some fire proves the rule.
func (r Rule) Proves() bool {
	return slices.ContainsFunc(r.Fires, func(f Fire) bool { return f.Unproven == "" })
}

// Reads reports whether the rule is asked of an event.
func (r Rule) Reads(e event.Event) bool {
	return slices.ContainsFunc(r.Sources, func(read event.LogSource) bool { return slices.ContainsFunc(e.Sources, read.Contains) })
}

// Days counts the ordinary days that the rule alarms on.
func (r Rule) Days() int {
	days := map[string]bool{}
	for _, alarm := range r.Alarms {
		days[alarm.At] = true
	}
	return len(days)
}

package detect

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Detector turns events into alerts.
type Detector interface {
	// Name is the word in `expect "<name>"`.
	Name() string
	// Detect gives the alerts on events that are in the order of time, each
	// given in that shape. An error means that the detector could not be asked,
	// or that ctx ended.
	Detect(ctx context.Context, events []event.Event, shape event.Shape) ([]Alert, error)
	// Explain says why a rule fired on one of these events, or did not: what it
	// found on the nearest of them.
	Explain(rule string, events []event.Event, shape event.Shape) Explanation
	// Asked counts those of the events that a rule is asked of in that shape:
	// where it is none, the rule could not have alerted. A rule that rests on
	// others, as a correlation does, is asked of what one of those is asked of.
	Asked(rule string, events []event.Event, shape event.Shape) int
	// Nearest says how near a rule that raised no alert came to one; ok is false
	// if it was asked of none of the events.
	Nearest(rule string, events []event.Event, shape event.Shape) (near NearMiss, ok bool)
}

// NearMiss is how near a rule came to an alert that it did not raise.
type NearMiss struct {
	// Event is the id of the nearest event, of several the first.
	Event string `json:"event"`
	// Distance is how many predicates would have had to differ on it, 1 or more;
	// Changes says each in a sentence.
	Distance int      `json:"distance"`
	Changes  []string `json:"changes"`
	// Correlation is the condition of a rule about several events: the distance
	// is then that of one more matching event, which alone need not fulfil it.
	Correlation string `json:"correlation,omitempty"`
}

// Explanation is why a rule fired, or did not.
type Explanation struct {
	// Text is for a terminal.
	Text string
	// Mismatches are the events that the rule was asked of, the nearest first.
	Mismatches []Mismatch
}

// Mismatch is an event that a rule did not fire on, and the least that would have
// had to differ, a sentence each.
type Mismatch struct {
	Event   event.Event
	Changes []string
}

// Alert is one rule's alert.
type Alert struct {
	Detector string      `json:"detector"`
	Rule     string      `json:"rule"`
	Title    string      `json:"title"`
	Level    string      `json:"level,omitempty"`
	Tags     []string    `json:"tags,omitempty"`
	Shape    event.Shape `json:"shape"`
	// Events are the ids of the events it rests on, the newest last.
	Events []string `json:"events"`
}

// Newest is the id of the event that brought the alert about.
func (a Alert) Newest() string { return a.Events[len(a.Events)-1] }

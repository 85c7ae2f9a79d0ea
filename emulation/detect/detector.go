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
	// given in that shape.
	Detect(ctx context.Context, events []event.Event, shape event.Shape) ([]Alert, error)
	// Explain says why a rule fired on one of these events, or did not: what it
	// found on the nearest of them.
	Explain(rule string, events []event.Event, shape event.Shape) Explanation
}

// Explanation is why a rule fired, or did not.
type Explanation struct {
	// Text is for a terminal.
	Text string
	// On are the events that the rule was asked of, the nearest first.
	On []Wanting
}

// Wanting is an event that a rule did not fire on, and the least that would have
// had to differ, a sentence each.
type Wanting struct {
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

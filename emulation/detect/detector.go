package detect

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Detector turns events into alerts.
type Detector interface {
	// Name is the detector's name in `expect "<name>"`.
	Name() string
	// Detect returns the alerts on events, which must be sorted by time, each in that
	// shape. An error means that the detector could not be asked, or that ctx ended.
	Detect(ctx context.Context, events []event.Event, shape event.Shape) ([]Alert, error)
	// Explain says why a rule fired on one of these events, or what the nearest of
	// them lacks.
	Explain(rule string, events []event.Event, shape event.Shape) Explanation
	// Asked returns how many of the events a rule is asked of in that shape. If it is
	// 0, the rule could not have alerted. A correlation is asked of what the rules
	// that it refers to are asked of.
	Asked(rule string, events []event.Event, shape event.Shape) int
	// Nearest returns how near a silent rule came to an alert; ok is false if it was
	// asked of none of the events.
	Nearest(rule string, events []event.Event, shape event.Shape) (near NearMiss, ok bool)
}

// NearMiss is how near a rule came to an alert that it did not raise.
type NearMiss struct {
	// Event is the id of the nearest event, the first of several.
	Event string `json:"event"`
	// Distance is how many predicates would have had to differ on the event, 1 or
	// more; Changes describes each in a sentence.
	Distance int      `json:"distance"`
	Changes  []string `json:"changes"`
	// Correlation is the condition of a rule on several events. The distance is then
	// that of one more matching event, which may not be enough.
	Correlation string `json:"correlation,omitempty"`
}

// Explanation is why a rule fired, or did not.
type Explanation struct {
	// Text is the explanation for a terminal.
	Text string
	// Mismatches are the events that the rule was asked of, the nearest first.
	Mismatches []Mismatch
}

// Mismatch is an event that a rule did not fire on, with the least changes that would
// have made it fire, a sentence each.
type Mismatch struct {
	Event   event.Event
	Changes []string
}

// Alert is one alert of a rule.
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

// Newest returns the id of the event that completed the alert.
func (a Alert) Newest() string { return a.Events[len(a.Events)-1] }

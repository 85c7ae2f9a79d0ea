package hunt

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Record is an event with what the store must know beside it.
type Record struct {
	Event event.Event
	// Host is what its host is called, such as OPS02.
	Host string
	// Origin is the truth about it. Its event, asset and step are those of the event's
	// id and lineage where they are not set.
	Origin Origin
	// Parent is the key of the acting process's parent on its host, as the lineage has that
	// of the process; 0 is none.
	Parent uint64
}

// Origin is where an event comes from: nothing that a trainee may know.
type Origin struct {
	// Scenario, Asset and Step are names and ids of the plan; Step is that of a step or of
	// an ordinary day.
	Scenario string `json:"scenario"`
	Asset    string `json:"asset"`
	Step     string `json:"step"`
	// Event is the event's id in the run.
	Event string `json:"event"`
	// Ordinary tells an event of an ordinary day from one of a step.
	Ordinary bool `json:"ordinary,omitempty"`
	// Repeated counts the repetitions of an ordinary day from 1; it is 0 for an event as
	// it was recorded.
	Repeated int `json:"repeated,omitempty"`
}

// View is an event as trainees see it.
type View struct {
	// ID is opaque: it says nothing but which event is meant.
	ID   string    `json:"id"`
	Time time.Time `json:"time"` // virtual, UTC
	Host string    `json:"host"`
	// Source is the log source in a word; Sources are all that it is of.
	Source  string            `json:"source"`
	Sources []event.LogSource `json:"sources"`
	// Summary is the event in one line.
	Summary string  `json:"summary"`
	Fields  []Field `json:"fields"` // sorted by name
}

// Field is a field of an event. Most have one value; a list has several.
type Field struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

package event

import (
	"time"
)

// Event is one telemetry record as a log source would have written it.
type Event struct {
	// ID is unique within a run: the asset's name and a running number.
	ID string `json:"id"`
	// Time is virtual: the scenario's start, plus the step's `at`, plus what
	// really passed within the step.
	Time time.Time `json:"time"`
	// Sources are the Sigma log sources the record belongs to; Sysmon's event 1
	// is of category process_creation and of service sysmon.
	Sources []LogSource `json:"sources"`
	// Fields are those that the log source itself writes (shape native).
	Fields map[string]any `json:"fields"`
	// Joined are further fields of the acting process, by lineage (shape edr). Events
	// share the map: it must not be changed.
	Joined map[string]any `json:"joined,omitempty"`
	// Provenance is that of all fields but those in FieldProvenance.
	Provenance      Provenance            `json:"provenance"`
	FieldProvenance map[string]Provenance `json:"field_provenance,omitempty"`
	Lineage         Lineage               `json:"lineage"`
}

// Lineage says where an event comes from. Every process descends from the step
// that caused it, so this is known, not guessed from time.
type Lineage struct {
	Asset string `json:"asset"`
	// Step is the id of the step or baseline.
	Step string `json:"step"`
	// Process is the acting process's key on the asset.
	Process uint64 `json:"process"`
	// Seen are the numbers of the observations it was made of.
	Seen []uint64 `json:"seen"`
}

// Shaped returns the fields that a detector is given in that shape. The map must
// not be changed.
func (e *Event) Shaped(s Shape) map[string]any {
	if s != EDR || len(e.Joined) == 0 {
		return e.Fields
	}
	all := make(map[string]any, len(e.Fields)+len(e.Joined))
	for k, v := range e.Joined {
		all[k] = v
	}
	for k, v := range e.Fields {
		all[k] = v
	}
	return all
}

// Shape says which fields of an event a detector is given.
type Shape string

// The shapes. Both come from one run.
const (
	// Native has only the fields that the named log source writes.
	Native Shape = "native"
	// EDR is the same, joined with fields of the acting process by lineage.
	EDR Shape = "edr"
)

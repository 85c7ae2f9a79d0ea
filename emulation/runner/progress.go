package runner

import "time"

// Phase is where an asset or a step stands.
type Phase string

// The phases, in order.
const (
	Opening    Phase = "opening"
	Open       Phase = "open"
	Performing Phase = "performing"
	Performed  Phase = "performed"
	Closed     Phase = "closed"
)

// Progress is one thing that has just happened.
type Progress struct {
	Scenario string
	Asset    string
	// Step is empty where the asset itself is meant.
	Step  string
	Phase Phase
	// Took is set for Open and Performed.
	Took time.Duration
	// Proven tells, for Performed, whether the effect came about.
	Proven bool
	// Skipped says, for Performed, why nothing was.
	Skipped string
	// Err is set if it broke.
	Err error
}

// Observer is told of progress, from several goroutines at once.
type Observer func(Progress)

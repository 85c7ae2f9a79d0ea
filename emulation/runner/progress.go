package runner

import "time"

// Phase is how far an asset or a step is.
type Phase string

// The phases, in order.
const (
	Opening    Phase = "opening"
	Open       Phase = "open"
	Performing Phase = "performing"
	Performed  Phase = "performed"
	Closed     Phase = "closed"
)

// Progress is one change of phase.
type Progress struct {
	Scenario string
	Asset    string
	// Step is empty if the phase is the asset's.
	Step  string
	Phase Phase
	// Took is set for Open and Performed.
	Took time.Duration
	// Proven is, for Performed, whether the effect came about.
	Proven bool
	// Skipped is, for Performed, why nothing was performed.
	Skipped string
	// Err is what broke the asset or the step; nil if nothing did.
	Err error
}

// Observer is called for each [Progress], from several goroutines at once.
type Observer func(Progress)

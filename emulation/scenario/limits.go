package scenario

import "github.com/ringer-lab/ringer/emulation/bounded"

// The limits keep a scenario from exhausting the machine that runs it: each asset is
// a container of up to 256 MiB, and all of a scenario run at once; a thousand steps
// take minutes. No scenario written by hand comes near them.
const (
	// MaxAssets and MaxSteps are how many of them a scenario may have; of gaps as many as
	// of steps.
	MaxAssets = 32
	MaxSteps  = 2000
	// MaxSource is how many bytes a file may have, MaxNesting how deep brackets and
	// operators may be nested.
	MaxSource  = bounded.MaxSource
	MaxNesting = bounded.MaxNesting
	// MaxValue is the largest size of a value in bytes: forty locals, each twice the
	// one before, would use up all memory.
	MaxValue = bounded.MaxValue
	// MaxTotal is the largest size in bytes of all that a scenario's expressions make: a
	// loop in a loop in a loop would never end.
	MaxTotal = bounded.MaxTotal
)

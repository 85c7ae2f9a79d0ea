package ship

import (
	"context"
	"fmt"
	"time"
)

// Destination takes entries.
type Destination interface {
	// Send hands over a batch and returns what became of each entry, in their order.
	// If it fails nothing is known of any: with a *RetryError it may go well later; with
	// a *SplitError the batch is too large for the other side; with anything else it
	// never will.
	Send(ctx context.Context, batch []Entry) ([]Outcome, error)
	// Guarantee is what can be said of what arrives.
	Guarantee() Guarantee
	// Close ends it; twice is fine. It fails if something cannot be closed.
	Close() error
}

// Resumable is a destination that keeps something between processes, with the position
// in the spool: how far it is with the batch that is not settled.
type Resumable interface {
	Destination
	// Cursor is what is to be kept; "" is nothing.
	Cursor() string
	// Resume is told what was kept. It fails if that cannot be used.
	Resume(cursor string) error
	// OnCursor sets what is called, during Send, when the cursor must be kept at once.
	OnCursor(keep func() error)
}

// Outcome is what became of an entry.
type Outcome struct {
	Fate Fate
	// Reason says why it was refused, or why it must be sent again.
	Reason string
}

// Fate is how an entry ended.
type Fate int

// The fates. The zero value is an entry that must be sent again.
const (
	Again Fate = iota
	Delivered
	// Already is an entry that the destination had, which it says by the entry's id.
	Already
	Refused
)

// Guarantee says how often an entry arrives that counts as delivered.
type Guarantee string

// The guarantees.
const (
	// Once is of a destination that knows an entry by its id, or by where it stands.
	Once Guarantee = "exactly once"
	// AtLeastOnce is of one that confirms, but takes an entry twice if the confirmation
	// was lost.
	AtLeastOnce Guarantee = "at least once"
	// AtMostOnce is of one that confirms nothing.
	AtMostOnce Guarantee = "at most once"
)

// RetryError says that a batch was not taken, and may be later.
type RetryError struct {
	// After is how long the destination asks to wait; 0 says nothing.
	After time.Duration
	Err   error
}

// Error is what happened.
func (e *RetryError) Error() string { return e.Err.Error() }

// Unwrap returns the error of what happened.
func (e *RetryError) Unwrap() error { return e.Err }

// SplitError says that a batch is too large for the destination.
type SplitError struct{ Err error }

// Error is what the destination says.
func (e *SplitError) Error() string { return e.Err.Error() }

// Unwrap returns the error that the destination tells.
func (e *SplitError) Unwrap() error { return e.Err }

// AllOf is one outcome for each of so many entries.
func AllOf(n int, outcome Outcome) []Outcome {
	out := make([]Outcome, n)
	for i := range out {
		out[i] = outcome
	}
	return out
}

// Counts are how many entries there were. Made is the sum of Delivered, Refused, Dropped
// and Waiting.
type Counts struct {
	Made uint64 `json:"made"`
	// Delivered are those that the destination took; Already those of them that it had.
	Delivered uint64 `json:"delivered"`
	Already   uint64 `json:"already"`
	// Refused are those that the destination will never take, by reason.
	Refused map[string]uint64 `json:"refused"`
	// Dropped are those for which there was no room, as the spool was full.
	Dropped uint64 `json:"dropped"`
	// Waiting are those in the spool.
	Waiting uint64 `json:"waiting"`
}

// AllRefused is how many were refused, whatever the reason.
func (c Counts) AllRefused() uint64 {
	n := uint64(0)
	for _, of := range c.Refused {
		n += of
	}
	return n
}

// Check returns an error if the counts do not add up, which they always must.
func (c Counts) Check() error {
	if sum := c.Delivered + c.AllRefused() + c.Dropped + c.Waiting; sum != c.Made || c.Already > c.Delivered {
		return fmt.Errorf("the counts of shipped events do not add up: %d made, but %d delivered, refused, dropped or waiting", c.Made, sum)
	}
	return nil
}

package logevent

import (
	"fmt"
	"time"
)

// Event is one record of a log.
type Event struct {
	// LogSources are all the event belongs to; a rule applies if its log source
	// contains one of them. Nil means the log source is not checked; a list of none
	// that it is not known, and no rule applies.
	LogSources []LogSource
	// Fields are flat or nested: string, bool, numbers, json.Number, nil,
	// []any and map[string]any.
	Fields map[string]any
	// Time is when the event happened; correlations go by it.
	Time time.Time
	// Raw is the line the event was read from, if there is one. Keywords search
	// it too.
	Raw string
}

// LineError is a record that could not be read. Reading may go on.
type LineError struct {
	Line int // where the record starts
	Err  error
}

// Error is "line N: …".
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap is the error that the record was skipped for.
func (e *LineError) Unwrap() error { return e.Err }

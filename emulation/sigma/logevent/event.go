package logevent

import (
	"time"
)

// Event is one record of a log.
type Event struct {
	// LogSources are all the event belongs to; a rule applies if its log source
	// contains one of them. Nil means the log source is not checked.
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

package asset

import "github.com/ringer-lab/ringer/emulation/event"

// LogSource is a log that a host keeps besides those of its platform. What stands in it
// is its writer's own statement.
type LogSource struct {
	// Source is how rules name it.
	Source event.LogSource
	// File is the platform path of the file that programs append to, a record a line.
	File string
	// Format is that of a record, as package logformat names it.
	Format string
	// Columns are the fields of a record in csv, and Separator what is between them: a
	// comma where it is empty.
	Columns   []string
	Separator string
	// Pattern is the regular expression of a record in regex: its named groups are fields.
	Pattern string
	// Fields give the fields of a record other names in events.
	Fields map[string]string
}

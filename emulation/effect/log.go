package effect

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Log adds a record to a channel's log, as its provider does through the event
// log service.
type Log struct {
	Channel string             `json:"channel"`
	Record  artifact.LogRecord `json:"record"`
}

func (Log) Kind() string        { return "log" }
func (l Log) Touches() []string { return []string{artifact.EventLogFile(l.Channel)} }
func (l Log) String() string    { return fmt.Sprintf("write record %d to %s", l.Record.ID, l.Channel) }

// Perform makes the log if the host has none. It returns an error if the log cannot be
// written.
func (l Log) Perform(in Executor) error {
	return writeFile(in.Tree, artifact.EventLogFile(l.Channel), l.Record.Encode(), 0o644, true)
}

// Traces is the record added to the log.
func (l Log) Traces() []Trace {
	return []Trace{{Kind: TraceAppend, Path: artifact.EventLogFile(l.Channel)}}
}

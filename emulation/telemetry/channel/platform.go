package channel

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Platform is all that the translation needs of one platform.
type Platform struct {
	// Channels are the log sources that a host of the platform can have, by name.
	Channels []Channel
	// Join gives the fields of an acting process that shape edr adds to a record.
	Join func(Host, *Process) map[string]any
	// CommandLine is how the platform writes an argument vector as one text.
	CommandLine func(argv []string) string
	// StatedFields names the fields that repeat what a behaviour's author wrote of a
	// process or program: nobody logged on to the account, and nobody compiled the
	// version resource. A name means the same in every record of the platform, the
	// joined fields included.
	StatedFields []string
	// LogFile gives the file of the host in which records of a log source stand; it
	// is empty where the host keeps none of its kind.
	LogFile func(event.LogSource) string
}

// Registry gathers the channels of one platform. The zero value is empty and ready.
type Registry struct{ channels []Channel }

// Register adds a channel, as each file of a channel does at start. It panics if the
// name is taken or the channel declares no records: a mistake in the program.
func (r *Registry) Register(c Channel) Channel {
	if slices.ContainsFunc(r.channels, func(other Channel) bool { return other.Name == c.Name }) {
		panic("telemetry: two channels named " + c.Name)
	}
	if c.Expect == nil {
		panic("telemetry: channel " + c.Name + " does not declare what it must write")
	}
	r.channels = append(r.channels, c)
	return c
}

// Channels returns the registered channels, sorted by name.
func (r *Registry) Channels() []Channel {
	return slices.SortedFunc(slices.Values(r.channels), func(a, b Channel) int { return cmp.Compare(a.Name, b.Name) })
}

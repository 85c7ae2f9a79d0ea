package channel

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ExpectedRecord is a record that a channel must write of an activity. One field
// tells it from other records of its source; where Field is empty any record of the
// source matches.
type ExpectedRecord struct {
	Source event.LogSource
	Field  string
	Value  any
}

// ExpectEventID returns the record of a Windows log with that event id.
func ExpectEventID(source event.LogSource, id int) ExpectedRecord {
	return ExpectedRecord{source, "EventID", id}
}

// Matches reports whether an event is the expected record.
func (d ExpectedRecord) Matches(e *event.Event) bool {
	return slices.Contains(e.Sources, d.Source) && (d.Field == "" || e.Fields[d.Field] == d.Value)
}

func (d ExpectedRecord) String() string {
	if d.Field == "" {
		return "record"
	}
	return fmt.Sprintf("%s %v", d.Field, d.Value)
}

// ExpectWhen expects the records of each activity for which the condition holds; it
// keeps no state.
func ExpectWhen(holds func(Host, Activity) bool, expected ...ExpectedRecord) func(Host) func(Activity) []ExpectedRecord {
	return func(h Host) func(Activity) []ExpectedRecord {
		return func(a Activity) []ExpectedRecord {
			if holds(h, a) {
				return expected
			}
			return nil
		}
	}
}

// ExpectNone expects no record: the channel is absent on the host.
func ExpectNone(Activity) []ExpectedRecord { return nil }

// ProcessStarts reports whether a program starts; one that stands for a program
// already running does not.
func ProcessStarts(_ Host, a Activity) bool {
	return a.Kind == event.Exec && !a.Actor.Resident && a.PlatformPath != ""
}

// ProcessEnds reports whether a program ends; one that stands for a program already
// running does not.
func ProcessEnds(_ Host, a Activity) bool {
	return a.Kind == event.Exit && !a.Actor.Resident && a.Actor.Image != ""
}

// ConnectionMade reports whether a connection over a network was made.
func ConnectionMade(_ Host, a Activity) bool {
	return (a.Kind == event.Connect || a.Kind == event.Accept) && a.Socket != nil && a.Socket.Protocol != "unix"
}

// NameQueried reports whether DNS was asked for a name.
func NameQueried(_ Host, a Activity) bool {
	return a.Kind == event.Send && a.Socket != nil && a.Socket.Remote.Port() == 53
}

// OpenedForWriting reports whether a file was opened for writing.
func OpenedForWriting(a Activity) bool {
	return a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate
}

// ExpectLogLines expects a record of the source for each line that a daemon adds to
// one of the files.
func ExpectLogLines(source event.LogSource, files ...string) func(Host) func(Activity) []ExpectedRecord {
	return func(h Host) func(Activity) []ExpectedRecord {
		var logs []*GrowingFile
		for _, file := range files {
			logs = append(logs, &GrowingFile{Path: file, Content: h.Asset.Content(file)})
		}
		return func(a Activity) []ExpectedRecord {
			var all []ExpectedRecord
			for _, log := range logs {
				for range log.Added(a, func(by *Process) bool { return by.Resident }) {
					all = append(all, ExpectedRecord{Source: source})
				}
			}
			return all
		}
	}
}

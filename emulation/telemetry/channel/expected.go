package channel

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ExpectedRecord is a record that a channel must write of an activity. It is told from others
// by one field; where that is empty any record of the source will do.
type ExpectedRecord struct {
	Source event.LogSource
	Field  string
	Value  any
}

// ExpectEventID is a record of Windows by its number.
func ExpectEventID(source event.LogSource, id int) ExpectedRecord {
	return ExpectedRecord{source, "EventID", id}
}

// Matches reports whether an event is that record.
func (d ExpectedRecord) Matches(e *event.Event) bool {
	return slices.Contains(e.Sources, d.Source) && (d.Field == "" || e.Fields[d.Field] == d.Value)
}

func (d ExpectedRecord) String() string {
	if d.Field == "" {
		return "record"
	}
	return fmt.Sprintf("%s %v", d.Field, d.Value)
}

// ExpectWhen is a declaration that needs no state: the records that an activity must
// have if the predicate holds of it.
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

// ExpectNone is the declaration of a channel on a host that has it not.
func ExpectNone(Activity) []ExpectedRecord { return nil }

// ProcessStarts and ends report whether a program begins or ends that was not running
// before the step.
func ProcessStarts(_ Host, a Activity) bool {
	return a.Kind == event.Exec && !a.Actor.Resident && a.PlatformPath != ""
}

func ProcessEnds(_ Host, a Activity) bool {
	return a.Kind == event.Exit && !a.Actor.Resident && a.Actor.Image != ""
}

// ConnectionMade reports whether a connection over a network began.
func ConnectionMade(_ Host, a Activity) bool {
	return (a.Kind == event.Connect || a.Kind == event.Accept) && a.Socket != nil && a.Socket.Protocol != "unix"
}

// NameQueried reports whether a name's address was asked for.
func NameQueried(_ Host, a Activity) bool {
	return a.Kind == event.Send && a.Socket != nil && a.Socket.Remote.Port() == 53
}

// OpenedForWriting reports whether a file was opened for writing.
func OpenedForWriting(a Activity) bool {
	return a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate
}

// ExpectLogLines declares that each line which a daemon adds to one of the files is a
// record of the source.
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

package reenact

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/regression"
)

// Recording is one recording by others, with the rules that must fire on it.
type Recording struct {
	// Dir is its folder in SigmaHQ's layout, Name that folder's own name.
	Dir, Name string
	// Rules are the ids of the rules that must fire, each at least Count times; if
	// Count is 0, none of them may fire.
	Rules []string
	Count int
	// Events are as recorded; Invalid says why there are none.
	Events  []RecordedEvent
	Invalid string
}

// RecordedEvent is one event of a recording.
type RecordedEvent struct {
	Channel, Provider string
	ID                int
	// Level is the record's severity level; "" if it has none.
	Level string
	// Data are the named values of the event itself, without blanks in names.
	Data map[string]string
	// Sources are the event's log sources.
	Sources []logevent.LogSource
}

// CategoryName returns the log source category that rules name for such an event; of
// several the most specific. It is "" if there is none.
func (r RecordedEvent) CategoryName() string {
	if r.ID == 12 && len(r.Sources) > 0 && r.Sources[0].Service == "sysmon" {
		return map[bool]string{true: "registry_add", false: "registry_delete"}[r.Data["EventType"] == "CreateKey"]
	}
	for _, source := range r.Sources {
		if source.Category != "" {
			return source.Category
		}
	}
	return ""
}

// Load reads all recordings below a folder, in the order of their names.
func Load(data fs.FS) ([]Recording, []sigma.Problem) {
	sets, problems := regression.Load(data)
	var all []Recording
	for _, set := range sets {
		for _, test := range set.Tests {
			recording := Recording{Dir: set.Dir, Name: path.Base(set.Dir), Rules: set.Rules, Count: test.Count}
			if recording.readEvents(data, test); len(set.Rules) == 0 {
				recording.Events, recording.Invalid = nil, "the data set names no rule"
			}
			all = append(all, recording)
		}
		if len(set.Tests) == 0 {
			all = append(all, Recording{Dir: set.Dir, Name: path.Base(set.Dir), Rules: set.Rules, Count: 1, Invalid: "the data set names no recording"})
		}
	}
	return all, problems
}

func (r *Recording) readEvents(data fs.FS, test regression.Test) {
	if test.File == "" {
		r.Invalid = "the format of the recording is not supported: " + path.Base(test.Path)
		return
	}
	events, err := reader.ReadFile(data, test.File)
	if err != nil {
		r.Invalid = err.Error()
		return
	}
	for _, event := range events {
		recorded := newRecordedEvent(event)
		if recorded.Channel == "" {
			r.Events, r.Invalid = nil, "the recording is not from a Windows event log: the lab has no host that writes such records"
			return
		}
		r.Events = append(r.Events, recorded)
	}
	if len(r.Events) == 0 {
		r.Invalid = "the recording contains no event"
	}
}

// headerFields are the fields that come from the event's System part.
var headerFields = map[string]bool{
	"Channel": true, "Computer": true, "EventID": true, "EventRecordID": true, "Keywords": true, "Level": true, "Opcode": true,
	"Task": true, "Version": true, "Provider_Name": true, "Provider_Guid": true, "Provider_EventSourceName": true,
	"TimeCreated_SystemTime": true, "Execution_ProcessID": true, "Execution_ThreadID": true, "EventID_Qualifiers": true,
	"Correlation_ActivityID": true, "Correlation_RelatedActivityID": true, "Security_UserID": true, "Correlation": true, "Security": true,
}

func newRecordedEvent(e *logevent.Event) RecordedEvent {
	recorded := RecordedEvent{
		Channel: Text(e.Fields["Channel"]), Provider: Text(e.Fields["Provider_Name"]), Level: Text(e.Fields["Level"]),
		Data: map[string]string{}, Sources: e.LogSources,
	}
	_, _ = fmt.Sscan(Text(e.Fields["EventID"]), &recorded.ID) // the id is 0 if there is none
	for name, value := range e.Fields {
		if !headerFields[name] {
			recorded.Data[name] = Text(value)
		}
	}
	return recorded
}

// Text returns a field's value as an event log shows it.
func Text(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

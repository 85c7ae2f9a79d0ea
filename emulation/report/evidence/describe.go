package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// descriptiveFields are the fields that say most of an event, in the order of asking.
var descriptiveFields = [...]string{
	"CommandLine", "TargetFilename", "TargetObject", "ScriptBlockText", "TaskName", "ServiceName", "ImageLoaded",
	"MemberName", "RelativeTargetName", "ShareName", "Configuration", "Payload", "Data", "Message",
	"name", "exe", "proctitle", "a0", "message", "TargetUserName", "DestinationIp", "QueryName", "Image", "Channel",
}

// completingFields say what a descriptive field leaves open.
var completingFields = map[string]string{
	"TargetObject": "Details", "MemberName": "TargetUserName", "ServiceName": "ImagePath", "name": "type", "exe": "type",
	"proctitle": "type", "TargetUserName": "IpAddress", "DestinationIp": "DestinationPort",
}

// SourceName is the log source of an event in a word, such as "file_event".
func SourceName(e event.Event) string {
	if len(e.Sources) == 0 {
		return "no log source"
	}
	source := e.Sources[0]
	return cmp.Or(source.Category, source.Service, source.Product)
}

// EventID is the number that Windows gives the event's kind; empty for an event that
// has none.
func EventID(e event.Event) string {
	if id, ok := e.Fields["EventID"]; ok {
		return fmt.Sprint(id)
	}
	return ""
}

// Describe says what an event is, in one line: the fields that say most of it, or
// the names of some.
func Describe(e event.Event) string {
	for _, name := range descriptiveFields {
		value, ok := e.Fields[name]
		if !ok {
			continue
		}
		said := fmt.Sprintf("%s=%s", name, oneLine(value))
		if more, ok := e.Fields[completingFields[name]]; ok {
			said += fmt.Sprintf(" %s=%s", completingFields[name], oneLine(more))
		}
		return said
	}
	names := slices.Sorted(maps.Keys(e.Fields))
	return "with " + strings.Join(names[:min(5, len(names))], ", ")
}

func oneLine(value any) string { return strings.Join(strings.Fields(fmt.Sprint(value)), " ") }

// Field is one field of an event, with how its value came to be known.
type Field struct {
	Name, Value string
	Provenance  event.Provenance
	// Joined is of a field of the acting process: the log source does not write it.
	Joined bool
}

// Fields are those of an event, sorted by name, the joined ones last. A joined field
// that the log source writes itself is left out, as no detector is given it.
func Fields(e event.Event) []Field {
	var all []Field
	for _, of := range []struct {
		fields map[string]any
		joined bool
	}{{e.Fields, false}, {e.Joined, true}} {
		for _, name := range slices.Sorted(maps.Keys(of.fields)) {
			if _, own := e.Fields[name]; own && of.joined {
				continue
			}
			provenance := e.Provenance
			if own, ok := e.FieldProvenance[name]; ok {
				provenance = own
			}
			all = append(all, Field{name, fmt.Sprint(of.fields[name]), provenance, of.joined})
		}
	}
	return all
}

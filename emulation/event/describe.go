package event

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
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

// SourceName is the log source of the event in a word, such as "file_event".
func (e Event) SourceName() string {
	if len(e.Sources) == 0 {
		return "no log source"
	}
	source := e.Sources[0]
	return cmp.Or(source.Category, source.Service, source.Product)
}

// Describe says what an event is, in one line: the fields that say most of it, or
// the names of some.
func (e Event) Describe() string {
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

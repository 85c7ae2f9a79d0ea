package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's events 19 to 21: an object of a permanent WMI subscription was made.
// All but the head is from the object's file; User is the account of the process that asked.
var _ = channels.Register(channel.Channel{
	Name:       "windows_wmi",
	Sources:    []event.LogSource{{Category: "wmi_event", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openWMI,
	Expect: channel.ExpectWhen(func(_ channel.Host, a channel.Activity) bool {
		return a.Kind == event.Content && artifact.IsBelow(a.PlatformPath, artifact.WMIRepository)
	}, channel.ExpectedRecord{Source: sysmonSource("wmi_event")}),
})

// wmiEvents are the event of each kind of object, its type and its fields.
var wmiEvents = map[string]struct {
	id     int
	what   string
	fields []string
}{
	"filter":   {19, "WmiFilterEvent", []string{"EventNamespace", "Name", "Query"}},
	"consumer": {20, "WmiConsumerEvent", []string{"Name", "Type", "Destination"}},
	"binding":  {21, "WmiBindingEvent", []string{"Consumer", "Filter"}},
}

func openWMI(h channel.Host) func(channel.Activity) []channel.Record {
	var clients clientTracker
	return func(a channel.Activity) []channel.Record {
		clients.observe(a)
		if a.Kind != event.Content || !artifact.IsBelow(a.PlatformPath, artifact.WMIRepository) {
			return nil
		}
		object, ok := artifact.DecodeWMIObject(a.Observation.Content)
		kind, known := wmiEvents[object.Kind]
		if !ok || !known {
			return nil
		}
		fields := sysmonFields(h, kind.id, a.Time)
		fields["EventType"], fields["Operation"] = kind.what, "Created"
		fields["User"] = userOf(clients.requester("", a.Actor))
		for _, name := range kind.fields {
			fields[name] = object.Data[name]
		}
		return []channel.Record{{Fields: fields}}
	}
}

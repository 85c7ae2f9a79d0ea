package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's events 19 to 21: an object of a permanent WMI subscription was made.
// All but the head stands in the object's file; User is whose process asked.
var _ = register(channel{
	name:       "windows_wmi",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "wmi_event", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       openWindowsWMI,
	must:       onlyWhen(func(_ host, m moment) bool { return m.Kind == event.Content && isBelow(m.path, effect.WindowsWMI) }, due{source: windowsSysmon("wmi_event")}),
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

func openWindowsWMI(h host) func(moment) []record {
	var clients windowsClients
	return func(m moment) []record {
		clients.note(m)
		if m.Kind != event.Content || !isBelow(m.path, effect.WindowsWMI) {
			return nil
		}
		object, ok := effect.DecodeWMI(m.Observation.Content)
		kind, known := wmiEvents[object.Kind]
		if !ok || !known {
			return nil
		}
		fields := sysmon(h, kind.id, m.time)
		fields["EventType"], fields["Operation"] = kind.what, "Created"
		fields["User"] = windowsUser(clients.asked("", m.by))
		for _, name := range kind.fields {
			fields[name] = object.Data[name]
		}
		return []record{{fields: fields}}
	}
}

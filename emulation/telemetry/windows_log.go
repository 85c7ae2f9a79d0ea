package telemetry

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// What services and programs say of themselves in any channel of the event log:
// the record that was added to the channel's file, as it stands there.
//
// Sysmon and Security are not among them, as they tell of what others did: a
// record that is put there by hand tells nothing, and is passed over. Only what
// Sysmon says of itself (started, stopped, reconfigured, in trouble) is one.
var _ = register(Channel{
	Name:       "windows_log",
	Platform:   effect.Windows,
	Sources:    windowsLogSources(),
	Provenance: event.Translated,
	Open:       openWindowsLog,
	Expect:     expectLogRecords,
})

const sysmonChannel = "Microsoft-Windows-Sysmon/Operational"

// sysmonOwnEvents are the records that Sysmon writes of itself.
var sysmonOwnEvents = []int{4, 16, 255}

func windowsLogSources() []event.LogSource {
	all := []event.LogSource{
		{Category: "sysmon_status", Product: "windows", Service: "sysmon"},
		{Category: "sysmon_error", Product: "windows", Service: "sysmon"},
	}
	for _, source := range sigma.WindowsServices() {
		all = append(all, event.LogSource(source))
	}
	return all
}

func openWindowsLog(h Host) func(Activity) []Record {
	// How many records of each log have been told.
	told := map[string]int{}
	return func(a Activity) []Record {
		channel, ok := effect.WindowsChannel(a.PlatformPath)
		switch {
		case !ok:
			return nil
		case a.Kind == event.Truncate || a.Kind == event.Create:
			told[a.PlatformPath] = 0
			return nil
		case a.Kind != event.Content:
			return nil
		}
		records := effect.ReadRecords(string(a.Observation.Content))
		added := records[min(told[a.PlatformPath], len(records)):]
		told[a.PlatformPath] = len(records)
		var all []Record
		for _, record := range added {
			if isOwnStatement(channel, record.ID) {
				all = append(all, windowsLogRecord(h, channel, record))
			}
		}
		return all
	}
}

// isOwnStatement reports whether a channel's record is a statement of its writer's.
func isOwnStatement(channel string, id int) bool {
	switch {
	case strings.EqualFold(channel, "Security"):
		return false
	case strings.EqualFold(channel, sysmonChannel):
		return slices.Contains(sysmonOwnEvents, id)
	}
	return true
}

func windowsLogRecord(h Host, channel string, r effect.Record) Record {
	fields := map[string]any{}
	for name, value := range r.Data {
		fields[name] = value
	}
	for name, value := range eventHeader(h, r.ID, channel, r.Provider) {
		fields[name] = value
	}
	made := Record{Fields: fields, Authored: true, FieldProvenance: map[string]event.Provenance{"Channel": event.Translated, "Computer": event.Translated}}
	for _, source := range sigma.WindowsLogSources(channel, r.ID) {
		made.Sources = append(made.Sources, event.LogSource(source))
	}
	return made
}

// expectLogRecords declares each record that is added to a log, but for those by
// which a log tells of others.
func expectLogRecords(h Host) func(Activity) []ExpectedRecord {
	held := map[string]int{}
	return func(a Activity) []ExpectedRecord {
		channel, isLog := effect.WindowsChannel(a.PlatformPath)
		if !isLog || a.Kind != event.Content && a.Kind != event.Truncate && a.Kind != event.Create {
			return nil
		}
		var all []ExpectedRecord
		records := effect.ReadRecords(string(a.Observation.Content)) // none but of kind content
		for i := held[a.PlatformPath]; i < len(records); i++ {
			if sources := sigma.WindowsLogSources(channel, records[i].ID); len(sources) > 0 && isOwnStatement(channel, records[i].ID) {
				all = append(all, ExpectEventID(event.LogSource(sources[0]), records[i].ID))
			}
		}
		held[a.PlatformPath] = len(records)
		return all
	}
}

package windows

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What services and programs say of themselves in any channel of the event log:
// the record that was added to the channel's file, as it stands there.
//
// Sysmon and Security are not among them, as they report what others did: a
// record that is put there by hand reports nothing, and is passed over. Only what
// Sysmon says of itself (started, stopped, reconfigured, in trouble) is one.
var _ = channels.Register(channel.Channel{
	Name:       "windows_log",
	Sources:    logSources(),
	Provenance: event.Translated,
	Open:       openLog,
	Expect:     expectLogRecords,
})

const sysmonChannel = "Microsoft-Windows-Sysmon/Operational"

// sysmonOwnEvents are the records that Sysmon writes of itself.
var sysmonOwnEvents = []int{4, 16, 255}

func logSources() []event.LogSource {
	all := []event.LogSource{
		{Category: "sysmon_status", Product: "windows", Service: "sysmon"},
		{Category: "sysmon_error", Product: "windows", Service: "sysmon"},
	}
	for _, source := range logevent.WindowsServices() {
		all = append(all, event.LogSource(source))
	}
	return all
}

func openLog(h channel.Host) func(channel.Activity) []channel.Record {
	// How many records of each log have been reported.
	reported := map[string]int{}
	return func(a channel.Activity) []channel.Record {
		log, ok := artifact.EventLogChannel(a.PlatformPath)
		switch {
		case !ok:
			return nil
		case a.Kind == event.Truncate || a.Kind == event.Create:
			reported[a.PlatformPath] = 0
			return nil
		case a.Kind != event.Content:
			return nil
		}
		records := artifact.DecodeLogRecords(a.Observation.Content)
		added := records[min(reported[a.PlatformPath], len(records)):]
		reported[a.PlatformPath] = len(records)
		var all []channel.Record
		for _, record := range added {
			if isOwnStatement(log, record.ID) {
				all = append(all, logRecord(h, log, record))
			}
		}
		return all
	}
}

// isOwnStatement reports whether a channel's record is a statement of its writer's.
func isOwnStatement(log string, id int) bool {
	switch {
	case strings.EqualFold(log, "Security"):
		return false
	case strings.EqualFold(log, sysmonChannel):
		return slices.Contains(sysmonOwnEvents, id)
	}
	return true
}

func logRecord(h channel.Host, log string, r artifact.LogRecord) channel.Record {
	fields := map[string]any{}
	for name, value := range r.Data {
		fields[name] = value
	}
	for name, value := range eventHeader(h, r.ID, log, r.Provider) {
		fields[name] = value
	}
	record := channel.Record{Fields: fields, Authored: true, FieldProvenance: map[string]event.Provenance{"Channel": event.Translated, "Computer": event.Translated}}
	for _, source := range logevent.WindowsLogSources(log, r.ID) {
		record.Sources = append(record.Sources, event.LogSource(source))
	}
	return record
}

// expectLogRecords declares each record that is added to a log, but for those by
// which a log reports what others did.
func expectLogRecords(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	reported := map[string]int{}
	return func(a channel.Activity) []channel.ExpectedRecord {
		log, isLog := artifact.EventLogChannel(a.PlatformPath)
		if !isLog || a.Kind != event.Content && a.Kind != event.Truncate && a.Kind != event.Create {
			return nil
		}
		var all []channel.ExpectedRecord
		records := artifact.DecodeLogRecords(a.Observation.Content) // none but of kind content
		for i := reported[a.PlatformPath]; i < len(records); i++ {
			if sources := logevent.WindowsLogSources(log, records[i].ID); len(sources) > 0 && isOwnStatement(log, records[i].ID) {
				all = append(all, channel.ExpectEventID(event.LogSource(sources[0]), records[i].ID))
			}
		}
		reported[a.PlatformPath] = len(records)
		return all
	}
}

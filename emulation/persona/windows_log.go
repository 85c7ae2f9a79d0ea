package persona

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
var _ = register(channel{
	name:       "windows_log",
	persona:    effect.Windows,
	sources:    windowsLogSources(),
	provenance: event.Translated,
	open:       openWindowsLog,
	must:       mustTellRecords,
})

const sysmonChannel = "Microsoft-Windows-Sysmon/Operational"

// ofItself are the records that Sysmon writes of itself.
var ofItself = []int{4, 16, 255}

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

func openWindowsLog(h host) func(moment) []record {
	// How many records of each log have been told.
	told := map[string]int{}
	return func(m moment) []record {
		channel, ok := effect.WindowsChannel(m.path)
		switch {
		case !ok:
			return nil
		case m.Kind == event.Truncate || m.Kind == event.Create:
			told[m.path] = 0
			return nil
		case m.Kind != event.Content:
			return nil
		}
		records := effect.ReadRecords(string(m.Observation.Content))
		added := records[min(told[m.path], len(records)):]
		told[m.path] = len(records)
		var all []record
		for _, one := range added {
			if speaks(channel, one.ID) {
				all = append(all, windowsStatement(h, channel, one))
			}
		}
		return all
	}
}

// speaks reports whether a channel's record is a statement of its writer's.
func speaks(channel string, id int) bool {
	switch {
	case strings.EqualFold(channel, "Security"):
		return false
	case strings.EqualFold(channel, sysmonChannel):
		return slices.Contains(ofItself, id)
	}
	return true
}

func windowsStatement(h host, channel string, r effect.Record) record {
	fields := map[string]any{}
	for name, value := range r.Data {
		fields[name] = value
	}
	for name, value := range windowsHead(h, r.ID, channel, r.Provider) {
		fields[name] = value
	}
	made := record{fields: fields, says: true, provenances: map[string]event.Provenance{"Channel": event.Translated, "Computer": event.Translated}}
	for _, source := range sigma.WindowsLogSources(channel, r.ID) {
		made.sources = append(made.sources, event.LogSource(source))
	}
	return made
}

// mustTellRecords declares each record that is added to a log, but for those by
// which a log tells of others.
func mustTellRecords(h host) func(moment) []due {
	held := map[string]int{}
	return func(m moment) []due {
		channel, isLog := effect.WindowsChannel(m.path)
		if !isLog || m.Kind != event.Content && m.Kind != event.Truncate && m.Kind != event.Create {
			return nil
		}
		var all []due
		records := effect.ReadRecords(string(m.Observation.Content)) // none but of kind content
		for i := held[m.path]; i < len(records); i++ {
			if sources := sigma.WindowsLogSources(channel, records[i].ID); len(sources) > 0 && speaks(channel, records[i].ID) {
				all = append(all, dueID(event.LogSource(sources[0]), records[i].ID))
			}
		}
		held[m.path] = len(records)
		return all
	}
}

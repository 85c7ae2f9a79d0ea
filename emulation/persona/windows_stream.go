package persona

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 15: a named stream of a file was written. Contents is what its
// file holds; Hash is of the unnamed stream, which the sensor does not read:
// Sysmon writes Unknown where it could not.
var _ = register(channel{
	name:       "windows_stream",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "create_stream_hash", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       openWindowsStream,
	must:       mustTellStream,
})

func openWindowsStream(h host) func(moment) []record {
	made := map[string]moment{}
	return func(m moment) []record {
		switch {
		case !isWindowsFile(m.path) || windowsStream(m.path) == "":
			return nil
		case m.Kind == event.Create:
			made[m.path] = m
			return nil
		case m.Kind != event.Content || made[m.path].by == nil:
			return nil
		}
		began := made[m.path]
		delete(made, m.path)
		fields := sysmonBy(h, 15, began.time, began.by)
		fields["TargetFilename"], fields["CreationUtcTime"] = m.path, began.time.UTC().Format(windowsTime)
		// Sysmon writes a text on one line.
		fields["Contents"] = strings.ReplaceAll(strings.TrimSpace(string(m.Observation.Content)), "\r\n", "  ")
		fields["Hash"] = "Unknown"
		return []record{{fields: fields, time: began.time.Add(time.Microsecond), by: began.by, seen: []uint64{began.Seq}}}
	}
}

func mustTellStream(host) func(moment) []due {
	made := map[string]bool{}
	return func(m moment) []due {
		if !isWindowsFile(m.path) || windowsStream(m.path) == "" {
			return nil
		}
		switch m.Kind {
		case event.Create:
			made[m.path] = true
		case event.Content:
			if made[m.path] {
				delete(made, m.path)
				return []due{dueID(windowsSysmon("create_stream_hash"), 15)}
			}
		}
		return nil
	}
}

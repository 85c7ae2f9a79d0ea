package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 11.
var _ = register(Channel{
	Name:       "windows_file_event",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       Stateless(windowsFileEvent),
	Expect:     ExpectWhen(windowsFileMade, ExpectEventID(windowsSysmon("file_event"), 11)),
})

// windowsFileEvent answers a file's creation and its being written anew, which
// Sysmon takes for one; a file that is added to it does not report.
func windowsFileEvent(h Host, a Activity) []Record {
	made := a.Kind == event.Create || a.Kind == event.Truncate
	if !made || !isWindowsFile(a.PlatformPath) || writtenByService(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 11, a.Time, a.Actor)
	fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, a.Time.UTC().Format(windowsTime)
	return []Record{{Fields: fields}}
}

func windowsFileMade(_ Host, a Activity) bool {
	return (a.Kind == event.Create || a.Kind == event.Truncate) && isWindowsFile(a.PlatformPath) && !writtenByService(a.PlatformPath)
}

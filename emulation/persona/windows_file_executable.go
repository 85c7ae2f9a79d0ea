package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 29: a program's file was made. A host reports it whose Sysmon
// was told to, as there is one for every update and installation. What a program is, its name says,
// as a stand-in's content is that of none. Hashes, which Sysmon writes too, are
// not known here: the sensor reads programs when they are started.
var _ = register(channel{
	name:       "windows_file_executable",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "file_executable_detected", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       openWindowsFileExecutable,
	must:       onlyWhen(windowsProgramMade, dueID(windowsSysmon("file_executable_detected"), 29)),
})

func openWindowsFileExecutable(h host) func(moment) []record {
	if !strings.Contains(string(furnished(h.place, asset.WindowsSysmonConfig)), "<FileExecutableDetected") {
		return func(moment) []record { return nil }
	}
	return func(m moment) []record { return windowsFileExecutable(h, m) }
}

func windowsFileExecutable(h host, m moment) []record {
	if m.Kind != event.Create || !isWindowsFile(m.path) || !isExecutable(m.path) {
		return nil
	}
	fields := sysmonBy(h, 29, m.time, m.by)
	fields["TargetFilename"] = m.path
	return []record{{fields: fields}}
}

func windowsProgramMade(h host, m moment) bool {
	return m.Kind == event.Create && isWindowsFile(m.path) && isExecutable(m.path) &&
		strings.Contains(string(furnished(h.place, asset.WindowsSysmonConfig)), "<FileExecutableDetected")
}

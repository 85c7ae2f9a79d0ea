package telemetry

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
var _ = register(Channel{
	Name:       "windows_file_executable",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "file_executable_detected", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openWindowsFileExecutable,
	Expect:     ExpectWhen(windowsProgramMade, ExpectEventID(windowsSysmon("file_executable_detected"), 29)),
})

func openWindowsFileExecutable(h Host) func(Activity) []Record {
	if !strings.Contains(string(ProvisionedContent(h.Asset, asset.WindowsSysmonConfig)), "<FileExecutableDetected") {
		return func(Activity) []Record { return nil }
	}
	return func(a Activity) []Record { return windowsFileExecutable(h, a) }
}

func windowsFileExecutable(h Host, a Activity) []Record {
	if a.Kind != event.Create || !isWindowsFile(a.PlatformPath) || !isExecutable(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 29, a.Time, a.Actor)
	fields["TargetFilename"] = a.PlatformPath
	return []Record{{Fields: fields}}
}

func windowsProgramMade(h Host, a Activity) bool {
	return a.Kind == event.Create && isWindowsFile(a.PlatformPath) && isExecutable(a.PlatformPath) &&
		strings.Contains(string(ProvisionedContent(h.Asset, asset.WindowsSysmonConfig)), "<FileExecutableDetected")
}

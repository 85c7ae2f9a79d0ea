package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 29: a program's file was made. A host reports it only
// if its Sysmon is configured so, as there is one for every update and installation. A
// program is known by its name, as a stand-in's content is that of none. Hashes, which Sysmon writes too, are
// not known here: the sensor reads programs when they are started.
var _ = channels.Register(channel.Channel{
	Name:       "windows_file_executable",
	Sources:    []event.LogSource{{Category: "file_executable_detected", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openFileExecutable,
	Expect:     channel.ExpectWhen(programCreated, channel.ExpectEventID(sysmonSource("file_executable_detected"), 29)),
})

func openFileExecutable(h channel.Host) func(channel.Activity) []channel.Record {
	if !programsReported(h) {
		return func(channel.Activity) []channel.Record { return nil }
	}
	return func(a channel.Activity) []channel.Record { return fileExecutable(h, a) }
}

func fileExecutable(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Create || !isWindowsFile(a.PlatformPath) || !isExecutable(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 29, a.Time, a.Actor)
	fields["TargetFilename"] = a.PlatformPath
	return []channel.Record{{Fields: fields}}
}

func programCreated(h channel.Host, a channel.Activity) bool {
	return a.Kind == event.Create && isWindowsFile(a.PlatformPath) && isExecutable(a.PlatformPath) &&
		programsReported(h)
}

// programsReported reports whether the host's Sysmon is configured to report programs.
func programsReported(h channel.Host) bool {
	return artifact.SysmonReports(h.Asset.Content(artifact.SysmonConfigFile), "FileExecutableDetected")
}

package windows

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// A file's renaming, as the kernel's file trace has it (Sysmon has no event for
// it), with the names that Sigma's file_rename gives its fields.
var _ = channels.Register(channel.Channel{
	Name:       "windows_file_rename",
	Sources:    []event.LogSource{{Category: "file_rename", Product: "windows", Service: kernelFile}},
	Provenance: event.Translated,
	Open:       channel.Stateless(fileRename),
	Expect:     channel.ExpectWhen(fileRenamed, channel.ExpectEventID(event.LogSource{Category: "file_rename", Product: "windows", Service: kernelFile}, 27)),
})

func fileRename(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Rename || !isWindowsFile(a.PlatformPath) || !isWindowsFile(a.PlatformTo) {
		return nil
	}
	fields := eventHeader(h, 27, kernelFileChannel, "Microsoft-Windows-Kernel-File")
	fields["Image"], fields["ProcessId"], fields["User"] = a.Actor.Image, a.Actor.PID, userOf(a.Actor)
	fields["SourceFilename"], fields["TargetFilename"] = a.PlatformPath, a.PlatformTo
	return []channel.Record{{Fields: fields}}
}

func fileRenamed(_ channel.Host, a channel.Activity) bool {
	return a.Kind == event.Rename && isWindowsFile(a.PlatformPath) && isWindowsFile(a.PlatformTo)
}

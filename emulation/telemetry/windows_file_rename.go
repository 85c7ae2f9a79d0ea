package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// A file's renaming, as the kernel's file trace has it (Sysmon has no event for
// it), with the names that Sigma's file_rename gives its fields.
var _ = register(Channel{
	Name:       "windows_file_rename",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "file_rename", Product: "windows", Service: kernelFile}},
	Provenance: event.Translated,
	Open:       Stateless(windowsFileRename),
	Expect:     ExpectWhen(windowsFileRenamed, ExpectEventID(event.LogSource{Category: "file_rename", Product: "windows", Service: kernelFile}, 27)),
})

func windowsFileRename(h Host, a Activity) []Record {
	if a.Kind != event.Rename || !isWindowsFile(a.PlatformPath) || !isWindowsFile(a.PlatformTo) {
		return nil
	}
	fields := eventHeader(h, 27, kernelFileChannel, "Microsoft-Windows-Kernel-File")
	fields["Image"], fields["ProcessId"], fields["User"] = a.Actor.Image, a.Actor.PID, windowsUser(a.Actor)
	fields["SourceFilename"], fields["TargetFilename"] = a.PlatformPath, a.PlatformTo
	return []Record{{Fields: fields}}
}

func windowsFileRenamed(_ Host, a Activity) bool {
	return a.Kind == event.Rename && isWindowsFile(a.PlatformPath) && isWindowsFile(a.PlatformTo)
}

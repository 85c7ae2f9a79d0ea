package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// A file's renaming, as the kernel's file trace has it (Sysmon has no event for
// it), with the names that Sigma's file_rename gives its fields.
var _ = register(channel{
	name:       "windows_file_rename",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "file_rename", Product: "windows", Service: kernelFile}},
	provenance: event.Translated,
	open:       stateless(windowsFileRename),
	must:       onlyWhen(windowsFileRenamed, dueID(event.LogSource{Category: "file_rename", Product: "windows", Service: kernelFile}, 27)),
})

func windowsFileRename(h host, m moment) []record {
	if m.Kind != event.Rename || !isWindowsFile(m.path) || !isWindowsFile(m.to) {
		return nil
	}
	fields := windowsHead(h, 27, kernelFileChannel, "Microsoft-Windows-Kernel-File")
	fields["Image"], fields["ProcessId"], fields["User"] = m.by.image, m.by.pid, windowsUser(m.by)
	fields["SourceFilename"], fields["TargetFilename"] = m.path, m.to
	return []record{{fields: fields}}
}

func windowsFileRenamed(_ host, m moment) bool {
	return m.Kind == event.Rename && isWindowsFile(m.path) && isWindowsFile(m.to)
}

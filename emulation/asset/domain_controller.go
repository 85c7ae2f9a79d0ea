package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// DomainController's directory is a text file: no real one exists here.
var _ = register(func() Kind {
	return Kind{
		Name:     "domain_controller",
		Platform: effect.Windows,
		Summary:  "the carrier's domain controller, where exported call records are kept over night",
		Hostname: "DC01",
		Accounts: map[string]string{
			"admin":    `CARRIER\svc_backup`,
			"operator": `CARRIER\adm.tan`,
			"service":  WindowsSystem,
		},
		Files: windowsFiles(append(exportedRecords(`C:\Exports`),
			File{Path: artifact.DirectoryFile, Days: 20, Content: directory(
				artifact.DirectoryEntry{User: "Administrator"}, artifact.DirectoryEntry{User: "svc_backup"},
				artifact.DirectoryEntry{User: "adm.tan"}, artifact.DirectoryEntry{User: "ops02"},
				artifact.DirectoryEntry{Group: "Domain Admins", User: "Administrator"}, artifact.DirectoryEntry{Group: "Domain Admins", User: "svc_backup"},
			)},
			windowsTask("Carrier CDR Nightly", `CARRIER\svc_backup`, `C:\Program Files\Carrier\cdrjob.exe`, 200),
			taskKey("Carrier CDR Nightly", 200),
			markedFile(`C:\ProgramData\Microsoft\Windows\Start Menu\readme.txt`, "programs", 400),
			markedFile(artifact.PrefetchFolder+`WEVTUTIL.EXE-EF5861C4.pf`, "prefetch", 12),
		)...),
	}
})

// directory is the content of a directory with these entries.
func directory(entries ...artifact.DirectoryEntry) []byte {
	content := textLines("# " + artifact.Marker)
	for _, entry := range entries {
		content = append(content, entry.Encode()...)
	}
	return content
}

// windowsTask is a registered task's file.
func windowsTask(name, author, command string, days int) File {
	task := artifact.Task{Name: name, Author: author, Commands: []string{command}}
	return File{Path: artifact.TaskFile(name), Days: days, Content: task.EncodeShort()}
}

// taskKey is a registered task's entry in the scheduler's cache, as it was before
// identifiers followed from names.
func taskKey(name string, days int) File {
	return File{
		Path:    artifact.ValuePath(artifact.TaskCacheKey(name), "Id"),
		Content: artifact.Value{Type: "REG_SZ", Data: "{2F1B0C6E-7D0A-4E6B-9C11-30A4C5D8E901}"}.Encode(), Days: days,
	}
}

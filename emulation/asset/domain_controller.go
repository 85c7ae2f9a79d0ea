package asset

import "github.com/ringer-lab/ringer/emulation/effect"

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
			File{Path: WindowsDirectory, Days: 20, Content: textLines("# "+effect.Marker,
				"user:Administrator", "user:svc_backup", "user:adm.tan", "user:ops02", "group:Domain Admins:Administrator", "group:Domain Admins:svc_backup")},
			windowsTask("Carrier CDR Nightly", `CARRIER\svc_backup`, `C:\Program Files\Carrier\cdrjob.exe`, 200),
			taskKey("Carrier CDR Nightly", 200),
			markedFile(`C:\ProgramData\Microsoft\Windows\Start Menu\readme.txt`, "programs", 400),
			markedFile(`C:\Windows\Prefetch\WEVTUTIL.EXE-EF5861C4.pf`, "prefetch", 12),
		)...),
	}
})

// windowsTask is a registered task's file.
func windowsTask(name, author, command string, days int) File {
	return File{Path: `C:\Windows\System32\Tasks\` + name, Days: days, Content: textLines(
		"<Task><!-- "+effect.Marker+" -->",
		"<RegistrationInfo><Author>"+author+`</Author><URI>\`+name+"</URI></RegistrationInfo>",
		"<Actions><Exec><Command>"+command+"</Command></Exec></Actions></Task>",
	)}
}

// taskKey is a registered task's entry in the scheduler's cache.
func taskKey(name string, days int) File {
	return File{
		Path:    `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree\` + name + `\Id`,
		Content: effect.Value{Type: "REG_SZ", Data: "{2F1B0C6E-7D0A-4E6B-9C11-30A4C5D8E901}"}.Encode(), Days: days,
	}
}

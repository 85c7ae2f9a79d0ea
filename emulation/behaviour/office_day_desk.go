package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const (
	office        = `C:\Program Files\Microsoft Office\Root\Office16\`
	desktop       = `C:\Windows\explorer.exe`
	currentFolder = `\Microsoft\Windows\CurrentVersion\`
)

// deskDay is what installers, people and the help desk leave where implants
// would be.
var deskDay = []Activity{
	windowsActivity("cloud_drive_start", "a cloud drive has itself started at logon", func(on asset.Host, day *planBuilder) {
		const drive = `C:\Users\ops02\AppData\Local\Microsoft\OneDrive\OneDrive.exe`
		user := on.Account("user")
		day.addAct(drive, user, `"`+drive+`" /background`, effect.SetValue{
			Key: `HKU\` + asset.WindowsSID(user) + `\Software` + currentFolder + "Run", Name: "OneDrive",
			Value: artifact.Value{Type: "REG_SZ", Data: `"` + drive + `" /background`},
		})
	}),
	windowsActivity("runtime_install", "a runtime's installer asks to be run once more, from ProgramData", func(_ asset.Host, day *planBuilder) {
		const cache = `C:\ProgramData\Package Cache\{282975d8-55fe-4991-bbbb-06a72581ce58}\VC_redist.x64.exe`
		day.addAct(cache, asset.WindowsSystem, `"`+cache+`" /quiet`, effect.SetValue{
			Key: `HKLM\SOFTWARE` + currentFolder + "RunOnce", Name: "{282975d8-55fe-4991-bbbb-06a72581ce58}",
			Value: artifact.Value{Type: "REG_SZ", Data: `"` + cache + `" /burn.runonce`},
		})
	}),
	systemFileActivity("office_template", "the letter template is distributed",
		system32+"msiexec.exe", office+`STARTUP\Carrier.dotm`, "the carrier's letter template"),
	systemFileActivity("office_add_in", "the letter add-in is distributed",
		system32+"msiexec.exe", office+`STARTUP\Carrier.wll`, "the carrier's letter add-in"),
	windowsActivity("start_up_shortcut", "an Office program enters the start-up folder", func(on asset.Host, day *planBuilder) {
		day.addFileWrite(office+"ONENOTE.EXE", on.Account("user"), `C:\Users\ops02\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup\Send to OneNote.lnk`, "a shortcut")
	}),
	windowsActivity("archive_deleted", "somebody throws an archive away", func(on asset.Host, day *planBuilder) {
		user := on.Account("user")
		day.addFileWrite(desktop, user, `C:\$Recycle.Bin\`+asset.WindowsSID(user)+`\$R8K2Q1Z.rar`, "a deleted archive")
	}),
	windowsActivity("help_desk_call", "the help desk looks at the network and at a version", func(on asset.Host, day *planBuilder) {
		day.addTypedAndSaved(on.Account("admin"), `C:\Users\hdadmin\call_4711.txt`,
			windowsProgram(system32+"ipconfig.exe", "ipconfig /all"),
			windowsProgram(system32+"net.exe", "net use"),
			windowsProgram(system32+"reg.exe", `reg query "HKLM\SOFTWARE\Microsoft\Office\16.0\Common" /v Version`))
	}),
	windowsActivity("documents_moved", "the help desk moves documents to a file server", func(on asset.Host, day *planBuilder) {
		const log = `C:\Users\hdadmin\moved.log`
		day.addTypedCommands(on.Account("admin"), windowsProgram(system32+"Robocopy.exe",
			`robocopy C:\Users\ops02\Documents \\FILE01\home\ops02 *.docx *.xlsx /s /log:`+log, effect.Write{Path: log, Content: artifact.Marked("moved 4 files")}))
	}),
	windowsActivity("inventory", "an agent asks which security products there are", func(_ asset.Host, day *planBuilder) {
		const agent = monitor + "agent.exe"
		kept := effect.Write{Path: `C:\ProgramData\Monitor\inventory.json`, Content: artifact.Marked("one product")}
		asked := windowsProgram(system32+`wbem\WMIC.exe`, `wmic /namespace:\\root\SecurityCenter2 path AntiVirusProduct get displayName /format:csv`)
		day.Processes = append(day.Processes, asResident(windowsProgram(agent, `"`+agent+`"`, effect.Run{Process: asked}, kept), asset.WindowsSystem))
		day.addChecks(kept)
	}),
	windowsActivity("program_titles", "the desktop remembers programs' titles, in bytes", func(on asset.Host, day *planBuilder) {
		user := on.Account("user")
		day.addAct(desktop, user, `C:\Windows\Explorer.EXE`, effect.SetValue{
			Key: `HKU\` + asset.WindowsSID(user) + `_Classes\MuiCache`, Name: "LangID", Value: artifact.Value{Type: "REG_BINARY", Data: "0904"},
		})
	}),
	windowsActivity("report_saved", "somebody saves a report", func(on asset.Host, day *planBuilder) {
		day.addFileWrite(office+"EXCEL.EXE", on.Account("user"), `C:\Users\ops02\Documents\calls_march.csv`, "a report")
	}),
	windowsActivity("logon_script", "a logon script connects the home drive", func(on asset.Host, day *planBuilder) {
		user := on.Account("user")
		day.addTypedCommands(user, windowsProgram(system32+"net.exe", `net use Z: \\FILE01\home /persistent:yes`, effect.SetValue{
			Key: `HKU\` + asset.WindowsSID(user) + `\Network\Z`, Name: "RemotePath", Value: artifact.Value{Type: "REG_SZ", Data: `\\FILE01\home`},
		}))
	}),
	// The library is signed, as what updates itself below a profile is.
	windowsActivity("chat_update", "a chat program below the profile brings a library and loads it", func(on asset.Host, day *planBuilder) {
		const chat = `C:\Users\ops02\AppData\Local\Microsoft\Teams\current\`
		library := effect.Write{Path: chat + "ffmpeg.dll", Content: artifact.Library(artifact.Resource{}, artifact.Signature{By: "Microsoft Corporation", Status: "Valid"})}
		day.Processes = append(day.Processes, asResident(windowsProgram(chat+"Teams.exe", `"`+chat+`Teams.exe"`, library, effect.Load{Path: library.Path}), on.Account("user")))
		day.addChecks(library)
	}),
	windowsActivity("drives_cleared", "a logon script drops all drives before it connects one", func(on asset.Host, day *planBuilder) {
		user := on.Account("user")
		drive := effect.SetValue{Key: `HKU\` + asset.WindowsSID(user) + `\Network\P`, Name: "RemotePath", Value: artifact.Value{Type: "REG_SZ", Data: `\\FILE01\plans`}}
		script := windowsProgram(system32+"cmd.exe", `C:\Windows\system32\cmd.exe /c \\carrier.example\netlogon\logon.bat`, started([]effect.Process{
			windowsProgram(system32+"net.exe", `net use * /delete /y`),
			windowsProgram(system32+"net.exe", `net use P: \\FILE01\plans`, drive),
		})...)
		day.Processes = append(day.Processes, asResident(windowsProgram(system32+"gpscript.exe", `gpscript.exe /Logon`, effect.Run{Process: script}), user))
		day.addChecks(drive)
	}),
	systemFileActivity("browser_update", "the browser's updater brings a new version",
		`C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe`,
		`C:\Program Files (x86)\Microsoft\Edge\Application\88.0.705.81\msedge.dll`, "no library"),
}

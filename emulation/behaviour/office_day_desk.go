package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// deskDay is what installers and people leave where implants would be.
func deskDay(on asset.Place, day *workday) {
	const run = `\Microsoft\Windows\CurrentVersion\`
	user := on.Account("user")
	const drive = `C:\Users\ops02\AppData\Local\Microsoft\OneDrive\OneDrive.exe`
	day.does(drive, user, `"`+drive+`" /background`, effect.SetValue{
		Key: `HKU\` + asset.WindowsSID(user) + `\Software` + run + "Run", Name: "OneDrive",
		Value: effect.Value{Type: "REG_SZ", Data: `"` + drive + `" /background`},
	})
	// A runtime's installer asks to be run once more, from ProgramData.
	const cache = `C:\ProgramData\Package Cache\{282975d8-55fe-4991-bbbb-06a72581ce58}\VC_redist.x64.exe`
	day.does(cache, asset.WindowsSystem, `"`+cache+`" /quiet`, effect.SetValue{
		Key: `HKLM\SOFTWARE` + run + "RunOnce", Name: "{282975d8-55fe-4991-bbbb-06a72581ce58}",
		Value: effect.Value{Type: "REG_SZ", Data: `"` + cache + `" /burn.runonce`},
	})
	const office = `C:\Program Files\Microsoft Office\Root\Office16\`
	day.writes(system32+"msiexec.exe", asset.WindowsSystem, office+`STARTUP\Carrier.dotm`, "the carrier's letter template")
	day.writes(system32+"msiexec.exe", asset.WindowsSystem, office+`STARTUP\Carrier.wll`, "the carrier's letter add-in")
	day.writes(office+"ONENOTE.EXE", user, `C:\Users\ops02\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup\Send to OneNote.lnk`, "a shortcut")
	day.writes(`C:\Windows\explorer.exe`, user, `C:\$Recycle.Bin\`+asset.WindowsSID(user)+`\$R8K2Q1Z.rar`, "a deleted archive")
	// The help desk looks at the network, and moves documents to a file server.
	day.types(on.Account("admin"),
		windowsProgram(system32+"ipconfig.exe", "ipconfig /all"),
		windowsProgram(system32+"net.exe", "net use"),
		windowsProgram(system32+"reg.exe", `reg query "HKLM\SOFTWARE\Microsoft\Office\16.0\Common" /v Version`),
		windowsProgram(system32+"Robocopy.exe", `robocopy C:\Users\ops02\Documents \\FILE01\home\ops02 *.docx *.xlsx /s`),
	)
	// Endpoint inventory, by an agent.
	const agent = `C:\Program Files\Monitor\agent.exe`
	asked := windowsProgram(system32+`wbem\WMIC.exe`, `wmic /namespace:\\root\SecurityCenter2 path AntiVirusProduct get displayName /format:csv`)
	day.do = append(day.do, asResident(windowsProgram(agent, `"`+agent+`"`, effect.Run{Process: asked}), asset.WindowsSystem))
	// The desktop remembers programs' titles, in bytes.
	const desktop = `C:\Windows\explorer.exe`
	day.does(desktop, user, `C:\Windows\Explorer.EXE`, effect.SetValue{
		Key: `HKU\` + asset.WindowsSID(user) + `_Classes\MuiCache`, Name: "LangID", Value: effect.Value{Type: "REG_BINARY", Data: "0904"},
	})
	day.writes(office+"EXCEL.EXE", user, `C:\Users\ops02\Documents\calls_march.csv`, "a report")
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// dataFolderCases are programs in folders for data: the files that they keep
// there, and the libraries that they map.
func dataFolderCases(c *caseBuilder) {
	const (
		vendor   = `C:\ProgramData\Microsoft\DeviceSync\`
		monitor  = `C:\ProgramData\Monitor\`
		defender = `C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2102.3-0\`
	)
	unsigned, signed := artifact.Signature{}, artifact.Signature{By: "Microsoft Corporation", Status: "Valid"}
	// Seen: each kind of text beside the program.
	// Not seen: one that was put by, and one elsewhere; a signed library, and one of
	// an installed program.
	c.addActs(running(vendor+"sync.exe", asset.WindowsSystem), append(written(
		vendor+"sync.txt", vendor+"sync.log", vendor+"sync.dat", vendor+"sync.log.1", monitor+"sync.log"),
		c.addLibrary(vendor+"sync.dll", signed),
		c.addLibrary(`C:\Program Files\Common Files\Codec\codec.dll`, unsigned))...)
	// Seen: a library that nobody signed, in one such folder for a program in another.
	c.addActs(running(installerLike, c.on.Account("user")), c.addLibrary(`C:\PerfLogs\msi.dll`, unsigned))
	c.addActs(running(`C:\PerfLogs\perf.exe`, c.on.Account("user")), c.addLibrary(`C:\Users\Public\perf.dll`, unsigned))
	// Not seen: an installed program keeps its log and its plug-in there.
	c.addActs(running(`C:\Program Files\Monitor\agent.exe`, asset.WindowsSystem), append(
		written(vendor+"devices.log"), c.addLibrary(monitor+"disks.dll", unsigned))...)
	// Not seen: Defender's definitions are none of a program's libraries.
	c.addActs(running(defender+"MsMpEng.exe", asset.WindowsSystem), c.addLibrary(defender+"mpengine.dll", unsigned))
}

// startFolderCases are what Office and the desktop open on their own.
func startFolderCases(c *caseBuilder) {
	const (
		roaming = `C:\Users\ops02\AppData\Roaming\Microsoft\`
		word    = roaming + `Word\STARTUP\`
		excel   = roaming + `Excel\XLSTART\`
		startup = roaming + `Windows\Start Menu\Programs\Startup\`
	)
	user := c.on.Account("user")
	// Seen: each kind of add-in, template and start, by a program that is only named
	// like the installer. Not seen: their copies, a program's settings, and the same
	// where nothing is opened from.
	c.addActs(running(installerLike, user), written(
		excel+"roster.xll", word+"roster.wwl", word+"roster.wll.bak", roaming+`AddIns\roster.xll`,
		word+"letter.dotm", word+"letter.dot", word+"letter.docm", word+"letter.dotm.bak", roaming+`Templates\letter.dotm`,
		startup+"roster.exe", startup+"roster.url", startup+"roster.exe.config", `C:\Users\ops02\Desktop\roster.lnk`)...)
	// Not seen: Office's own installer, Word, the desktop, an installed program.
	c.addActs(running(`C:\Program Files\Common Files\microsoft shared\ClickToRun\OfficeClickToRun.exe`, asset.WindowsSystem), written(
		office+`XLSTART\analysis.xll`, office+`STARTUP\labels.dotm`)...)
	c.addActs(running(office+"WINWORD.EXE", user), written(word+"fax.dotm")...)
	c.addActs(running(desktop, user), written(startup+"Calls.lnk")...)
	c.addActs(running(`C:\Program Files (x86)\Softphone\softphone.exe`, user), written(startup+"Softphone.lnk")...)
}

// valueCases are values of the registry from which programs are started, or in
// which they keep what nobody starts.
func valueCases(c *caseBuilder) {
	user := c.on.Account("user")
	hive := `HKU\` + asset.WindowsSID(user)
	classes := hive + `_Classes\`
	set := func(key, name, kind, data string) effect.Act {
		return effect.SetValue{Key: key, Name: name, Value: artifact.Value{Type: kind, Data: data}}
	}
	runs := hive + `\SOFTWARE` + currentFolder + "Run"
	c.addActs(running(installerLike, user),
		// Seen: a program in each such folder; bytes in a key of one's own.
		set(runs, "Roster", "REG_SZ", `C:\Users\ops02\AppData\Local\Temp\roster.exe`),
		set(runs, "Monitor", "REG_SZ", `C:\Windows\Temp\monitor.exe`),
		set(runs, "Calls", "REG_SZ", `C:\Users\Public\calls.exe`),
		set(runs, "Perf", "REG_SZ", `C:\PerfLogs\perf.exe`),
		set(classes+"rosterState", "cache", "REG_BINARY", "00"),
		// Not seen: texts that Windows reads for a program, further below; what a kind
		// of file is called; bytes that are not below Classes.
		set(classes+`Local Settings\MuiCache\1a\52C64B7E`, "LanguageList", "REG_MULTI_SZ", "en-US"),
		set(classes+"dat_auto_file", "", "REG_SZ", "Binary Data File"),
		set(hive+`\SOFTWARE\Roster`, "Window", "REG_BINARY", "00"))
	// Not seen: what was typed into the box that starts programs.
	c.addActs(running(desktop, user), set(hive+`\SOFTWARE`+currentFolder+`Explorer\RunMRU`, "a", "REG_SZ", `C:\Users\Public\calls.exe\1`))
	// Not seen: installed programs keep bytes.
	c.addActs(running(office+"EXCEL.EXE", user), set(classes+"Excel.Sheet.12", "EditFlags", "REG_BINARY", "00"))
	c.addActs(running(`C:\Program Files (x86)\Softphone\softphone.exe`, user), set(classes+"tel", "EditFlags", "REG_BINARY", "02"))
}

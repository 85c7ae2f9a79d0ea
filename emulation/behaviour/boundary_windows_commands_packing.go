package behaviour

import "github.com/ringer-lab/ringer/emulation/artifact"

func archiveCases(c *commandCases) {
	const bin = `C:\$Recycle.Bin\S-1-5-21-3623811015-3361044348-30300820-1013`
	front := windowsProgram(broughtTools+"rarfront.exe", `rarfront.exe D:\Backup\plans.rar`)
	front.Resource = &artifact.Resource{OriginalFileName: "rarfront.exe", Description: "Command line RAR front end"}
	unpacker := windowsProgram(broughtTools+"unrar.exe", `unrar.exe x -hpStandin#1 D:\Backup\plans.rar D:\Plans`)
	rar := artifact.ResourceOf("rar.exe")
	unpacker.Resource = &rar
	// Whoever renames a program where extensions are hidden gives it two.
	twice := windowsProgram(broughtTools+"rar.exe.exe", `rar.exe a -HPStandin#1 D:\Backup\plans.rar D:\Plans`)
	twice.Resource = &rar
	c.addPrompted(
		// 7-Zip, seen: each of its three programs by name and by version resource,
		// with the switch in capitals too.
		unversioned(broughtTools+"7z.exe", `7z a -pStandin#1 D:\Backup\plans.7z D:\Plans`),
		unversioned(broughtTools+"7za.exe", `7za a -tzip -mem=AES256 -pStandin#1 D:\Backup\plans.zip D:\Plans`),
		unversioned(broughtTools+"7zr.exe", `7zr a -PStandin#1 D:\Backup\plans.7z D:\Plans`),
		renamed(broughtTools+"zip.exe", `zip a -pStandin#1 D:\Backup\plans.7z D:\Plans`, "7z.exe"),
		renamed(broughtTools+"zipa.exe", `zipa a -pStandin#1 D:\Backup\plans.7z D:\Plans`, "7za.exe"),
		renamed(broughtTools+"zipr.exe", `zipr a -pStandin#1 D:\Backup\plans.7z D:\Plans`, "7zr.exe"),
		// Not seen: no password, and the wrapper, which packs nothing itself.
		unversioned(broughtTools+"7z.exe", `7z a D:\Backup\plans.7z D:\Plans`),
		wrapper("7z.exe", `7z.exe a -pStandin#1 D:\Backup\plans.7z D:\Plans`),

		// RAR by another name and names hidden, seen: both in one.
		twice,
		// Not seen: the unpacker, given the password it needs, and a front end.
		unpacker,
		front,

		// The recycle bin, seen: a copy into it. Not seen: it is emptied.
		windowsProgram(system32+"cmd.exe", `cmd.exe /c copy D:\Plans\sites.docx `+bin+`\sites.dat`),
		windowsProgram(system32+"cmd.exe", `cmd.exe /c rd /s /q `+bin),
	)
}

func cabinetCases(c *commandCases) {
	const makecab = system32 + "makecab.exe"
	c.addPrompted(
		// Seen: mail, both spellings of the folder of exports, a user's file, and a
		// cabinet below PerfLogs.
		byName(makecab, `makecab "D:\Program Files\Microsoft\Exchange Server\V15\Mailbox\mail.edb" D:\Backup\m.cab`),
		renamed(broughtTools+"cab.exe", `cab D:\Exports\voice.csv D:\Backup\v.cab`, "makecab.exe"),
		byName(makecab, `makecab D:\Export\standin01.pst D:\Backup\s.cab`),
		byName(makecab, `makecab C:\Users\ops02\Documents\roster.docx D:\Backup\r.cab`),
		byName(makecab, `makecab D:\Plans\sites.docx C:\PerfLogs\p.cab`),
		// Not seen: a file of directives, as installers are built with, and the
		// wrapper.
		byName(makecab, `makecab /f C:\Users\ops02\Setup\setup.ddf`),
		wrapper("makecab.exe", `makecab.exe C:\Users\ops02\Documents\roster.docx D:\Backup\r.cab`),
	)
}

func documentCases(c *commandCases) {
	const robocopy, xcopy = system32 + "Robocopy.exe", system32 + "xcopy.exe"
	c.addPrompted(
		// Seen: each copier by name and by version resource, one kind of document
		// each.
		byName(robocopy, `robocopy C:\Users D:\Collected *.docx /s`),
		byName(xcopy, `xcopy C:\Users\*.xlsx D:\Collected\ /s /i /y`),
		byName(system32+"forfiles.exe", `forfiles /p C:\Users /s /m *.pdf /c "cmd /c copy @path D:\Collected"`),
		renamed(broughtTools+"rc.exe", `rc C:\Users D:\Collected *.pptx /s`, "robocopy.exe"),
		renamed(broughtTools+"ff.exe", `ff /p C:\Users /s /m *.pdf /c "cmd /c copy @path D:\Collected"`, "forfiles.exe"),
		// Seen: a pattern that pairs of quotes hide.
		renamed(broughtTools+"xc.exe", `xc D:\Plans\*.do""cx E:\ /s`, "XCOPY.EXE"),
		// Not seen: a profile as a whole, documents of no user, pairs of quotes
		// without a pattern, and the wrapper.
		byName(robocopy, `robocopy C:\Users\ops02 D:\Profiles\ops02 /mir`),
		byName(xcopy, `xcopy D:\Plans\*.docx E:\Plans\ /s`),
		byName(xcopy, `xcopy D:\Pla""ns E:\Plans\ /s`),
		wrapper("xcopy.exe", `xcopy.exe C:\Users\*.docx D:\Collected\ /s`),
	)
}

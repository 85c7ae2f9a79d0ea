package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// WindowsLogFolder is where a Windows host keeps its event logs.
const WindowsLogFolder = `C:\Windows\System32\winevt\Logs\`

// windowsFiles is what stands on every Windows host, and what more is given.
func windowsFiles(more ...File) []File {
	files := []File{
		{Path: `C:\Windows\System32\Tasks\Microsoft`, Folder: true},
		{Path: `C:\Windows\Temp`, Folder: true},
		windowsSessions(),
		{Path: `C:\Windows\Prefetch`, Folder: true},
		{Path: `C:\PerfLogs`, Folder: true},
		{Path: `C:\ProgramData`, Folder: true},
		{Path: `C:\Program Files\Common Files`, Folder: true},
		{Path: `C:\Users\Public`, Folder: true},
		{Path: `C:\$Recycle.Bin\S-1-5-18`, Folder: true},
		{Path: `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`, Folder: true},
		{Path: `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree`, Folder: true},
		{Path: `HKLM\SYSTEM\CurrentControlSet\Services`, Folder: true},
	}
	for _, log := range []string{"Security", "System", "Application", "Microsoft-Windows-PowerShell%4Operational"} {
		files = append(files, File{Path: WindowsLogFolder + log + ".evtx", Content: windowsLog(log), Days: 1})
	}
	return append(files, more...)
}

// windowsLog is an event log of text lines, as nothing here reads the real
// format.
func windowsLog(name string) []byte {
	return textLines(effect.Marker, name+" record 4100", name+" record 4101", name+" record 4102")
}

// exportedRecords are three days of call records, exported to a folder.
func exportedRecords(folder string) []File {
	var files []File
	for i, day := range [...]string{"20210301", "20210302", "20210303"} {
		files = append(files, File{Path: folder + `\cdr_` + day + ".csv", Content: recordsOf(day, "0001"), Days: 3 - i})
	}
	return files
}

// markedFile is a text file that holds ringer's marker and a line to tell it by.
func markedFile(path, line string, days int) File {
	return File{Path: path, Content: textLines(effect.Marker, line), Days: days}
}

package asset

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// windowsFiles are the files of every Windows host, and the given ones.
func windowsFiles(more ...File) []File {
	files := []File{
		{Path: artifact.TaskFile("Microsoft"), Folder: true},
		{Path: `C:\Windows\Temp`, Folder: true},
		windowsSessions(),
		folder(artifact.PrefetchFolder),
		{Path: `C:\PerfLogs`, Folder: true},
		{Path: `C:\ProgramData`, Folder: true},
		{Path: `C:\Program Files\Common Files`, Folder: true},
		{Path: `C:\Users\Public`, Folder: true},
		{Path: `C:\$Recycle.Bin\S-1-5-18`, Folder: true},
		{Path: `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`, Folder: true},
		folder(artifact.TaskCache),
		folder(artifact.ServicesKey),
	}
	for _, log := range []string{"Security", "System", "Application", "Microsoft-Windows-PowerShell/Operational"} {
		file := artifact.EventLogFile(log)
		files = append(files, File{Path: file, Content: windowsLog(artifact.BaseName(file)), Days: 1})
	}
	return append(files, more...)
}

// windowsLog is an event log of text lines, as nothing here reads the real
// format.
func windowsLog(file string) []byte {
	name := strings.TrimSuffix(file, ".evtx")
	return textLines(artifact.Marker, name+" record 4100", name+" record 4101", name+" record 4102")
}

// exportedRecords are three days of call records, exported to a folder.
func exportedRecords(folder string) []File {
	var files []File
	for i, day := range [...]string{"20210301", "20210302", "20210303"} {
		files = append(files, File{Path: folder + `\cdr_` + day + ".csv", Content: recordsOf(day, "0001"), Days: 3 - i})
	}
	return files
}

// markedFile is a text file of ringer's marker and a line to tell it from others by.
func markedFile(path, line string, days int) File {
	return File{Path: path, Content: textLines(artifact.Marker, line), Days: days}
}

// folder is a folder or key whose path is given with a backslash after it.
func folder(path string) File { return File{Path: strings.TrimSuffix(path, `\`), Folder: true} }

// windowsSessions is a host's table of logon sessions, in which the system's own
// stands.
func windowsSessions() File {
	system := artifact.LogonSession{Type: "5", Account: "SYSTEM", Address: "-", Workstation: "-"}
	return File{Path: artifact.SessionsFile, Days: 1, Content: slices.Concat(textLines("# "+artifact.Marker), system.Encode())}
}

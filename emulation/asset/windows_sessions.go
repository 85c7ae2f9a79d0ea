package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// WindowsSessions is a host's table of logons: a text file of lines
// `logon:<type>:<account>:<address>:<workstation>` and `logoff:<type>:<account>`.
// There is no authority on an asset that anybody could log on to, so what a log
// tells of the table is declared.
const WindowsSessions = `C:\Windows\System32\config\sessions.txt`

func windowsSessions() File {
	return File{Path: WindowsSessions, Days: 1, Content: textLines("# "+effect.Marker, "logon:5:SYSTEM:-:-")}
}

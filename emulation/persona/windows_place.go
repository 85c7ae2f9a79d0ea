package persona

import (
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// eventLogs is where Windows keeps its logs. The event log service holds them
// open, so what is done to them is no file event of anybody else's.
const eventLogs = effect.WindowsLogs

func isEventLog(path string) bool { return isBelow(path, eventLogs) }

// isBelow reports whether a path lies in a folder, which ends in a backslash.
func isBelow(path, folder string) bool {
	return len(path) > len(folder) && strings.EqualFold(path[:len(folder)], folder)
}

// isWindowsFile reports whether a path is that of a file which Sysmon tells of.
// Besides registry and pipes, which are files here only, these are none: logs
// and WMI's repository, which a service holds open and writes for others.
func isWindowsFile(path string) bool {
	return path != "" && !effect.IsRegistry(path) && !isEventLog(path) && !isBelow(path, effect.WindowsPipes) &&
		!isBelow(path, effect.WindowsWMI)
}

// windowsStream is the name of the stream in a path; empty is the file itself.
func windowsStream(file string) string {
	_, stream, _ := strings.Cut(windowsBase(file), ":")
	return stream
}

// windowsBase is a path's last name.
func windowsBase(file string) string { return path.Base(strings.ReplaceAll(file, `\`, "/")) }

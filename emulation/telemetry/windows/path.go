package windows

import (
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// eventLogs is where Windows keeps its logs.
const eventLogs = effect.WindowsLogs

func isEventLog(path string) bool { return isBelow(path, eventLogs) }

// isBelow reports whether a path lies in a folder, which ends in a backslash.
func isBelow(path, folder string) bool {
	return len(path) > len(folder) && strings.EqualFold(path[:len(folder)], folder)
}

// isWindowsFile reports whether a path is that of a file which Sysmon tells of.
// Registry, pipes, another host's too, and the objects in WMI's repository are
// files here only.
func isWindowsFile(path string) bool {
	_, share, _ := splitShare(path)
	return path != "" && share != pipeShare && !effect.IsRegistry(path) && !isBelow(path, effect.WindowsPipes) && !isBelow(path, effect.WindowsWMI)
}

// writtenByService reports whether somebody else writes a file than the process whose
// act it is about: the event log service, or the prefetcher.
func writtenByService(path string) bool {
	return isEventLog(path) || isBelow(path, effect.WindowsPrefetch)
}

// stream is the name of the stream in a path; empty is the file itself.
func stream(file string) string {
	_, stream, _ := strings.Cut(baseName(file), ":")
	return stream
}

// baseName is a path's last name.
func baseName(file string) string { return path.Base(strings.ReplaceAll(file, `\`, "/")) }

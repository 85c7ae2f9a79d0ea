package effect

import (
	"path"
	"strings"
)

// capturedFolders are the places whose files' contents the sensor reports, besides
// that they were written: what is in them is telemetry in another log source's
// words (a registry value, a registered task, a log's record, an account, a setting).
var capturedFolders = map[Platform][]string{
	Windows: {"registry/", "c/Windows/System32/Tasks/", "c/Windows/System32/winevt/Logs/", "c/Windows/NTDS/", "c/Windows/System32/config/", "c/Windows/System32/wbem/Repository/", "c/Windows/System32/inetsrv/config/"},
	Linux:   {"root/var/log/", "root/etc/passwd", "root/etc/group"},
}

// Captures reports whether the sensor is to report a real path's content.
func (t Tree) Captures(real string) bool {
	rel, inside := strings.CutPrefix(real, t.Root+"/")
	if !inside {
		return false
	}
	for _, place := range capturedFolders[t.Platform] {
		if strings.HasPrefix(rel, place) {
			return true
		}
	}
	// A stream's content is in the event of its creation.
	if t.Platform == Windows && strings.Contains(path.Base(rel), ":") {
		return true
	}
	// PowerShell logs the text of a script that it is given, not its name only.
	return t.Platform == Windows && strings.HasSuffix(strings.ToLower(rel), ".ps1")
}

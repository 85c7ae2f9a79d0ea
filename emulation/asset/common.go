package asset

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// commonFolders are the folders that every host of a platform has, whatever its kind.
var commonFolders = map[effect.Platform][]string{
	effect.Windows: {
		`C:\Program Files`, `C:\ProgramData`, `C:\Users\Public`, `C:\Windows\Temp`,
		`C:\Windows\System32\Tasks`, `C:\Windows\System32\winevt\Logs`,
		`HKLM\SOFTWARE`, `HKLM\SYSTEM`, "HKCU", "HKU", "HKCR",
	},
	effect.Linux: {
		"/bin", "/etc", "/home", "/root", "/run", "/srv", "/tmp", "/usr/bin", "/usr/sbin", "/var/log", "/var/tmp",
	},
}

// CommonFolders lists the folders (platform paths) that every host of a platform
// has; there are none for a platform that is not known.
func CommonFolders(platform effect.Platform) []string { return slices.Clone(commonFolders[platform]) }

package asset

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// commonFolders are the folders that every host of a platform has, whatever its kind.
var commonFolders = map[effect.Platform][]string{
	effect.Windows: {
		`C:\Program Files`, `C:\ProgramData`, `C:\Users\Public`, `C:\Windows\Temp`,
		strings.TrimSuffix(artifact.TaskFolder, `\`), strings.TrimSuffix(artifact.EventLogFolder, `\`),
		`HKLM\SOFTWARE`, `HKLM\SYSTEM`, "HKCU", "HKU", "HKCR",
	},
	effect.Linux: append(effect.OwnPlaces(effect.Linux), "/usr/bin", "/usr/sbin", "/var/log", "/var/tmp"),
}

// CommonFolders lists the folders (platform paths) that every host of a platform
// has; there are none for a platform that is not known.
func CommonFolders(platform effect.Platform) []string { return slices.Clone(commonFolders[platform]) }

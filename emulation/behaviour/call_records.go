package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
)

// callRecordFiles are the paths of the call records that mediation has put out on an
// asset; day, such as "20210702", picks one day's, and empty all.
func callRecordFiles(on asset.Host, day string) []string {
	var all []string
	for _, file := range on.Kind.Files {
		if strings.HasPrefix(file.Path, asset.CallRecordFolder+"/MSC01_"+day) {
			all = append(all, file.Path)
		}
	}
	return all
}

// stagingFolders are where records are gathered. Two of them no rule on dots
// sees: one has none, the other lies below a folder that rules leave out.
var stagingFolders = map[string]string{
	"font_unix":  "/var/tmp/.font-unix",
	"ice_cache":  "/tmp/.ICE-cache",
	"pulse_shm":  "/dev/shm/.pulse-shm",
	"plain":      "/var/tmp/mediation-spool",
	"user_cache": "/srv/mediation/.cache/fontconfig",
}

func baseName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

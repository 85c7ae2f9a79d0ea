package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
)

// exportedRecords are the call records that were exported to a Windows host.
func exportedRecords(on asset.Host) []string {
	var all []string
	for _, file := range on.Kind.Files {
		if strings.HasPrefix(file.Path, `C:\Exports\cdr_`) {
			all = append(all, file.Path)
		}
	}
	return all
}

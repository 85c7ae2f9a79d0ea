package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// shareCopy is a file copied to a host through one of its administrative shares:
// the client's act on the share's name, and what the host's kernel then writes.
// One asset stands for both ends.
type shareCopy struct {
	from, to string // to is a path of the host's drive C
}

// name is the target as the client names it.
func (o shareCopy) name(on asset.Host) string {
	return artifact.SharePath(on.Hostname, "c$", strings.TrimPrefix(o.to, `C:\`))
}

// copyAct is the client's act.
func (o shareCopy) copyAct(on asset.Host) effect.Act {
	return effect.Copy{From: o.from, To: o.name(on)}
}

// sharedWrites is the kernel's: the file server in it has no program file.
func sharedWrites(files ...shareCopy) effect.Process {
	var acts []effect.Act
	for _, share := range files {
		acts = append(acts, effect.Copy{From: share.from, To: share.to})
	}
	return kernel(acts...)
}

// kernel is the process that the kernel's own threads are in.
func kernel(acts ...effect.Act) effect.Process {
	return asResident(effect.Process{Image: "System", Args: []string{"System"}, Acts: acts}, asset.WindowsSystem)
}

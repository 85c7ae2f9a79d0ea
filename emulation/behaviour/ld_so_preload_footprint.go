package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[ldSoPreloadFootprint](About{
	Name:      "ld_so_preload_footprint",
	Technique: "T1574.006",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"billing", "web"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "write a comment, and no library, into the asset's own /etc/ld.so.preload: a footprint, nothing is loaded",
	Footprint: "a writer started from root's shell, the file",
	Undo:      "remove the file",
	Source:    "not reported of any of the three; traces on Linux hosts were erased for years, and this is the classic place for it: by analogy only",
})

type ldSoPreloadFootprint struct {
	Writer string `arg:"writer" doc:"who writes it: tee, or the shell by a redirection, which makes no process" oneof:"tee,shell" default:"tee"`
}

// Plan names no path in the file: the loader, did it read it, would find none.
func (l ldSoPreloadFootprint) Plan(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("admin"), dir: "/root"}
	write := effect.Write{Path: "/etc/ld.so.preload", Content: artifact.MarkedComment("# no library")}
	var by effect.Act = write
	if l.Writer == "tee" {
		by = at.run("/usr/bin/tee", words("tee /etc/ld.so.preload"), write)
	}
	return effect.StepPlan{
		Processes: []effect.Process{at.login(by)},
		Checks:    []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}},
	}
}

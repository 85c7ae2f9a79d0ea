package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[cdrStageHiddenFolder](About{
	Name:      "cdr_stage_hidden_folder",
	Technique: "T1074.001",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "staging",
	Summary:   "copy call records from mediation's output into a folder where nobody looks",
	Footprint: "mkdir and cp started from the mediation account's shell; the folder and the copies",
	Undo:      "remove the folders",
	Source:    "ATT&CK v18.1 G0093 T1074.001 and G0027 T1074.001, on Windows; Cybereason 2021: billing servers with call records",
})

type cdrStageHiddenFolder struct {
	Folder string `arg:"folder" doc:"where the copies go; hidden takes a folder each below /var/tmp, /tmp and /dev/shm" oneof:"hidden,font_unix,ice_cache,pulse_shm,plain,user_cache" default:"hidden"`
	Files  int    `arg:"files" doc:"how many records" min:"1" max:"8" default:"3"`
}

// Plan deals the records out to the folders in turn.
func (c cdrStageHiddenFolder) Plan(on asset.Host) effect.StepPlan {
	folders := []string{stagingFolders[c.Folder]}
	if c.Folder == "hidden" {
		folders = []string{stagingFolders["font_unix"], stagingFolders["ice_cache"], stagingFolders["pulse_shm"]}
	}
	service := on.Account("service")
	at := session{user: service, dir: homes[service]}
	var plan effect.StepPlan
	var acts []effect.Act
	for _, folder := range folders {
		acts = append(acts, at.run("/usr/bin/mkdir", words("mkdir -p "+folder), effect.MakeDir{Path: folder}))
	}
	for i, record := range callRecordFiles(on, "")[:c.Files] {
		folder := folders[i%len(folders)] + "/"
		copied := folder + baseName(record)
		acts = append(acts, at.run("/usr/bin/cp", words("cp -p "+record+" "+folder), effect.Copy{From: record, To: copied, KeepTimes: true}))
		plan.Checks = append(plan.Checks, effect.SameAs{Path: copied, As: record})
	}
	plan.Processes = []effect.Process{at.login(acts...)}
	return plan
}

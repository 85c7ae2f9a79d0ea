package behaviour

import (
	"bytes"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[cdrSweepNewer](About{
	Name:      "cdr_sweep_newer",
	Technique: "T1119",
	Actors:    []string{"emissary_panda", "soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "collection",
	Summary:   "collect the call records newer than a stamp file, and list those that hold numbers of interest",
	Footprint: "touch, find with cp below it, and grep started from the mediation account's shell; copies, stamp and lists in a folder",
	Undo:      "remove the folder, or what was added to it",
	Source:    "ATT&CK v18.1 G0027 T1119, on Windows; for G0093 by analogy: Cybereason 2021, call records of chosen persons",
})

type cdrSweepNewer struct {
	Folder string `arg:"folder" doc:"where the copies go" oneof:"font_unix,ice_cache,pulse_shm,plain,user_cache" default:"font_unix"`
	Find   bool   `arg:"find" doc:"collect with find" default:"true"`
}

// numbersOfInterest are numbers kept for drama, as all in the records are.
var numbersOfInterest = [...]string{"+447700900137", "+447700900248"}

// Plan takes the last record of the first day for the stamp's time, so that
// what find gives does not hang on the hour of the run.
func (c cdrSweepNewer) Plan(on asset.Host) effect.StepPlan {
	service := on.Account("service")
	at := session{user: service, dir: homes[service]}
	folder := stagingFolders[c.Folder]
	stamp, list, hits := folder+"/.stamp", folder+"/n.txt", folder+"/hits.txt"
	old, fresh := callRecordFiles(on, "20210701"), callRecordFiles(on, "20210702")
	found := artifact.MarkedComment(strings.Join(filesOfInterest(on), "\n"))
	plan := effect.StepPlan{Checks: []effect.Check{effect.ContentIs{Path: hits, Content: found}}}

	acts := []effect.Act{
		at.run("/usr/bin/mkdir", words("mkdir -p "+folder), effect.MakeDir{Path: folder}),
		effect.Write{Path: list, Content: artifact.MarkedComment(strings.Join(numbersOfInterest[:], "\n"))},
		at.run("/usr/bin/touch", words("touch -r "+old[len(old)-1]+" "+stamp),
			effect.Append{Path: stamp, Content: artifact.MarkedComment("")}, effect.SetTimes{Path: stamp, Like: old[len(old)-1]}),
	}
	if c.Find {
		var copies []effect.Act
		for _, record := range fresh {
			copied := folder + "/" + baseName(record)
			copies = append(copies, effect.Copy{From: record, To: copied})
			plan.Checks = append(plan.Checks, effect.SameAs{Path: copied, As: record})
		}
		acts = append(acts, at.run("/usr/bin/find",
			words("find "+asset.CallRecordFolder+" -newer "+stamp+" -name *.cdr -exec cp -t "+folder+" {} +"),
			at.run("/usr/bin/cp", append(words("cp -t "+folder), fresh...), copies...)))
	}
	acts = append(acts,
		effect.Write{Path: hits, Content: found},
		at.run("/usr/bin/grep", words("grep -rlF -f "+list+" "+asset.CallRecordFolder)),
		at.run("/usr/bin/touch", words("touch "+stamp), effect.Append{Path: stamp, Content: artifact.MarkedComment("")}),
	)
	plan.Processes = []effect.Process{at.login(acts...)}
	return plan
}

// filesOfInterest returns the call record files with one of the numbers.
func filesOfInterest(on asset.Host) []string {
	var all []string
	for _, record := range callRecordFiles(on, "") {
		content := on.Content(record)
		if bytes.Contains(content, []byte(numbersOfInterest[0])) || bytes.Contains(content, []byte(numbersOfInterest[1])) {
			all = append(all, record)
		}
	}
	return all
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[stageRecycleBin](About{
	Name:      "stage_recycle_bin",
	Technique: "T1074.001",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"domain_controller", "exchange", "workstation"},
	Platform:  effect.Windows,
	Phase:     "staging",
	Summary:   "move copies of exported call records into the genuine recycle bin, below a SID that owns nothing there",
	Footprint: "records in C:\\$Recycle.Bin without the $I and $R pair of a true deletion; cmd.exe started twice",
	Undo:      "delete the records there, and the folder they came from",
	Source:    "ATT&CK v18.1 G0093 T1074.001 (multi-part archives staged in the recycle bin); Cybereason, 2019",
})

type stageRecycleBin struct {
	Folder string `arg:"folder" doc:"the folder of ProgramData where they are gathered first" like:"*" default:"Oracle"`
}

// Plan renames within one volume, which Sysmon's file events do not report.
func (s stageRecycleBin) Plan(on asset.Host) effect.StepPlan {
	gathered, bin := `C:\ProgramData\`+s.Folder+`\`, `C:\$Recycle.Bin\S-1-5-18\`
	var copies, moves []effect.Act
	var checks []effect.Check
	for _, from := range exportedRecords(on) {
		name := artifact.BaseName(from)
		copies = append(copies, effect.Copy{From: from, To: gathered + name})
		moves = append(moves, effect.Move{From: gathered + name, To: bin + name})
		checks = append(checks, effect.SameAs{Path: bin + name, As: from})
	}
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on,
			windowsProgram(system32+"cmd.exe", `cmd.exe /c copy C:\Exports\cdr_2021*.csv `+gathered, copies...),
			windowsProgram(system32+"cmd.exe", `cmd.exe /c move `+gathered+`cdr_2021*.csv `+bin, moves...),
		)},
		Checks: checks,
	}
}

package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[stageSystemFolders](About{
	Name:      "stage_system_folders",
	Technique: "T1074.001",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"workstation", "domain_controller", "exchange"},
	Platform:  effect.Windows,
	Phase:     "staging",
	Summary:   "copy exported call records to folders that staging favours: PerfLogs, Windows\\Temp, a vendor-like folder of ProgramData",
	Footprint: "copies of the records, written by cmd.exe and xcopy.exe",
	Undo:      "delete the copies and the folders made",
	Source:    "ATT&CK v18.1 G0027 T1074.001 (encrypted archives staged locally), G0093 T1074.001; the folders are a variant of ours",
})

type stageSystemFolders struct {
	Folders []string `arg:"folders" doc:"where the records are gathered" oneof:"perflogs,windows_temp,programdata" default:"perflogs,windows_temp,programdata"`
}

// Plan copies with cmd.exe's own command, and with xcopy.exe where the folder
// has to be made.
func (s stageSystemFolders) Plan(on asset.Host) effect.StepPlan {
	var typed []effect.Process
	var checks []effect.Check
	stage := func(image, line, folder string) {
		var acts []effect.Act
		for _, from := range exportedRecords(on) {
			to := folder + artifact.BaseName(from)
			acts = append(acts, effect.Copy{From: from, To: to})
			checks = append(checks, effect.SameAs{Path: to, As: from})
		}
		typed = append(typed, windowsProgram(system32+image, line, acts...))
	}
	if slices.Contains(s.Folders, "perflogs") {
		stage("cmd.exe", `cmd.exe /c copy C:\Exports\cdr_2021*.csv C:\PerfLogs\`, `C:\PerfLogs\`)
	}
	if slices.Contains(s.Folders, "windows_temp") {
		stage("xcopy.exe", `xcopy C:\Exports\cdr_2021*.csv C:\Windows\Temp\wct1\ /i /y`, `C:\Windows\Temp\wct1\`)
	}
	if slices.Contains(s.Folders, "programdata") {
		stage("cmd.exe", `cmd.exe /c copy C:\Exports\cdr_2021*.csv C:\ProgramData\Intel\Package\`, `C:\ProgramData\Intel\Package\`)
	}
	return effect.StepPlan{Processes: []effect.Process{windowsShell(on, typed...)}, Checks: checks}
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[eventLogClear](About{
	Name:      "event_log_clear",
	Technique: "T1070.001",
	Actors:    []string{"soft_cell", "naikon", "emissary_panda"},
	Assets:    []string{"domain_controller", "exchange", "workstation", "iis"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "empty the asset's own synthetic event logs, and name the change journal as deleted",
	Footprint: "wevtutil.exe started once a log, fsutil.exe once; empty logs; 1102 in Security, 104 in System",
	Undo:      "put the logs back as they were",
	Source:    "Cybereason, DeadRinger, 2021 (all three clusters put much work into hiding their traces); ATT&CK v18.1 lists the technique for none of the three, so the mapping is ours",
})

type eventLogClear struct {
	Logs    []string `arg:"logs" doc:"the logs to empty" oneof:"Security,System,Application,PowerShell" default:"Security,Application,PowerShell"`
	Journal bool     `arg:"journal" doc:"whether fsutil.exe is started for the change journal too" default:"true"`
}

// Plan empties the files: their clearing is what the log service would record.
func (e eventLogClear) Plan(on asset.Host) effect.StepPlan {
	var typed []effect.Process
	var checks []effect.Check
	for _, log := range e.Logs {
		if log == "PowerShell" {
			log = "Microsoft-Windows-PowerShell/Operational"
		}
		file := artifact.EventLogFile(log)
		typed = append(typed, windowsProgram(system32+"wevtutil.exe", "wevtutil cl "+log, effect.Truncate{Path: file}))
		checks = append(checks, effect.Empty{Path: file})
	}
	if e.Journal {
		typed = append(typed, windowsProgram(system32+"fsutil.exe", "fsutil usn deletejournal /d C:"))
	}
	return effect.StepPlan{Processes: []effect.Process{windowsShell(on, typed...)}, Checks: checks}
}

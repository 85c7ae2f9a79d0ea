package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[scheduledTaskRemove](About{
	Name:      "scheduled_task_remove",
	Technique: "T1070.009",
	Actors:    []string{"soft_cell", "naikon"},
	Assets:    []string{"domain_controller"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "delete a registered task, with its file and its entry in the scheduler's cache",
	Footprint: "schtasks.exe started; file and key gone; 4699 in Security, 141 in the scheduler's log",
	Undo:      "put file and key back",
	Source:    "ATT&CK v18.1 G0093 and G0019 T1053.005 (tasks used); Cybereason, DeadRinger, 2021 (traces erased). Removal as T1070.009 is listed for none of the three.",
})

type scheduledTaskRemove struct {
	Name string `arg:"name" doc:"a task that is there by then: provisioned, or of an earlier step" like:"*" default:"Carrier CDR Nightly"`
}

// Plan has the scheduler delete, as schtasks.exe only asks.
func (s scheduledTaskRemove) Plan(on asset.Host) effect.StepPlan {
	file := effect.Remove{Path: artifact.TaskFolder + s.Name}
	return effect.StepPlan{
		Processes: []effect.Process{
			windowsShell(on, windowsProgram(system32+"schtasks.exe", `schtasks /delete /tn "`+s.Name+`" /f`)),
			taskScheduler(file, effect.DeleteKey{Key: artifact.TaskCache + s.Name}),
		},
		Checks: []effect.Check{effect.Gone{Path: file.Path}, effect.Gone{Path: artifact.TaskCache + s.Name}},
	}
}

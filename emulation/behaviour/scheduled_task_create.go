package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[scheduledTaskCreate](About{
	Name:      "scheduled_task_create",
	Technique: "T1053.005",
	Actors:    []string{"soft_cell", "naikon"},
	Assets:    []string{"domain_controller", "exchange", "workstation", "iis"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "register a task that names a program in a vendor-like folder of ProgramData; there is no such program",
	Footprint: "schtasks.exe started; the task's file and cache entry, written by the scheduler; its records in Security and in the scheduler's log",
	Undo:      "delete the task's file and cache entry",
	Source:    "ATT&CK v18.1 G0093 T1053.005 (persistence of its remote access tool), G0019 T1053.005 (there for movement); Cybereason, DeadRinger, 2021. Task name and folder are ours.",
})

type scheduledTaskCreate struct {
	Name     string `arg:"name" doc:"the task's name" like:"*" default:"Samsung RunHelp"`
	Folder   string `arg:"folder" doc:"the folder of ProgramData that the task's program is said to lie in" like:"*" default:"Samsung"`
	Program  string `arg:"program" doc:"the task's program" like:"*.exe" default:"RunHelp.exe"`
	Schedule string `arg:"schedule" doc:"when the task would start" oneof:"onstart,onlogon,daily" default:"onstart"`
	Account  string `arg:"account" doc:"whom the task would run as: the system, or the one who made it" oneof:"system,own" default:"system"`
}

// Plan has the scheduler do the writing, as schtasks.exe only asks for it: rules
// on the cache entry leave out the scheduler as writer.
func (s scheduledTaskCreate) Plan(on asset.Host) effect.StepPlan {
	task := registeredTask{
		name: s.Name, author: on.Account("admin"), account: on.Account("admin"), trigger: s.Schedule,
		command: `C:\ProgramData\` + s.Folder + `\` + s.Program,
	}
	line := fmt.Sprintf(`schtasks.exe /create /tn "%s" /tr "%s" /sc %s`, s.Name, task.command, s.Schedule)
	if s.Schedule == "daily" {
		line += " /st 09:10"
	}
	if s.Account == "system" {
		line += " /ru SYSTEM"
		task.account = asset.WindowsSystem
	}
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on, windowsProgram(system32+"schtasks.exe", line+" /f")), task.writtenByScheduler()},
		Checks:    task.checks(),
	}
}

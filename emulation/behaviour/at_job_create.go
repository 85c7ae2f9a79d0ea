package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[atJobCreate](About{
	Name:      "at_job_create",
	Technique: "T1053.002",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"iis", "exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a stand-in of at.exe enters a job that names a program in Windows\\Temp; there is no such program, and one asset stands for both ends",
	Footprint: "at.exe started; 5145 of the scheduler's pipe; a job file of the old format and a task, written by the scheduler; their records in Security and in the scheduler's log",
	Undo:      "delete the job's file and the task",
	Source:    "ATT&CK v18.1 G0027 T1053.002 (self-extracting archives started by at on other hosts). Program name is ours.",
})

type atJobCreate struct {
	Program string `arg:"program" doc:"the program that the job names" like:"*.exe" default:"setup.exe"`
	Target  string `arg:"target" doc:"whether the host is named on the command line" oneof:"named,own" default:"named"`
}

// Plan keeps the job twice, as Windows does since the old scheduler is gone: the
// old file, and the task that is made of it.
func (a atJobCreate) Plan(on asset.Host) effect.StepPlan {
	command := `C:\Windows\Temp\` + a.Program
	task := registeredTask{name: "At1", author: on.Account("admin"), account: asset.WindowsSystem, trigger: "once", command: command}
	job := effect.Write{Path: `C:\Windows\Tasks\At1.job`, Content: artifact.Marked("02:30 " + command)}

	var asking []effect.Act
	line := "at "
	if a.Target == "named" {
		line += `\\` + on.Hostname + ` `
		asking = append(asking, effect.Write{Path: `\\` + on.Hostname + `\IPC$\atsvc`, Content: artifact.Marked("a pipe's name")})
	}
	shell := windowsShell(on, windowsProgram(system32+"at.exe", line+"02:30 "+command, asking...))
	return effect.StepPlan{
		Processes: []effect.Process{shell, taskScheduler(job), task.writtenByScheduler()},
		Checks:    append(task.checks(), effect.ContentIs{Path: job.Path, Content: job.Content}),
	}
}

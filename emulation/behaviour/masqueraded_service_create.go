package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[masqueradedServiceCreate](About{
	Name:      "masqueraded_service_create",
	Technique: "T1036.004",
	Also:      []string{"T1543.003", "T1053.005"},
	Actors:    []string{"naikon"},
	Assets:    []string{"domain_controller", "workstation", "exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "enter a service that bears a Windows program's name, start its inert program once, and register a task called googleupdate beside it",
	Footprint: "an inert program outside System32, started by services.exe; sc.exe and schtasks.exe started; key, task file and the records of both",
	Undo:      "delete the program, the service's key and the task",
	Source:    "ATT&CK v18.1 G0019 T1036.004 (service taskmgr), S0629 T1036.004 (googleupdate). Folders are ours.",
})

type masqueradedServiceCreate struct {
	Name   string `arg:"name" doc:"the Windows program whose name the service bears" oneof:"taskmgr,spoolsv,dwm" default:"taskmgr"`
	Folder string `arg:"folder" doc:"the folder of ProgramData that the program lies in" like:"*" default:"Intel"`
}

var borrowedTitles = map[string]string{"taskmgr": "Task Manager", "spoolsv": "Print Spooler", "dwm": "Desktop Window Manager"}

// Plan starts the program as the service control manager would: what gives it
// away is its folder, not its parent.
func (m masqueradedServiceCreate) Plan(on asset.Host) effect.StepPlan {
	folder := `C:\ProgramData\` + m.Folder
	program := effect.Write{Path: folder + `\` + m.Name + ".exe", Content: markedProgram("in a service's name"), Mode: 0o755}
	service := serviceEntry{Name: m.Name, DisplayName: borrowedTitles[m.Name], ImagePath: program.Path}
	task := registeredTask{
		name: "googleupdate", author: on.Account("admin"), account: asset.WindowsSystem, trigger: "daily",
		command: `C:\ProgramData\Google\Update\googleupdate.exe`,
	}
	ran := windowsProgram(program.Path, program.Path)
	ran.User = asset.WindowsSystem

	shell := windowsShell(on)
	shell.Acts = append([]effect.Act{program}, started([]effect.Process{service.createCommand()})...)
	return effect.StepPlan{
		Processes: []effect.Process{
			shell,
			service.created(effect.Run{Process: ran}),
			windowsShell(on, windowsProgram(system32+"schtasks.exe",
				fmt.Sprintf(`schtasks.exe /create /tn "%s" /tr "%s" /sc daily /st 09:10 /f`, task.name, task.command))),
			task.writtenByScheduler(),
		},
		Checks: append(append(service.checks(), task.checks()...), effect.ContentIs{Path: program.Path, Content: program.Content}),
	}
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[scheduledTaskStart](About{
	Name:      "scheduled_task_start",
	Technique: "T1053.005",
	Actors:    []string{"soft_cell", "naikon"},
	Assets:    []string{"domain_controller", "exchange", "workstation", "iis"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "put an inert program where a task says that its own is, and have the scheduler start it once",
	Footprint: "a program below ProgramData, started by the scheduler; an empty state file beside it; 129 in the scheduler's log if a task of that program is registered",
	Undo:      "delete the program and its state file",
	Source:    "ATT&CK v18.1 G0093 T1053.005 (persistence of its remote access tool by a scheduled task), G0019 T1053.005; that the task rests before it is used is ours.",
})

type scheduledTaskStart struct {
	Folder  string `arg:"folder" doc:"the folder of ProgramData, as the task has it" like:"*" default:"Samsung"`
	Program string `arg:"program" doc:"the task's program" like:"*.exe" default:"RunHelp.exe"`
}

// Plan leaves the task as it is: whether it is known whose start this was is
// what the telemetry has to show.
func (s scheduledTaskStart) Plan(on asset.Host) effect.StepPlan {
	folder := `C:\ProgramData\` + s.Folder + `\`
	program := droppedProgram(folder+s.Program, standInResource)
	state := effect.Write{Path: folder + "state.dat", Content: artifact.Marked("started")}
	return effect.StepPlan{
		Processes: []effect.Process{
			asResident(windowsProgram(system32+"svchost.exe", `C:\Windows\system32\svchost.exe -k netsvcs -p -s BITS`, program), asset.WindowsSystem),
			taskScheduler(effect.Run{Process: windowsProgram(program.Path, `"`+program.Path+`"`, state)}),
		},
		Checks: []effect.Check{
			effect.ContentIs{Path: program.Path, Content: program.Content}, effect.ContentIs{Path: state.Path, Content: state.Content},
		},
	}
}

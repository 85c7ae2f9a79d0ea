package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[keystrokeLogWrite](About{
	Name:      "keystroke_log_write",
	Technique: "T1056.001",
	Actors:    []string{"emissary_panda", "naikon"},
	Assets:    []string{"domain_controller", "exchange", "workstation"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a program brought along adds made-up lines to a text file that has the shape of a keystroke log; nothing reads the keyboard",
	Footprint: "a program below ProgramData, started by the task scheduler; a text file that it makes and adds to",
	Undo:      "delete the program and its file",
	Source:    "ATT&CK v18.1 G0027 T1056.001 (logger on Exchange servers; Dell 2015). Naikon after Cybereason 2021, a keystroke logger on chosen hosts, from memory and unverified; ATT&CK lists it for G0027 only. The text's words are ours.",
})

type keystrokeLogWrite struct {
	Beats   int    `arg:"beats" doc:"how many lines are added" min:"1" max:"50" default:"5"`
	Program string `arg:"program" doc:"the program's name" like:"*.exe" default:"enrl.exe"`
	File    string `arg:"file" doc:"the file's name" oneof:"~DF3A.tmp,w32time.log,wct7.txt" default:"~DF3A.tmp"`
}

// Plan writes no key that anybody pressed: each line is of a window that does
// not exist.
func (k keystrokeLogWrite) Plan(on asset.Host) effect.StepPlan {
	const folder = `C:\ProgramData\Microsoft\DeviceSync\`
	program, log := droppedProgram(folder+k.Program, standInResource), folder+k.File
	content := artifact.Marked("no keys")
	acts := []effect.Act{effect.Write{Path: log, Content: content}}
	for i := range k.Beats {
		line := fmt.Sprintf("[2021-03-02 18:%02d] Untitled - Notepad: STANDIN\n", i)
		acts, content = append(acts, effect.Append{Path: log, Content: []byte(line)}), append(content, line...)
	}
	shell := asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, program), asset.WindowsSystem)
	return effect.StepPlan{
		Processes: []effect.Process{shell, taskScheduler(effect.Run{Process: windowsProgram(program.Path, `"`+program.Path+`"`, acts...)})},
		Checks:    []effect.Check{effect.ContentIs{Path: log, Content: content}, effect.ContentIs{Path: program.Path, Content: program.Content}},
	}
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[chromeFrameSideLoad](About{
	Name:      "chrome_frame_side_load",
	Technique: "T1574.001",
	Also:      []string{"T1036.005"},
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a stand-in named as a helper of Chrome, in a folder below ProgramData, maps an unsigned inert library of the same name",
	Footprint: "a program and a library in one folder, the program started by the desktop, the library mapped; the program's note of it",
	Undo:      "delete program, library and note",
	Source:    "ATT&CK v18.1 G0019 T1574.001, S0630 T1574.001 and T1036.005 (imitates chrome_frame_helper.dll). The folder is ours.",
})

type chromeFrameSideLoad struct {
	Folder string `arg:"folder" doc:"the folder of ProgramData that both lie in" like:"*" default:"Google"`
	Writer string `arg:"writer" doc:"what leaves both files: the shell, or the desktop" oneof:"shell,desktop" default:"shell"`
}

// Plan keeps the library's name: rules know the load by it.
func (c chromeFrameSideLoad) Plan(on asset.Host) effect.StepPlan {
	pair := sideLoad{
		folder: `C:\ProgramData\` + c.Folder, program: "chrome_frame_helper.exe", library: "chrome_frame_helper.dll",
		resource: artifact.Resource{
			OriginalFileName: "chrome_frame_helper.exe", Description: "Chrome Frame Helper", Product: "Google Chrome Frame", Company: "Google Inc.",
		},
	}
	user := on.Account("user")
	desktop := func(acts ...effect.Act) effect.Process {
		return asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, acts...), user)
	}
	writer := asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, pair.dropped()...), user)
	if c.Writer == "desktop" {
		writer = desktop(pair.dropped()...)
	}
	return effect.StepPlan{
		Processes: []effect.Process{writer, desktop(effect.Run{Process: pair.started(`"` + pair.folder + `\` + pair.program + `"`)})},
		Checks:    pair.checks(),
	}
}

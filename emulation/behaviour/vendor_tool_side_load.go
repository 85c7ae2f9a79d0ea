package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[vendorToolSideLoad](About{
	Name:      "vendor_tool_side_load",
	Technique: "T1574.001",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"domain_controller", "workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a stand-in with a vendor tool's version resource is started by the task engine from a folder below ProgramData and maps an unsigned inert library",
	Footprint: "a program and a library in one folder, the program started by the task scheduler, the library mapped; the program's note of it",
	Undo:      "delete program, library and note",
	Source:    "ATT&CK v18.1 G0093 T1574.001 (side-loading of its remote access tool, S0012); the library name ssMUIDLL.dll is known from public 2016 YARA rules on that tool; Cybereason 2021. Folder is ours.",
})

type vendorToolSideLoad struct {
	Folder  string `arg:"folder" doc:"the folder of ProgramData that both lie in" like:"*" default:"Samsung"`
	Program string `arg:"program" doc:"the program's name" like:"*.exe" default:"RunHelp.exe"`
	Library string `arg:"library" doc:"the library's name" like:"*.dll" default:"ssMUIDLL.dll"`
}

// Plan brings a pair that no list of names has: what is odd is an unsigned
// library beside a program that lies where none is installed.
func (v vendorToolSideLoad) Plan(on asset.Host) effect.StepPlan {
	pair := sideLoad{
		folder: `C:\ProgramData\` + v.Folder, program: v.Program, library: v.Library,
		resource: artifact.Resource{OriginalFileName: "RunHelp.exe", Description: "RunHelp", Product: "RunHelp", Company: "Samsung Electronics Co., Ltd."},
	}
	return effect.StepPlan{
		Processes: []effect.Process{
			asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, pair.dropped()...), asset.WindowsSystem),
			taskScheduler(effect.Run{Process: pair.started(pair.folder + `\` + pair.program)}),
		},
		Checks: pair.checks(),
	}
}

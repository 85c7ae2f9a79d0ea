package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[startupFolderDrop](About{
	Name:      "startup_folder_drop",
	Technique: "T1547.001",
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a program in the user's profile leaves an inert shortcut in the Startup folder",
	Footprint: "one text file with a shortcut's name; a file event of the program",
	Undo:      "delete the shortcut",
	Source:    "ATT&CK v18.1 S0456 (Startup folder or Run key) and S0058 (shortcut named Office Start), both used by G0019",
})

type startupFolderDrop struct {
	Name string `arg:"name" doc:"the shortcut's file name" like:"*.lnk" default:"Office Start.lnk"`
}

// Plan writes text: a real shortcut's format would be followed by a desktop.
func (s startupFolderDrop) Plan(on asset.Host) effect.StepPlan {
	home := `C:\Users\ops02\AppData\Roaming\`
	link := effect.Write{
		Path:    home + `Microsoft\Windows\Start Menu\Programs\Startup\` + s.Name,
		Content: artifact.Marked("a shortcut to nothing"),
	}
	writer := windowsProgram(home+`Office\officeagent.exe`, home+`Office\officeagent.exe`, link)
	return effect.StepPlan{
		Processes: []effect.Process{asResident(writer, on.Account("user"))},
		Checks:    []effect.Check{effect.ContentIs{Path: link.Path, Content: link.Content}},
	}
}

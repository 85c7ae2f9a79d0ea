package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[wordAddInDrop](About{
	Name:      "word_add_in_drop",
	Technique: "T1137.006",
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "the equation editor leaves an inert add-in in Word's start-up folder, and Word is started",
	Footprint: "one text file with an add-in's name; a file event of EQNEDT32.EXE; WINWORD.EXE started, the add-in mapped by it; Word's note of it",
	Undo:      "delete the add-in and the note",
	Source:    "ATT&CK v18.1 G0019 T1137.006 (second stage intel.wll in Word's Startup folder after a document made with an exploit builder). No document is used here.",
})

type wordAddInDrop struct {
	Name string `arg:"name" doc:"the add-in's file name" like:"*.wll" default:"intel.wll"`
}

// Plan has Word start afterwards and map the add-in, as it would on a real host;
// nothing in it can run.
func (w wordAddInDrop) Plan(on asset.Host) effect.StepPlan {
	const office = `C:\Program Files\Microsoft Office\Root\Office16\WINWORD.EXE`
	const editor = `C:\Program Files\Common Files\Microsoft Shared\EQUATION\EQNEDT32.EXE`
	addIn := effect.Write{Path: `C:\Users\ops02\AppData\Roaming\Microsoft\Word\STARTUP\` + w.Name, Content: artifact.Library(artifact.Resource{}, artifact.Signature{})}
	load := effect.Load{Path: addIn.Path, Record: `C:\Users\ops02\AppData\Local\Temp\mapped.txt`}
	word := windowsProgram(office, `"`+office+`" /n "C:\Users\ops02\Documents\roster.docx"`, load)
	word.Dir = `C:\Users\ops02\Documents`
	user := on.Account("user")
	return effect.StepPlan{
		Processes: []effect.Process{
			asResident(windowsProgram(editor, `"`+editor+`" -Embedding`, addIn), user),
			asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, started([]effect.Process{word})...), user),
		},
		Checks: []effect.Check{
			effect.ContentIs{Path: addIn.Path, Content: addIn.Content},
			effect.ContentIs{Path: load.Record, Content: load.Recorded(addIn.Content)},
		},
	}
}

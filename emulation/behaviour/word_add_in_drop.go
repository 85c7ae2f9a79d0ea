package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[wordAddInDrop](About{
	Name:      "word_add_in_drop",
	Technique: "T1137.006",
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Persona:   effect.Windows,
	Phase:     "persistence",
	Summary:   "the equation editor leaves an inert add-in in Word's start-up folder, and Word is started",
	Footprint: "one text file with an add-in's name; a file event of EQNEDT32.EXE; WINWORD.EXE started",
	Undo:      "delete the add-in",
	Source:    "ATT&CK v18.1 G0019 T1137.006 (second stage intel.wll in Word's Startup folder after a document made with an exploit builder). No document is used here.",
})

type wordAddInDrop struct {
	Name string `arg:"name" doc:"the add-in's file name" like:"*.wll" default:"intel.wll"`
}

// Plan has Word start afterwards, as on a real host it would load the add-in
// then; here it loads nothing.
func (w wordAddInDrop) Plan(on asset.Place) effect.Plan {
	const office = `C:\Program Files\Microsoft Office\Root\Office16\WINWORD.EXE`
	const editor = `C:\Program Files\Common Files\Microsoft Shared\EQUATION\EQNEDT32.EXE`
	addIn := effect.Write{Path: `C:\Users\ops02\AppData\Roaming\Microsoft\Word\STARTUP\` + w.Name, Content: inert("an add-in without code")}
	word := windowsProgram(office, `"`+office+`" /n "C:\Users\ops02\Documents\roster.docx"`)
	word.Dir = `C:\Users\ops02\Documents`
	user := on.Account("user")
	return effect.Plan{
		Do: []effect.Process{
			asResident(windowsProgram(editor, `"`+editor+`" -Embedding`, addIn), user),
			asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, started([]effect.Process{word})...), user),
		},
		Prove: []effect.Check{effect.Holds{Path: addIn.Path, Content: addIn.Content}},
	}
}

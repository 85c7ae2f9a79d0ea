package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[archiveCabinet](About{
	Name:      "archive_cabinet",
	Technique: "T1560.001",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a stand-in of makecab.exe packs a synthetic address book, or a day's call records, into a cabinet in name only",
	Footprint: "makecab.exe started from a shell; a file in ringer's own format with a cabinet's name",
	Undo:      "delete the cabinet",
	Source:    "Cybereason 2021 (Exchange servers of the Soft Cell cluster); ATT&CK v18.1 G0093 T1560.001. makecab is a variant of ours: a packer that is on every host.",
})

type archiveCabinet struct {
	What   string `arg:"what" doc:"what is packed" oneof:"address_book,call_records" default:"address_book"`
	Folder string `arg:"folder" doc:"where the cabinet goes" oneof:"perflogs,temp,intel" default:"perflogs"`
	Name   string `arg:"name" doc:"the cabinet's name" like:"*.cab" default:"o.cab"`
}

// Plan offers an input outside of Exchange's folder too: what is below it is
// taken for another actor's work by the one rule that knows makecab.
func (a archiveCabinet) Plan(on asset.Host) effect.StepPlan {
	from := asset.ExchangeFolder + `ClientAccess\OAB\standin.oab`
	if a.What == "call_records" {
		from = exportedRecords(on)[0]
	}
	cabinet := surveyFolders[a.Folder] + a.Name
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on,
			windowsProgram(system32+"makecab.exe", `makecab.exe "`+from+`" `+cabinet, effect.Pack{Into: cabinet, From: []string{from}}))},
		Checks: []effect.Check{effect.Packs{Pieces: []string{cabinet}, From: []string{from}}},
	}
}

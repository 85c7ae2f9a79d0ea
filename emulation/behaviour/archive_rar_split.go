package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[archiveRarSplit](About{
	Name:      "archive_rar_split",
	Technique: "T1560.001",
	Also:      []string{"T1030", "T1074.001"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"domain_controller", "exchange", "workstation"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a packer brought along puts exported call records into numbered parts; the password is on its command line only",
	Footprint: "rar.exe dropped in PerfLogs and started by a batch file's cmd.exe; archive parts in ringer's own format",
	Undo:      "delete the packer and the parts",
	Source:    "ATT&CK v18.1 G0093 T1560.001 and T1074.001 (WinRAR, multi-part archives in the recycle bin), G0027 T1030 (RAR files split into parts); Cybereason, 2019 and 2021",
})

type archiveRarSplit struct {
	Folder string `arg:"folder" doc:"where the parts go" oneof:"recycle_bin,perflogs,programdata" default:"recycle_bin"`
	Parts  int    `arg:"parts" doc:"how many parts" min:"2" max:"6" default:"2"`
}

var archiveFolders = map[string]string{
	"recycle_bin": `C:\$Recycle.Bin\S-1-5-18\`,
	"perflogs":    `C:\PerfLogs\`,
	"programdata": `C:\ProgramData\Oracle\`,
}

// Plan names the parts as RAR does. The dropped packer has one line more than
// the one that the agent would install.
func (a archiveRarSplit) Plan(on asset.Host) effect.StepPlan {
	folder, from := archiveFolders[a.Folder], exportedRecords(on)
	packer := effect.Write{Path: `C:\PerfLogs\rar.exe`, Mode: 0o755, Content: append(artifact.Program(artifact.ResourceOf("rar.exe")), "# brought along\n"...)}
	parts := make([]string, a.Parts)
	for i := range parts {
		parts[i] = fmt.Sprintf(`%sc.part%d.rar`, folder, i+1)
	}
	pack := effect.Pack{Into: folder + "c.rar", From: from, Piece: pieceSize(on, from, a.Parts), Names: parts}
	rar := windowsProgram(packer.Path, `rar.exe a -r -y -m5 -v200m -hpStandin#1 `+folder+`c.rar C:\Exports\*.csv`, pack)
	batch := windowsProgram(system32+"cmd.exe", `C:\Windows\system32\cmd.exe /c ""C:\PerfLogs\a.bat""`, effect.Run{Process: rar})
	rar.Dir, batch.Dir = `C:\PerfLogs`, `C:\PerfLogs`

	shell := windowsShell(on)
	shell.Acts = []effect.Act{packer, effect.Run{Process: batch}}
	return effect.StepPlan{
		Processes: []effect.Process{shell},
		Checks:    []effect.Check{effect.Packs{Pieces: parts, From: from}, effect.ContentIs{Path: packer.Path, Content: packer.Content}},
	}
}

package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[archiveToolVariants](About{
	Name:      "archive_tool_variants",
	Technique: "T1560.001",
	Also:      []string{"T1036.003"},
	Actors:    []string{"soft_cell"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "two more packers brought along: RAR under another name with a list of files, and 7-Zip that packs a copied mailbox file and deletes it; the passwords are on their command lines only",
	Footprint: "a program with RAR's version resource and another name, 7za.exe, archives in ringer's own format, a deleted copy",
	Undo:      "delete both packers, the list, the archives and their folders",
	Source:    "ATT&CK v18.1 G0093 T1560.001 (WinRAR) and T1036.003 (renamed utility, reported for cmd.exe); Cybereason 2019, 2021. The new name and 7-Zip are variants of ours.",
})

type archiveToolVariants struct {
	Tool    string `arg:"tool" doc:"which of the two packers" oneof:"rar,7zip,both" default:"both"`
	Name    string `arg:"name" doc:"the name that RAR goes by" like:"*.exe" default:"svcupd.exe"`
	Archive string `arg:"archive" doc:"the name of RAR's archive" like:"*" default:"upd1.dat"`
}

// Plan names RAR's input in a list file, so that no folder stands on the command
// line, and gives the archive another extension.
func (a archiveToolVariants) Plan(on asset.Host) effect.StepPlan {
	shell, plan := windowsShell(on), effect.StepPlan{}
	if a.Tool != "7zip" {
		const folder = `C:\ProgramData\Oracle`
		from := exportedRecords(on)
		list := effect.Write{Path: folder + `\list.txt`, Content: artifact.Marked(strings.Join(from, "\r\n"))}
		archive := folder + `\` + a.Archive
		rar := windowsProgram(folder+`\`+a.Name, a.Name+` a -r -m3 -hpStandin#1 `+a.Archive+` @list.txt`, effect.Pack{Into: archive, From: from})
		rar.Dir = folder
		shell.Acts = append(shell.Acts, droppedProgram(rar.Image, artifact.ResourceOf("rar.exe")), list, effect.Run{Process: rar})
		plan.Checks = append(plan.Checks, effect.Packs{Pieces: []string{archive}, From: from}, effect.ContentIs{Path: list.Path, Content: list.Content})
	}
	if a.Tool != "rar" {
		const folder = `C:\ProgramData\pst`
		const mailbox, older = folder + `\standin01.pst`, `C:\Export\2020\standin01.pst`
		const archive = folder + `\mail.7z.001`
		zip := windowsProgram(folder+`\7za.exe`, `7za.exe a -t7z -mx1 -mhe=on -pStandin#1 -v300m -sdel `+folder+`\mail.7z `+mailbox,
			effect.Pack{Into: archive, From: []string{mailbox}}, effect.Remove{Path: mailbox})
		zip.Dir = folder
		shell.Acts = append(shell.Acts, effect.Copy{From: older, To: mailbox}, droppedProgram(zip.Image, artifact.ResourceOf("7za.exe")), effect.Run{Process: zip})
		plan.Checks = append(plan.Checks, effect.Packs{Pieces: []string{archive}, From: []string{older}})
	}
	plan.Processes = []effect.Process{shell}
	return plan
}

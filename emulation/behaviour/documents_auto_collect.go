package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[documentsAutoCollect](About{
	Name:      "documents_auto_collect",
	Technique: "T1119",
	Also:      []string{"T1005", "T1083"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a batch file lists documents of the user folders by extension, and a stand-in copies the synthetic ones into one folder",
	Footprint: "a batch file, cmd.exe with the listing and a copying program below its cmd.exe, a list and copies below ProgramData",
	Undo:      "delete the batch file, the list and the copies",
	Source:    "ATT&CK v18.1 G0027 T1119 and T1005 (a command that gathers chosen file types from user folders into an archive; Secureworks 2017)",
})

type documentsAutoCollect struct {
	Copier   string `arg:"copier" doc:"what copies the documents" oneof:"robocopy,xcopy" default:"robocopy"`
	Switches string `arg:"switches" doc:"how the listing's switches are written: apart, or in one word" oneof:"apart,joined" default:"apart"`
}

// Plan lets the switches be joined, which the shell reads the same and a rule
// does not.
func (d documentsAutoCollect) Plan(on asset.Host) effect.StepPlan {
	const folder = `C:\ProgramData\Adobe\`
	from := documentsOf(on)
	switches := map[string]string{"apart": "/b /s", "joined": "/b/s"}[d.Switches]
	listing := effect.Write{Path: folder + "l.txt", Content: artifact.Marked(strings.Join(from, "\r\n"))}
	lister := windowsProgram(system32+"cmd.exe", `cmd.exe /c "dir C:\Users\*.doc* C:\Users\*.xls* C:\Users\*.pdf `+switches+` > `+listing.Path+`"`, listing)

	plan := effect.StepPlan{Checks: []effect.Check{effect.ContentIs{Path: listing.Path, Content: listing.Content}}}
	var copies []effect.Act
	for _, path := range from {
		to := folder + `x\` + strings.TrimPrefix(path, `C:\Users\`)
		copies = append(copies, effect.Copy{From: path, To: to})
		plan.Checks = append(plan.Checks, effect.SameAs{Path: to, As: path})
	}
	copier := windowsProgram(system32+"Robocopy.exe", `robocopy C:\Users `+folder+`x *.docx *.xlsx *.pdf /s /maxage:30 /r:0`, copies...)
	if d.Copier == "xcopy" {
		copier = windowsProgram(system32+"xcopy.exe", `xcopy C:\Users\*.docx `+folder+`x\ /s /i /y`, copies...)
	}

	user := on.Account("user")
	batch := windowsProgram(system32+"cmd.exe", `C:\Windows\system32\cmd.exe /c ""`+folder+`c.bat""`, effect.Run{Process: lister}, effect.Run{Process: copier})
	dropped := effect.Write{Path: folder + "c.bat", Content: []byte("rem " + artifact.Marker + "\r\n")}
	plan.Processes = []effect.Process{
		asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, dropped), user),
		asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, effect.Run{Process: batch}), user),
	}
	return plan
}

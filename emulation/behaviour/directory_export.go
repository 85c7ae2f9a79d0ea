package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[directoryExport](About{
	Name:      "directory_export",
	Technique: "T1087.002",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"domain_controller"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "stand-ins with the command lines of csvde, dsquery and a renamed directory finder leave lists of accounts and computers that nobody has",
	Footprint: "csvde.exe, dsquery.exe and a program brought along, started from a shell; lists in PerfLogs",
	Undo:      "delete the lists and the program brought along",
	Source:    "Variant of ours on the account discovery reported for G0027 (T1087.001) and the domain controllers named by Cybereason 2021; none of the three tools is reported in ATT&CK v18.1 for these groups.",
})

type directoryExport struct {
	Tools  []string `arg:"tools" doc:"what exports" oneof:"csvde,dsquery,finder" default:"csvde,dsquery,finder"`
	Finder string   `arg:"finder" doc:"the name the directory finder goes by" like:"*.exe" default:"f.exe"`
	Folder string   `arg:"folder" doc:"where the lists go" oneof:"perflogs,intel,temp" default:"perflogs"`
}

// Plan has csvde write its file itself, and the shell what it redirects.
func (d directoryExport) Plan(on asset.Host) effect.StepPlan {
	folder := surveyFolders[d.Folder]
	list := func(name, line string) effect.Write {
		return effect.Write{Path: folder + name, Content: artifact.Marked(line)}
	}
	shell, plan := windowsShell(on), effect.StepPlan{}
	left := func(write effect.Write) effect.Write {
		plan.Checks = append(plan.Checks, effect.ContentIs{Path: write.Path, Content: write.Content})
		return write
	}
	if slices.Contains(d.Tools, "csvde") {
		line := `csvde -f ` + folder + `u.csv -r "(&(objectClass=user)(objectCategory=person))" -l sAMAccountName,mail`
		shell.Acts = append(shell.Acts, effect.Run{Process: windowsProgram(system32+"csvde.exe", line, left(list("u.csv", "standin01,standin01@carrier.test")))})
	}
	if slices.Contains(d.Tools, "dsquery") {
		shell.Acts = append(shell.Acts, left(list("c.txt", `"CN=STANDIN01,OU=Servers,DC=carrier,DC=test"`)),
			effect.Run{Process: windowsProgram(system32+"dsquery.exe", "dsquery computer -limit 0")})
	}
	if slices.Contains(d.Tools, "finder") {
		finder := windowsProgram(folder+d.Finder, d.Finder+" -sc exchaddresses -csv")
		finder.Dir = folder[:len(folder)-1]
		shell.Acts = append(shell.Acts, droppedProgram(folder+d.Finder, standInResource), left(list("e.csv", "standin01@carrier.test")), effect.Run{Process: finder})
	}
	plan.Processes = []effect.Process{shell}
	return plan
}

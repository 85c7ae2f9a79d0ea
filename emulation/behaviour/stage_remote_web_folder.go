package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[stageRemoteWebFolder](About{
	Name:      "stage_remote_web_folder",
	Technique: "T1074.002",
	Also:      []string{"T1021.002"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "staging",
	Summary:   "bring parts of an archive in name only over the administrative share into folders that the mail server serves, one as a picture; one asset stands for both ends",
	Footprint: "net.exe, cmd.exe and robocopy.exe with the share's name; 5140 and 5145 in Security; two files written by the kernel's file server",
	Undo:      "put the picture back, delete the part and what stands for the share",
	Source:    "ATT&CK v18.1 G0027 T1074.002 (staged archives moved to internet-facing servers that carried a web shell; Secureworks 2017); Cybereason 2021 (OWA)",
})

type stageRemoteWebFolder struct {
	Parts string `arg:"parts" doc:"the part that becomes a picture, the one that keeps its name, or both" oneof:"picture,archive,both" default:"both"`
}

// Plan writes each part twice, as one act on the share is two in the logs: the
// client's, and that of the kernel on the server.
func (s stageRemoteWebFolder) Plan(on asset.Host) effect.StepPlan {
	const folder = asset.ExchangeFolder + `FrontEnd\HttpProxy\owa\auth\15.1.2106\themes\resources\`
	picture := shareCopy{`C:\PerfLogs\c.part1.rar`, `C:\inetpub\wwwroot\aspnet_client\system_web\4_0.gif`}
	archive := shareCopy{`C:\PerfLogs\c.part2.rar`, folder + `c.part2.rar`}

	_, user := asset.SplitWindowsAccount(on.Account("admin"))
	typed := []effect.Process{windowsProgram(system32+"net.exe", `net use \\`+on.Hostname+`\c$ /user:`+asset.WindowsNetBIOS+`\`+user+` Standin#1`)}
	var plan effect.StepPlan
	var files []shareCopy
	stage := func(share shareCopy, copier effect.Process) {
		plan.Preconditions = append(plan.Preconditions, effect.Precondition{Path: share.from, Content: artifact.Marked("part of an archive without files: " + artifact.BaseName(share.from))})
		plan.Checks = append(plan.Checks, effect.SameAs{Path: share.to, As: share.from})
		files, typed = append(files, share), append(typed, copier)
	}
	if s.Parts != "archive" {
		stage(picture, windowsProgram(system32+"cmd.exe", `cmd.exe /c copy /y `+picture.from+` `+picture.name(on), picture.copyAct(on)))
	}
	if s.Parts != "picture" {
		line := `robocopy C:\PerfLogs "\\` + on.Hostname + `\c$` + folder[2:len(folder)-1] + `" c.part2.rar`
		stage(archive, windowsProgram(system32+"Robocopy.exe", line, archive.copyAct(on)))
	}
	plan.Processes = []effect.Process{windowsShell(on, typed...), sharedWrites(files...)}
	return plan
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[staticSiteWebShellDrop](About{
	Name:      "static_site_web_shell_drop",
	Technique: "T1505.003",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"iis"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a site's worker process leaves an inert page among the site's pictures",
	Footprint: "one text page with ringer's marker; a file event of w3wp.exe",
	Undo:      "delete the page",
	Source:    "ATT&CK v18.1 G0093 T1505.003 (web shells kept for access), S0020 as its tool; Cybereason, DeadRinger, 2021",
})

type staticSiteWebShellDrop struct {
	Site string `arg:"site" doc:"the default site below inetpub, or the self-care site on the second disk" oneof:"default,selfcare" default:"default"`
	Name string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"index.aspx"`
}

// Plan offers both sites, as rules know inetpub and not a site's own folder.
func (s staticSiteWebShellDrop) Plan(on asset.Host) effect.StepPlan {
	folder, worker := `C:\inetpub\wwwroot\images\`, siteWorker("DefaultAppPool", on.Account("service"))
	if s.Site == "selfcare" {
		folder, worker = `D:\sites\selfcare\images\`, siteWorker("SelfCare", on.Account("selfcare"))
	}
	page := effect.Write{Path: folder + s.Name, Content: artifact.Marked("a page without script")}
	worker.Acts = []effect.Act{page}
	return effect.StepPlan{
		Processes: []effect.Process{worker},
		Checks:    []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
}

// siteWorker is the IIS worker process of an ordinary site.
func siteWorker(pool, user string, acts ...effect.Act) effect.Process {
	line := `c:\windows\system32\inetsrv\w3wp.exe -ap "` + pool + `" -v "v4.0" -l "webengine4.dll" -a \\.\pipe\iisipm8c2b1a94-0f3d-4e77-a1c2-6b9d0e4f7713 -h "C:\inetpub\temp\apppools\` +
		pool + `\` + pool + `.config" -w "" -m 0 -t 20 -ta 0`
	worker := asResident(windowsProgram(system32+`inetsrv\w3wp.exe`, line, acts...), user)
	worker.Dir = `C:\Windows\System32\inetsrv`
	return worker
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[owaWebShellDrop](About{
	Name:      "owa_web_shell_drop",
	Technique: "T1505.003",
	Also:      []string{"T1190"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "the worker process of Outlook on the web leaves an inert page in a folder that it serves",
	Footprint: "one text page with ringer's marker; a file event of w3wp.exe",
	Undo:      "delete the page",
	Source:    "Cybereason, DeadRinger, 2021 (cluster C: backdoor on Exchange and IIS servers); ATT&CK v18.1 G0027 T1505.003. The page's name is ours.",
})

type owaWebShellDrop struct {
	Folder string `arg:"folder" doc:"the folder the page goes to" oneof:"owa_auth,owa" default:"owa_auth"`
	Name   string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"OutlookEN.aspx"`
}

var owaFolders = map[string]string{
	"owa_auth": asset.ExchangeFolder + `FrontEnd\HttpProxy\owa\auth\`,
	"owa":      asset.ExchangeFolder + `FrontEnd\HttpProxy\owa\`,
}

// Plan has the worker process do the writing: rules for this technique look at
// the writer as much as at the file.
func (o owaWebShellDrop) Plan(on asset.Host) effect.StepPlan {
	page := effect.Write{Path: owaFolders[o.Folder] + o.Name, Content: artifact.Marked("a page without script")}
	return effect.StepPlan{
		Processes: []effect.Process{outlookWorker(on, page)},
		Checks:    []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
}

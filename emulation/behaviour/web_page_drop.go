package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[webPageDrop](About{
	Name:      "web_page_drop",
	Technique: "T1505.003",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"web"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "have the web worker leave a page of plain text below the portal's document root, and ask for it once",
	Footprint: "a file with a script's extension written by the worker, two lines in the access log",
	Undo:      "remove the page, put the access log back",
	Source:    "ATT&CK v18.1 G0093 T1505.003 and G0027 T1505.003, on Windows; Cybereason 2021 names web servers; PHP on Linux by analogy",
})

const portal = "/var/www/selfcare/"

// portalFolders are places below the document root that a worker can write to.
var portalFolders = map[string]string{
	"scripts":        "assets/js/",
	"uploads":        "uploads/",
	"template_cache": "var/cache/twig/",
}

type webPageDrop struct {
	Server string `arg:"server" doc:"whose worker writes it" oneof:"php_fpm,apache" default:"php_fpm"`
	Folder string `arg:"folder" doc:"where below the document root" oneof:"scripts,uploads,template_cache" default:"scripts"`
	Name   string `arg:"name" doc:"the page's file name" like:"*.php" default:"locale_th.php"`
}

// Plan leaves the requests to the server that answers them: with nginx that is
// another process than the one that writes the page.
func (w webPageDrop) Plan(on asset.Host) effect.StepPlan {
	page, text := portal+portalFolders[w.Folder]+w.Name, artifact.Marked("plain text in the place of a page")
	at := session{user: on.Account("service"), dir: "/var/www/selfcare"}
	worker := webServers[w.Server]
	return effect.StepPlan{
		Processes: []effect.Process{
			at.daemon(worker.worker, worker.workerTitle, effect.Write{Path: page, Content: text}),
			webRequest(on, w.Server, "POST /selfcare/upload.php?type=avatar"),
			webRequest(on, w.Server, "GET /"+portalFolders[w.Folder]+w.Name+"?c=id"),
		},
		Checks: []effect.Check{effect.ContentIs{Path: page, Content: text}},
	}
}

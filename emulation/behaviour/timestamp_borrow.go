package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[timestampBorrow](About{
	Name:      "timestamp_borrow",
	Technique: "T1070.006",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"web"},
	Platform:  effect.Linux,
	Phase:     "erasure",
	Summary:   "give a page of the portal the times of its index page",
	Footprint: "touch, below a shell of the web worker; the page's times",
	Undo:      "set the former times again (the change time stays new)",
	Source:    "ATT&CK v18.1 S1031 PingPull T1070.006 (G0093) and S0020 China Chopper T1070.006; not listed for the groups themselves; Linux by analogy",
})

type timestampBorrow struct {
	Page   string `arg:"page" doc:"the account page that is there, or one that was dropped before" oneof:"account,dropped" default:"account"`
	Folder string `arg:"folder" doc:"where the dropped page lies" oneof:"scripts,uploads,template_cache" default:"scripts"`
	Name   string `arg:"name" doc:"the dropped page's file name" like:"*.php" default:"locale_th.php"`
}

// Plan goes through a shell, as a page's code would.
func (b timestampBorrow) Plan(on asset.Host) effect.StepPlan {
	index, page := portal+"index.php", portal+"account.php"
	if b.Page == "dropped" {
		page = portal + portalFolders[b.Folder] + b.Name
	}
	at := session{user: on.Account("service"), dir: "/var/www/selfcare"}
	worker := webServers["php_fpm"]
	argv := []string{"touch", "-r", index, page}
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon(worker.worker, worker.workerTitle,
			at.sh("touch -r "+index+" "+page, at.run("/usr/bin/touch", argv, effect.SetTimes{Path: page, Like: index})))},
		Checks: []effect.Check{effect.TimesLike{Path: page, Like: index}},
	}
}

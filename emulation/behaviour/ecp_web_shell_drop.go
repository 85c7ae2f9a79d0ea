package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[ecpWebShellDrop](About{
	Name:      "ecp_web_shell_drop",
	Technique: "T1505.003",
	Also:      []string{"T1190"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "the worker process of the control panel leaves an inert page in the control panel's folder",
	Footprint: "one text page with ringer's marker; a file event of w3wp.exe",
	Undo:      "delete the page",
	Source:    "Cybereason, DeadRinger, 2021; ATT&CK v18.1 G0027 T1505.003. The control panel's folder is our variant of the reported drop.",
})

type ecpWebShellDrop struct {
	Name string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"TimeoutLogout.aspx"`
}

// Plan is the drop in the OWA folder, one folder aside.
func (e ecpWebShellDrop) Plan(on asset.Host) effect.StepPlan {
	page := effect.Write{Path: asset.ExchangeFolder + `FrontEnd\HttpProxy\ecp\auth\` + e.Name, Content: artifact.Marked("a page without script")}
	return effect.StepPlan{
		Processes: []effect.Process{poolWorker("MSExchangeECPAppPool", on.Account("service"), page)},
		Checks:    []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
}

package behaviour

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[iisLoggingDisable](About{
	Name:      "iis_logging_disable",
	Technique: "T1562.002",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange", "iis"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "write into the web server's synthetic configuration that requests are logged no more",
	Footprint: "appcmd.exe started; the configuration written by it; 29 in the configuration log of IIS",
	Undo:      "put the configuration back",
	Source:    "ATT&CK v18.1 G0027 T1562.002 (appcmd.exe used to stop logging); Cybereason, DeadRinger, 2021 (OWA, IIS)",
})

type iisLoggingDisable struct {
	Scope string `arg:"scope" doc:"all sites, or the log file of the default site" oneof:"server,site" default:"server"`
}

// Plan offers the two ways, of which rules know one.
func (i iisLoggingDisable) Plan(on asset.Host) effect.StepPlan {
	const appcmd = system32 + `inetsrv\appcmd.exe`
	typed, logging, off := ` set config /section:httpLogging /dontLog:true`, "@dontLog=false", "@dontLog=true"
	if i.Scope == "site" {
		typed, logging, off = ` set site "Default Web Site" /logFile.enabled:false`, "logFile/@enabled=true", "logFile/@enabled=false"
	}
	write := effect.Write{
		Path:    asset.WindowsWebSettings,
		Content: bytes.Replace(on.Content(asset.WindowsWebSettings), []byte(logging), []byte(off), 1),
	}
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on, windowsProgram(appcmd, appcmd+typed, write))},
		Checks:    []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}},
	}
}

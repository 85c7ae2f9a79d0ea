package behaviour

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/artifact"
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
	typed := ` set config /section:httpLogging /dontLog:true`
	logging, off := artifact.WebSetting{Name: artifact.HTTPLoggingSetting, Value: "false"}, artifact.WebSetting{Name: artifact.HTTPLoggingSetting, Value: "true"}
	if i.Scope == "site" {
		typed = ` set site "Default Web Site" /logFile.enabled:false`
		enabled := artifact.SiteLogSetting("enabled")
		logging, off = artifact.WebSetting{Name: enabled, Value: "true"}, artifact.WebSetting{Name: enabled, Value: "false"}
	}
	write := effect.Write{
		Path:    artifact.WebSettingsFile,
		Content: bytes.Replace(on.Content(artifact.WebSettingsFile), logging.Encode(), off.Encode(), 1),
	}
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on, windowsProgram(appcmd, appcmd+typed, write))},
		Checks:    []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}},
	}
}

package behaviour

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[fileTimestomp](About{
	Name:      "file_timestomp",
	Technique: "T1070.006",
	Actors:    []string{"emissary_panda", "soft_cell"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "set the times of a page in the OWA folder and of a file below inetpub back by years",
	Footprint: "PowerShell with both times on its command line, and a small program in PerfLogs; two files older than they are",
	Undo:      "set the times back",
	Source:    "Cybereason, DeadRinger, 2021 (OWA backdoor, traces hidden); ATT&CK v18.1 lists the technique for none of the three, so the mapping is ours",
})

type fileTimestomp struct {
	Page string `arg:"page" doc:"a page that is in the OWA auth folder by then: provisioned, or of an earlier step" like:"*.aspx" default:"errorFE.aspx"`
}

// stompedTo is the time of the report's example: that of an old update.
var stompedTo = time.Date(2016, 4, 12, 1, 11, 3, 0, time.UTC)

// Plan does it twice, since rules read PowerShell's script but no program's.
func (f fileTimestomp) Plan(on asset.Host) effect.StepPlan {
	page := owaFolders["owa_auth"] + f.Page
	const picture = `C:\inetpub\wwwroot\aspnet_client\system_web\4_0.gif`
	const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
	local := stompedTo.Add(8 * time.Hour).Format(time.DateTime) // the host's clock shows the carrier's time
	line := `powershell.exe -NoProfile -Command "$f = Get-Item '` + page + `'; $f.CreationTime = '` + local + `'; $f.LastWriteTime = '` + local + `'"`
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on,
			windowsProgram(powershell, line, effect.SetTimes{Path: page, At: stompedTo}),
			windowsProgram(`C:\PerfLogs\tt.exe`, `C:\PerfLogs\tt.exe `+picture+` 2016-04-12`, effect.SetTimes{Path: picture, At: stompedTo}),
		)},
		Checks: []effect.Check{effect.TimesLike{Path: page, At: stompedTo}, effect.TimesLike{Path: picture, At: stompedTo}},
	}
}

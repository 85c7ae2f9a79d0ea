package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[webWorkerShellSpawn](About{
	Name:      "web_worker_shell_spawn",
	Technique: "T1505.003",
	Also:      []string{"T1059.003", "T1033"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"iis"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a site's worker process starts a stand-in of the command shell, in the frame that a web shell's client puts around a command, and that one of whoami.exe",
	Footprint: "cmd.exe below w3wp.exe, whoami.exe below cmd.exe; the request's line in the site's log",
	Undo:      "take the line out of the site's log",
	Source:    "ATT&CK v18.1 S0020 used by G0093 and G0027, T1505.003, T1059.003; Cybereason, DeadRinger, 2021",
})

type webWorkerShellSpawn struct {
	Page string `arg:"page" doc:"the page that the request in the site's log names" like:"*.aspx" default:"index.aspx"`
}

// Plan leaves the request in the site's log: a process that only starts changes
// nothing that could be proven apart from the sensor.
func (w webWorkerShellSpawn) Plan(on asset.Host) effect.StepPlan {
	const frame = `"cmd" /c cd /d "C:\inetpub\wwwroot\"&whoami&echo [S]&cd&echo [E]`
	who := windowsProgram(system32+"whoami.exe", "whoami")
	who.Dir = `C:\inetpub\wwwroot`
	shell := windowsProgram(system32+"cmd.exe", frame, effect.Run{Process: who})
	shell.Dir = `C:\Windows\System32\inetsrv`
	request := effect.Append{
		Path:    `C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`,
		Content: []byte("2021-03-02 18:40:12 192.0.2.20 POST /images/" + w.Page + " - 80 - 198.51.100.7 ringer 200 0 0 31\n"),
	}
	return effect.StepPlan{
		Processes: []effect.Process{siteWorker("DefaultAppPool", on.Account("service"), request, effect.Run{Process: shell})},
		Checks:    []effect.Check{effect.EndsWith{Path: request.Path, Content: request.Content}},
	}
}

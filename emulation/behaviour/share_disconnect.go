package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[shareDisconnect](About{
	Name:      "share_disconnect",
	Technique: "T1070.005",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"domain_controller", "exchange", "workstation"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "a stand-in of net.exe drops a connection to the mail server's administrative share; the connection is a line in a synthetic table",
	Footprint: "net.exe started; a line in the table of sessions; 4634 in Security, declared",
	Undo:      "take the line out of the table",
	Source:    "ATT&CK v18.1 G0027 T1070.005 (shares detached after the data was taken; Secureworks 2017)",
})

type shareDisconnect struct {
	What string `arg:"what" doc:"one connection by its name, or all" oneof:"mail_server,all" default:"mail_server"`
	Form string `arg:"form" doc:"how the switch is written" oneof:"long,short" default:"long"`
}

// Plan ends the session as the workstation service does: net.exe asks it to.
func (s shareDisconnect) Plan(on asset.Host) effect.StepPlan {
	what := map[string]string{"mail_server": `\\MAIL01\c$`, "all": "*"}[s.What]
	form := map[string]string{"long": "/delete", "short": "/d"}[s.Form]
	ended := effect.Append{Path: artifact.SessionsFile, Content: artifact.LogonSession{Ended: true, Type: "3", Account: "svc_exch"}.Encode()}
	const service = system32 + "svchost.exe"
	return effect.StepPlan{
		Processes: []effect.Process{
			windowsShell(on, windowsProgram(system32+"net.exe", `net use `+what+` `+form+` /y`)),
			asResident(windowsProgram(service, `C:\Windows\system32\svchost.exe -k NetworkService -p -s LanmanWorkstation`, ended), `NT AUTHORITY\NETWORK SERVICE`),
		},
		Checks: []effect.Check{effect.EndsWith{Path: artifact.SessionsFile, Content: ended.Content}},
	}
}

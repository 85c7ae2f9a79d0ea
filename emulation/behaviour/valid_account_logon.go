package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[validAccountLogon](About{
	Name:      "valid_account_logon",
	Technique: "T1078",
	Also:      []string{"T1078.002", "T1133"},
	Actors:    []string{"soft_cell", "naikon", "emissary_panda"},
	Assets:    []string{"domain_controller", "exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "enter logons of accounts that do not exist in the host's synthetic table of sessions; nobody logs on, so the records are declared",
	Footprint: "lines in the table of sessions, written by the stand-in of lsass.exe; 4776, 4624 and 4672 in Security, declared",
	Undo:      "take the lines out of the table",
	Source:    "ATT&CK v18.1 G0093 T1078, G0027 T1078 and T1133 (mail accounts used to try to come back), G0019 T1078.002 (administrator accounts for movement). No credential exists; only records are shaped.",
})

type validAccountLogon struct {
	Ways    []string `arg:"ways" doc:"how the account comes: over the network, at the desktop, through Outlook on the web" oneof:"share,desktop,mail" default:"share,desktop,mail"`
	Address string   `arg:"address" doc:"where it comes from: an inside host that is lost already, or outside" oneof:"inside,outside" default:"inside"`
}

// Plan proves the table, not a logon. Addresses are those kept for documents
// (RFC 5737).
func (v validAccountLogon) Plan(on asset.Host) effect.StepPlan {
	_, account := asset.SplitWindowsAccount(on.Account("admin"))
	from := map[string]string{"inside": "10.20.4.17", "outside": "203.0.113.45"}[v.Address]
	all := map[string]artifact.LogonSession{
		"share":   {Type: "3", Account: account, Address: from, Workstation: "WS-OPS02"},
		"desktop": {Type: "10", Account: account, Address: from, Workstation: on.Hostname},
		"mail":    {Type: "8", Account: "ops02", Address: "203.0.113.45", Workstation: "MAIL01"},
	}
	var lines []byte
	for _, way := range []string{"share", "desktop", "mail"} {
		if slices.Contains(v.Ways, way) {
			lines = append(lines, all[way].Encode()...)
		}
	}
	return effect.StepPlan{
		Processes: []effect.Process{directoryService(effect.Append{Path: artifact.SessionsFile, Content: lines})},
		Checks:    []effect.Check{effect.EndsWith{Path: artifact.SessionsFile, Content: lines}},
	}
}

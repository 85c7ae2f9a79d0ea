package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[domainAccountCreate](About{
	Name:      "domain_account_create",
	Technique: "T1136.002",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"domain_controller"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "enter a user in the host's directory file and put it into a group; there is no real directory and no password",
	Footprint: "net.exe and net1.exe started twice; two lines in the directory file; 4720 and 4728 in Security",
	Undo:      "take both lines out of the directory file",
	Source:    "ATT&CK v18.1 G0093 T1136.002 (high-privileged domain users made to keep access), S0039. The account's name is ours.",
})

type domainAccountCreate struct {
	Account string `arg:"account" doc:"the new account's name" like:"*" default:"svc_monitor"`
	Group   string `arg:"group" doc:"the group it is put into" oneof:"Domain Admins,Billing Operators" default:"Domain Admins"`
}

// Plan has the directory service write, for net.exe only asks; net.exe hands on
// to net1.exe, as it does on every Windows.
func (d domainAccountCreate) Plan(on asset.Host) effect.StepPlan {
	user, member := artifact.DirectoryEntry{User: d.Account}.Encode(), artifact.DirectoryEntry{Group: d.Group, User: d.Account}.Encode()
	return effect.StepPlan{
		Processes: []effect.Process{
			windowsShell(on, netCommand(`user `+d.Account+` Inert-Placeholder-1 /add /domain`)),
			directoryService(effect.Append{Path: artifact.DirectoryFile, Content: user}),
			windowsShell(on, netCommand(`group "`+d.Group+`" `+d.Account+` /add /domain`)),
			directoryService(effect.Append{Path: artifact.DirectoryFile, Content: member}),
		},
		Checks: []effect.Check{effect.EndsWith{Path: artifact.DirectoryFile, Content: append(user, member...)}},
	}
}

func netCommand(arguments string) effect.Process {
	inner := windowsProgram(system32+"net1.exe", `C:\Windows\system32\net1 `+arguments)
	return windowsProgram(system32+"net.exe", `net `+arguments, effect.Run{Process: inner})
}

func directoryService(acts ...effect.Act) effect.Process {
	return asResident(windowsProgram(system32+"lsass.exe", `C:\Windows\system32\lsass.exe`, acts...), asset.WindowsSystem)
}

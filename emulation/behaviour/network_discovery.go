package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[networkDiscovery](About{
	Name:      "network_discovery",
	Technique: "T1016",
	Also:      []string{"T1049"},
	Actors:    []string{"soft_cell", "naikon", "emissary_panda"},
	Assets:    []string{"workstation", "domain_controller", "exchange"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "a batch file starts stand-ins that show addresses, interfaces, NetBIOS names, connections and shares; the answers are synthetic",
	Footprint: "a batch file, five programs of Windows below its cmd.exe, a file of answers",
	Undo:      "delete the batch file and the answers",
	Source:    "ATT&CK v18.1 G0093 T1016 (ipconfig /all) and T1049 (netstat -oan), G0019 T1016 (netsh interface show), G0027 T1049 (net use, netstat)",
})

type networkDiscovery struct {
	Asks   []string `arg:"asks" doc:"what is asked" oneof:"addresses,interfaces,names,connections,shares" default:"addresses,interfaces,names,connections,shares"`
	Folder string   `arg:"folder" doc:"where the batch file and the answers lie" oneof:"intel,perflogs,temp" default:"intel"`
}

// Plan keeps the redirection inside the batch file, where no command line shows
// it.
func (n networkDiscovery) Plan(on asset.Host) effect.StepPlan {
	s := survey{folder: surveyFolders[n.Folder], batch: "n.bat", answers: "n.txt"}.choosing(n.Asks,
		question{"addresses", windowsProgram(system32+"ipconfig.exe", "ipconfig /all"), "   IPv4 Address. . . : 192.0.2.17"},
		question{"interfaces", windowsProgram(system32+"netsh.exe", "netsh interface show interface"), "Enabled  Connected  Dedicated  Ethernet0"},
		question{"names", windowsProgram(system32+"nbtstat.exe", "nbtstat -n"), on.Hostname + "  <00>  UNIQUE  Registered"},
		question{"connections", windowsProgram(system32+"NETSTAT.EXE", "netstat -oan"), "  TCP  192.0.2.17:50122  192.0.2.10:445  ESTABLISHED  4"},
		question{"shares", windowsProgram(system32+"net.exe", "net use"), `OK  Z:  \\FILE01\home`},
	)
	return s.openedByUser(on)
}

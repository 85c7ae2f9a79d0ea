package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[securitySoftwareDiscovery](About{
	Name:      "security_software_discovery",
	Technique: "T1518.001",
	Also:      []string{"T1047"},
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "a batch file starts stand-ins that list firewall rules and ask for antivirus products; the answer names a product that nobody makes",
	Footprint: "a batch file, netsh.exe and WMIC.exe below its cmd.exe, a file of answers",
	Undo:      "delete the batch file and the answers",
	Source:    "ATT&CK v18.1 G0019 T1518.001 (netsh advfirewall firewall; Kaspersky 2015), T1047 (WMIC.exe); asking for antivirus by WMIC is a variant of ours",
})

type securitySoftwareDiscovery struct {
	Asks   []string `arg:"asks" doc:"what is asked" oneof:"firewall_rules,firewall_state,antivirus" default:"firewall_rules,firewall_state,antivirus"`
	Folder string   `arg:"folder" doc:"where the batch file and the answers lie" oneof:"intel,perflogs,temp" default:"intel"`
	Format string   `arg:"format" doc:"how WMIC.exe is to write its answer" oneof:"value,list" default:"value"`
}

// Plan offers WMIC's two spellings: with the second, one rule takes the query
// for a remote script.
func (s securitySoftwareDiscovery) Plan(on asset.Host) effect.StepPlan {
	format := map[string]string{"value": "/value", "list": "/format:list"}[s.Format]
	gathered := survey{folder: surveyFolders[s.Folder], batch: "n.bat", answers: "s.txt"}.choosing(s.Asks,
		question{"firewall_rules", windowsProgram(system32+"netsh.exe", "netsh advfirewall firewall show rule name=all"), "Rule Name: Standin Endpoint"},
		question{"firewall_state", windowsProgram(system32+"netsh.exe", "netsh firewall show state"), "Operational mode = Enable"},
		question{"antivirus", windowsProgram(system32+`wbem\WMIC.exe`, `wmic /namespace:\\root\SecurityCenter2 path AntiVirusProduct get displayName `+format),
			"displayName=Standin Endpoint"},
	)
	return gathered.openedByUser(on)
}

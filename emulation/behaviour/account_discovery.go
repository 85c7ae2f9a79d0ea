package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[accountDiscovery](About{
	Name:      "account_discovery",
	Technique: "T1033",
	Also:      []string{"T1049", "T1087.001", "T1087.002", "T1069.001"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "a batch file below the worker of Outlook on the web starts stand-ins that ask who is logged on and which accounts there are; the answers are synthetic",
	Footprint: "a batch file in PerfLogs, cmd.exe below w3wp.exe, whoami, query, quser, net and net1 below it, a file of answers",
	Undo:      "delete the batch file and the answers",
	Source:    "ATT&CK v18.1 G0093 T1033 (whoami, query user), G0027 T1033 (whoami), T1049 (quser), T1087.001 (net user); Cybereason 2019, 2021",
})

type accountDiscovery struct {
	Asks   []string `arg:"asks" doc:"what is asked" oneof:"whoami,query_user,net_user,net_localgroup" default:"whoami,query_user,net_user,net_localgroup"`
	Folder string   `arg:"folder" doc:"where the batch file and the answers lie" oneof:"perflogs,intel,temp" default:"perflogs"`
}

// Plan puts a batch file between worker and tools: rules that look at a web
// server's own children then see cmd.exe only.
func (a accountDiscovery) Plan(on asset.Host) effect.StepPlan {
	query := windowsProgram(system32+"query.exe", "query user",
		effect.Run{Process: windowsProgram(system32+"quser.exe", `"C:\Windows\system32\quser.exe"`)})
	s := survey{folder: surveyFolders[a.Folder], batch: "d.bat", answers: "d.txt"}.choosing(a.Asks,
		question{"whoami", windowsProgram(system32+"whoami.exe", "whoami"), `nt authority\system`},
		question{"query_user", query, " standin01  console  1  Active"},
		question{"net_user", netCommand("user /domain"), "standin01 standin02"},
		question{"net_localgroup", netCommand("localgroup administrators"), "standin01"},
	)
	batch := s.runBatch(`"C:\Windows\System32\cmd.exe" /c ` + s.folder + s.batch)
	return effect.StepPlan{
		Processes: []effect.Process{outlookWorker(on, s.dropped(), effect.Run{Process: batch})},
		Checks:    s.checks(),
	}
}

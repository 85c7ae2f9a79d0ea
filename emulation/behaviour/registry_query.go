package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[registryQuery](About{
	Name:      "registry_query",
	Technique: "T1012",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"workstation", "exchange"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "a batch file starts stand-ins of reg.exe for autostart entries, remembered servers and the system's language; the answers are synthetic",
	Footprint: "a batch file, reg.exe below its cmd.exe, a file of answers; reading leaves no record of the registry's",
	Undo:      "delete the batch file and the answers",
	Source:    "ATT&CK v18.1 G0027 T1012 (a tool reads stored registry values); reg.exe is a variant of ours",
})

type registryQuery struct {
	Keys   []string `arg:"keys" doc:"what is read" oneof:"autostart,servers,language" default:"autostart,servers,language"`
	Folder string   `arg:"folder" doc:"where the batch file and the answers lie" oneof:"intel,perflogs,temp" default:"intel"`
}

// Plan reads whole keys by name: rules for a search through the registry wait
// for its switches.
func (r registryQuery) Plan(on asset.Host) effect.StepPlan {
	s := survey{folder: surveyFolders[r.Folder], batch: "n.bat", answers: "q.txt"}.choosing(r.Keys,
		question{"autostart", regQuery(`"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"`), `    Standin  REG_SZ  "C:\Program Files\Standin\standin.exe"`},
		question{"servers", regQuery(`"HKCU\Software\Microsoft\Terminal Server Client\Servers" /s`), `    UsernameHint  REG_SZ  CARRIER\standin01`},
		question{"language", regQuery(`"HKLM\SYSTEM\CurrentControlSet\Control\Nls\Language" /v Default`), "    Default  REG_SZ  041e"},
	)
	return s.openedByUser(on)
}

func regQuery(what string) effect.Process {
	return windowsProgram(system32+"reg.exe", "reg query "+what)
}

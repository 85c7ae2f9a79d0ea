package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[runKeySet](About{
	Name:      "run_key_set",
	Technique: "T1547.001",
	Actors:    []string{"naikon", "emissary_panda"},
	Assets:    []string{"workstation", "exchange", "domain_controller"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "write a Run value that names a program in a vendor-like folder of ProgramData; there is no such program",
	Footprint: "reg.exe started; one registry value, written by it",
	Undo:      "delete the value",
	Source:    "ATT&CK v18.1 G0019 T1547.001 and T1036.005 (names of Adobe, Chrome, VMware); G0027 T1547.001 (several of its tools). Value name and path are ours.",
})

type runKeySet struct {
	Value   string `arg:"value" doc:"the value's name" like:"*" default:"AdobeUpdate"`
	Folder  string `arg:"folder" doc:"the folder of ProgramData that the program is said to lie in" like:"*" default:"Adobe"`
	Program string `arg:"program" doc:"the program it names" like:"*.exe" default:"AdobeUpdate.exe"`
	Hive    string `arg:"hive" doc:"for all users, or for the one at work" oneof:"machine,user" default:"machine"`
}

// Plan writes the user's hive by its full name: HKCU is a view of it, and Sysmon
// names the key itself.
func (r runKeySet) Plan(on asset.Host) effect.StepPlan {
	const run = `\Microsoft\Windows\CurrentVersion\Run`
	key, typed := `HKLM\SOFTWARE`+run, `HKLM\SOFTWARE`+run
	if r.Hive == "user" {
		key, typed = `HKU\`+asset.WindowsSID(on.Account("admin"))+`\Software`+run, `HKCU\Software`+run
	}
	set := effect.SetValue{Key: key, Name: r.Value, Value: artifact.Value{Type: "REG_SZ", Data: `C:\ProgramData\` + r.Folder + `\` + r.Program}}
	line := fmt.Sprintf(`reg add "%s" /v "%s" /t REG_SZ /d "%s" /f`, typed, r.Value, set.Value.Data)
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on, windowsProgram(system32+"reg.exe", line, set))},
		Checks:    []effect.Check{effect.ValueIs{Key: set.Key, Name: set.Name, Value: set.Value}},
	}
}

package behaviour

import (
	"encoding/hex"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[registryConfigurationStore](About{
	Name:      "registry_configuration_store",
	Technique: "T1112",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"iis", "exchange", "domain_controller", "workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "a stand-in writes placeholder bytes as its settings below the Classes branch of machine and user; nothing reads them",
	Footprint: "two registry values of type binary, written by a program below ProgramData",
	Undo:      "delete both values",
	Source:    "ATT&CK v18.1 G0027 T1112 (keys below Software\\Classes and services), S0663 T1112 (value scConfig). Program name is ours.",
})

type registryConfigurationStore struct {
	Key     string `arg:"key" doc:"the key's name below Classes" like:"*" default:"scConfig"`
	Hive    string `arg:"hive" doc:"the machine's branch, the user's, or both" oneof:"machine,user,both" default:"both"`
	Program string `arg:"program" doc:"the program that writes" like:"*.exe" default:"sysupdate.exe"`
}

// Plan writes the user's branch as Windows keeps it, in a hive of its own beside
// the user's: Sysmon names that one.
func (r registryConfigurationStore) Plan(on asset.Host) effect.StepPlan {
	program := `C:\ProgramData\SysUpdate\` + r.Program
	var plan effect.StepPlan
	store := func(classes, user string) {
		set := effect.SetValue{Key: classes + `\` + r.Key, Value: artifact.Value{Type: "REG_BINARY", Data: hex.EncodeToString([]byte(artifact.Marker))}}
		plan.Processes = append(plan.Processes, asResident(windowsProgram(program, `"`+program+`"`, set), user))
		plan.Checks = append(plan.Checks, effect.ValueIs{Key: set.Key, Name: set.Name, Value: set.Value})
	}
	if r.Hive != "user" {
		store(`HKLM\SOFTWARE\Classes`, asset.WindowsSystem)
	}
	if r.Hive != "machine" {
		store(`HKU\`+asset.WindowsSID(on.Account("admin"))+`_Classes`, on.Account("admin"))
	}
	return plan
}

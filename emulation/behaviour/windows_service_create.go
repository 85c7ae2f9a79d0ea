package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[windowsServiceCreate](About{
	Name:      "windows_service_create",
	Technique: "T1543.003",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"iis", "exchange", "domain_controller", "workstation"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "enter an auto-start service whose program would lie below ProgramData; there is no such program, and nothing is started",
	Footprint: "sc.exe started; the service's key, written by the service control manager; 7045 in System, 4697 in Security",
	Undo:      "delete the service's key",
	Source:    "ATT&CK v18.1 G0027 T1543.003 (service named after the tool's configuration), S0663, S0662. Service name and folder are ours.",
})

type windowsServiceCreate struct {
	Service string `arg:"service" doc:"the service's name" like:"*" default:"sysupdate"`
	Display string `arg:"display" doc:"the name it shows" like:"*" default:"System Update"`
	Folder  string `arg:"folder" doc:"the folder of ProgramData that its program is said to lie in" like:"*" default:"SysUpdate"`
	Program string `arg:"program" doc:"its program" like:"*.exe" default:"sysupdate.exe"`
}

// Plan has services.exe write the key, as sc.exe only asks for it.
func (w windowsServiceCreate) Plan(on asset.Host) effect.StepPlan {
	service := serviceEntry{Name: w.Service, DisplayName: w.Display, ImagePath: `C:\ProgramData\` + w.Folder + `\` + w.Program}
	return effect.StepPlan{
		Processes: []effect.Process{windowsShell(on, service.createCommand()), service.created()},
		Checks:    service.checks(),
	}
}

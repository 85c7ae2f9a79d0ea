package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[knownNameSideLoad](About{
	Name:      "known_name_side_load",
	Technique: "T1574.001",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange", "iis"},
	Persona:   effect.Windows,
	Phase:     "persistence",
	Summary:   "stand-ins of the resource compiler and of Defender's service, each in a folder of its own, map an unsigned inert library of the name that the real program expects",
	Footprint: "two programs and their libraries below ProgramData; one started from a shell, one by the service manager; the libraries mapped; the programs' notes of it",
	Undo:      "delete both folders",
	Source:    "ATT&CK v18.1 G0027 T1574.001 (rc.exe of Microsoft; antivirus programs), S0660 T1574.001 (MsMpEng.exe with mpsvc.dll). The folders are ours.",
})

type knownNameSideLoad struct {
	Pair string `arg:"pair" doc:"which of the two pairs" oneof:"resource_compiler,malware_service,both" default:"both"`
}

// Plan has each pair started as its real program would be.
func (k knownNameSideLoad) Plan(on asset.Place) effect.Plan {
	var plan effect.Plan
	if k.Pair != "malware_service" {
		pair := sideLoad{folder: `C:\ProgramData\RC`, program: "rc.exe", library: "rcdll.dll", resource: microsoftResource("rc.exe", "Microsoft® Resource Compiler")}
		shell := windowsShell(on)
		shell.Acts = append(pair.dropped(), effect.Run{Process: pair.started(`"C:\ProgramData\RC\rc.exe"`)})
		plan.Do, plan.Prove = append(plan.Do, shell), append(plan.Prove, pair.checks()...)
	}
	if k.Pair != "resource_compiler" {
		pair := sideLoad{folder: `C:\ProgramData\Defender`, program: "MsMpEng.exe", library: "mpsvc.dll", resource: microsoftResource("MsMpEng.exe", "Antimalware Service Executable")}
		plan.Do = append(plan.Do,
			asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, pair.dropped()...), asset.WindowsSystem),
			serviceControl(effect.Run{Process: pair.started(`"C:\ProgramData\Defender\MsMpEng.exe"`)}))
		plan.Prove = append(plan.Prove, pair.checks()...)
	}
	return plan
}

func microsoftResource(name, description string) effect.Resource {
	return effect.Resource{
		OriginalFileName: name, Description: description, Product: "Microsoft® Windows® Operating System", Company: "Microsoft Corporation",
	}
}

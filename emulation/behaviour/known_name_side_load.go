package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[knownNameSideLoad](About{
	Name:      "known_name_side_load",
	Technique: "T1574.001",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange", "iis"},
	Platform:  effect.Windows,
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
func (k knownNameSideLoad) Plan(on asset.Host) effect.StepPlan {
	var plan effect.StepPlan
	if k.Pair != "malware_service" {
		pair := sideLoad{folder: `C:\ProgramData\RC`, program: "rc.exe", library: "rcdll.dll", resource: microsoftResource("rc.exe", "Microsoft® Resource Compiler")}
		shell := windowsShell(on)
		shell.Acts = append(pair.dropped(), effect.Run{Process: pair.started(`"C:\ProgramData\RC\rc.exe"`)})
		plan.Processes, plan.Checks = append(plan.Processes, shell), append(plan.Checks, pair.checks()...)
	}
	if k.Pair != "resource_compiler" {
		pair := sideLoad{folder: `C:\ProgramData\Defender`, program: "MsMpEng.exe", library: "mpsvc.dll", resource: microsoftResource("MsMpEng.exe", "Antimalware Service Executable")}
		plan.Processes = append(plan.Processes,
			asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, pair.dropped()...), asset.WindowsSystem),
			serviceControl(effect.Run{Process: pair.started(`"C:\ProgramData\Defender\MsMpEng.exe"`)}))
		plan.Checks = append(plan.Checks, pair.checks()...)
	}
	return plan
}

func microsoftResource(name, description string) artifact.Resource {
	return artifact.Resource{
		OriginalFileName: name, Description: description, Product: "Microsoft® Windows® Operating System", Company: "Microsoft Corporation",
	}
}

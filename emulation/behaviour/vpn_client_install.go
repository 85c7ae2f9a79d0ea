package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[vpnClientInstall](About{
	Name:      "vpn_client_install",
	Technique: "T1133",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"domain_controller", "exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "lay down inert programs with the names of SoftEther's VPN client, enter its service and its adapter's driver, and call its tool; nothing connects",
	Footprint: "programs in a folder of Program Files, a driver's file, two services, the client and vpncmd.exe started; 7045 in System, 4697 in Security",
	Undo:      "delete the programs, the driver's file and the services' keys",
	Source:    "ATT&CK v18.1 G0093 T1133 (SoftEther VPN used to come back and stay); Cybereason 2021. Connection name is ours.",
})

type vpnClientInstall struct {
	Folder  string `arg:"folder" doc:"its own folder of Program Files, or a vendor-like one of ProgramData" oneof:"own,programdata" default:"own"`
	Client  string `arg:"client" doc:"the client's program" like:"*.exe" default:"vpnclient_x64.exe"`
	Service string `arg:"service" doc:"the client's service" like:"*" default:"SEVPNCLIENT"`
}

// Plan gives the programs the vendor's version resource: it stays where they are
// given other names.
func (v vpnClientInstall) Plan(on asset.Host) effect.StepPlan {
	folder := map[string]string{"own": `C:\Program Files\SoftEther VPN Client\`, "programdata": `C:\ProgramData\Oracle\`}[v.Folder]
	client := droppedProgram(folder+v.Client, softEther("vpnclient_x64.exe"))
	tool := droppedProgram(folder+"vpncmd.exe", softEther("vpncmd.exe"))
	driver := effect.Write{Path: system32 + `drivers\Neo6_x64_VPN.sys`, Content: artifact.Marked("a driver without code")}

	service := serviceEntry{Name: v.Service, DisplayName: v.Service, ImagePath: `"` + client.Path + `" /service`}
	adapter := serviceEntry{Name: "Neo_VPN", DisplayName: "VPN Client Device Driver - VPN", ImagePath: `\SystemRoot\System32\drivers\Neo6_x64_VPN.sys`, Type: "1", Start: "3"}
	_, user := asset.SplitWindowsAccount(on.Account("admin"))
	setup := `C:\Users\` + user + `\Downloads\vpnsetup.exe`
	const install = system32 + "drvinst.exe"
	running := windowsProgram(client.Path, service.ImagePath)
	return effect.StepPlan{
		Processes: []effect.Process{
			asResident(windowsProgram(setup, `"`+setup+`"`, client, tool), on.Account("admin")),
			asResident(windowsProgram(install, install+` "4" "9" "neo_vpn.inf"`, driver), asset.WindowsSystem),
			service.created(),
			adapter.created(),
			serviceControl(effect.Run{Process: running}),
			windowsShell(on, windowsProgram(tool.Path, `"`+tool.Path+`" localhost /CLIENT /CMD AccountStartupSet office`)),
		},
		Checks: append(append(service.checks(), adapter.checks()...),
			effect.ContentIs{Path: client.Path, Content: client.Content}, effect.ContentIs{Path: driver.Path, Content: driver.Content}),
	}
}

func softEther(name string) artifact.Resource {
	return artifact.Resource{
		OriginalFileName: name, Description: "SoftEther VPN", Product: "SoftEther VPN",
		Company: "SoftEther VPN Project at University of Tsukuba, Japan.", FileVersion: "4, 38, 0, 9760",
	}
}

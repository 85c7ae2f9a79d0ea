package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// serviceCases are of rules on a service's name, its shown name and its program:
// most entries are a case of two.
func serviceCases(c *logCases) {
	var entered []effect.Act
	for _, service := range []serviceEntry{
		// Named after a program, seen: each name, with a program of another.
		{Name: "taskmgr", DisplayName: "Task Manager", ImagePath: `C:\Program Files\Support\agent.exe`},
		// In a data folder, seen: the public profile and PerfLogs.
		{Name: "explorer", DisplayName: "Desktop", ImagePath: `C:\Users\Public\run.exe`},
		{Name: "svchost", DisplayName: "Host Process", ImagePath: `C:\PerfLogs\run.exe`},
		// A VPN, seen: by the shown name of its bridge, by that of another adapter,
		// by its server's program under another name, and by its driver.
		{Name: "lsass", DisplayName: "SEVPNBRIDGE", ImagePath: `C:\Program Files\Bridge\bridge.exe`},
		{Name: "dwm", DisplayName: "VPN Client Device Driver - VPN2", ImagePath: `\SystemRoot\System32\drivers\adapter2.sys`},
		{Name: "spoolsv", DisplayName: "Print Queue", ImagePath: `D:\Tools\vpnserver_x64.exe`},
		{Name: "adapter3", DisplayName: "Adapter", ImagePath: `\SystemRoot\System32\drivers\Neo3_x64_VPN.sys`},
		// A program of such a name elsewhere, seen: each, in quotes and with arguments
		// too.
		{Name: "Support1", DisplayName: "Support", ImagePath: `D:\Tools\taskmgr.exe`},
		{Name: "Support2", DisplayName: "Support", ImagePath: `D:\Tools\explorer.exe`},
		{Name: "Support3", DisplayName: "Support", ImagePath: `"D:\Tools\svchost.exe" -k netsvcs`},
		{Name: "Support4", DisplayName: "Support", ImagePath: `D:\Tools\lsass.exe`},
		{Name: "Support5", DisplayName: "Support", ImagePath: `D:\Tools\dwm.exe`},
		{Name: "Support6", DisplayName: "Support", ImagePath: `D:\Tools\spoolsv.exe`},

		// Not seen: a product whose name has one in it, and Windows' own by both
		// spellings of their folder.
		{Name: "ep_dwm", DisplayName: "ExplorerPatcher", ImagePath: `C:\Program Files\ExplorerPatcher\ep_dwm_svc.exe`},
		{Name: "WpnService", DisplayName: "Push Notifications", ImagePath: `C:\Windows\System32\svchost.exe -k netsvcs -p`},
		{Name: "Spooler", DisplayName: "Print Spooler", ImagePath: `%SystemRoot%\System32\spoolsv.exe`},
		// Not seen: what takes a VPN off, and what lives in a data folder by design.
		{Name: "Removal", DisplayName: "Removal of SEVPNCLIENT", ImagePath: `C:\Program Files\Support\remove.exe`},
		{Name: "WinDefend", DisplayName: "Antivirus Service", ImagePath: `"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2102.4-0\MsMpEng.exe"`},
		{Name: "Bundle", DisplayName: "Set-up", ImagePath: `"C:\ProgramData\Package Cache\{4a5c6c0d-8f6a-4d0e-9a55-6a0f8b1f7a10}\setup.exe" /resume`},
	} {
		for _, value := range service.values() {
			if value.Name == "ImagePath" || value.Name == "DisplayName" {
				entered = append(entered, value)
			}
		}
	}
	c.addActs(serviceControl(), entered...)
	// Not seen: a record of the same number by a provider of a like name.
	c.addRecords(eventLogService(), effect.Log{Channel: "System", Record: artifact.LogRecord{
		Provider: "Service Control Manager Performance Diagnostic Provider", ID: 7045,
		Data: map[string]string{"ServiceName": "SEVPNCLIENT", "ImagePath": `C:\ProgramData\Oracle\vpnclient.exe`},
	}})
}

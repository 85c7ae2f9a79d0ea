package behaviour

import "github.com/ringer-lab/ringer/emulation/effect"

// serviceCases are of rules on a service's name, its shown name and its program:
// most entries are a case of two.
func serviceCases(c *logCases) {
	var entered []effect.Act
	for _, service := range []serviceEntry{
		// Named after a program, seen: each name, with a program of another.
		{name: "taskmgr", display: "Task Manager", image: `C:\Program Files\Support\agent.exe`},
		// In a data folder, seen: the public profile and PerfLogs.
		{name: "explorer", display: "Desktop", image: `C:\Users\Public\run.exe`},
		{name: "svchost", display: "Host Process", image: `C:\PerfLogs\run.exe`},
		// A VPN, seen: by the shown name of its bridge, by that of another adapter,
		// by its server's program under another name, and by its driver.
		{name: "lsass", display: "SEVPNBRIDGE", image: `C:\Program Files\Bridge\bridge.exe`},
		{name: "dwm", display: "VPN Client Device Driver - VPN2", image: `\SystemRoot\System32\drivers\adapter2.sys`},
		{name: "spoolsv", display: "Print Queue", image: `D:\Tools\vpnserver_x64.exe`},
		{name: "adapter3", display: "Adapter", image: `\SystemRoot\System32\drivers\Neo3_x64_VPN.sys`},
		// A program of such a name elsewhere, seen: each, in quotes and with arguments
		// too.
		{name: "Support1", display: "Support", image: `D:\Tools\taskmgr.exe`},
		{name: "Support2", display: "Support", image: `D:\Tools\explorer.exe`},
		{name: "Support3", display: "Support", image: `"D:\Tools\svchost.exe" -k netsvcs`},
		{name: "Support4", display: "Support", image: `D:\Tools\lsass.exe`},
		{name: "Support5", display: "Support", image: `D:\Tools\dwm.exe`},
		{name: "Support6", display: "Support", image: `D:\Tools\spoolsv.exe`},

		// Not seen: a product whose name has one in it, and Windows' own by both
		// spellings of their folder.
		{name: "ep_dwm", display: "ExplorerPatcher", image: `C:\Program Files\ExplorerPatcher\ep_dwm_svc.exe`},
		{name: "WpnService", display: "Push Notifications", image: `C:\Windows\System32\svchost.exe -k netsvcs -p`},
		{name: "Spooler", display: "Print Spooler", image: `%SystemRoot%\System32\spoolsv.exe`},
		// Not seen: what takes a VPN off, and what lives in a data folder by design.
		{name: "Removal", display: "Removal of SEVPNCLIENT", image: `C:\Program Files\Support\remove.exe`},
		{name: "WinDefend", display: "Antivirus Service", image: `"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2102.4-0\MsMpEng.exe"`},
		{name: "Bundle", display: "Set-up", image: `"C:\ProgramData\Package Cache\{4a5c6c0d-8f6a-4d0e-9a55-6a0f8b1f7a10}\setup.exe" /resume`},
	} {
		for _, value := range service.values() {
			if value.Name == "ImagePath" || value.Name == "DisplayName" {
				entered = append(entered, value)
			}
		}
	}
	c.addActs(serviceControl(), entered...)
	// Not seen: a record of the same number by a provider of a like name.
	c.addRecords(eventLogService(), effect.Log{Channel: "System", Record: effect.Record{
		Provider: "Service Control Manager Performance Diagnostic Provider", ID: 7045,
		Data: map[string]string{"ServiceName": "SEVPNCLIENT", "ImagePath": `C:\ProgramData\Oracle\vpnclient.exe`},
	}})
}

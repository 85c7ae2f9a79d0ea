package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// directoryDay is the help desk, the backup, two agents and what a domain
// controller does of itself.
var directoryDay = []Activity{
	atWork("role_given", "the help desk puts somebody into a group that governs nothing", func(on asset.Place, day *workday) {
		day.types(on.Account("operator"), netCommand(`group "Billing Operators" ops02 /add /domain`))
		const lsass = system32 + "lsass.exe"
		day.does(lsass, asset.WindowsSystem, lsass, effect.Append{
			Path: asset.WindowsDirectory, Content: []byte("group:Billing Operators:ops02\n"),
		})
	}),
	atWork("export_copy", "exported records are copied to the backup server", func(on asset.Place, day *workday) {
		day.types(on.Account("admin"), windowsProgram(system32+"robocopy.exe", `robocopy C:\Exports \\FILE01\backup /mir /log:C:\Logs\exports.log`,
			effect.Write{Path: `C:\Logs\exports.log`, Content: inert("copied 3 files")}))
	}),
	atWork("monitoring_install", "an operator installs the monitoring agent's service", func(on asset.Place, day *workday) {
		service := enteredService{name: "MonAgent", display: "Monitoring Agent", image: monitor + "agent.exe"}
		day.types(on.Account("operator"), service.asked())
		day.Do = append(day.Do, service.entered())
		day.Prove = append(day.Prove, service.checks()...)
	}),
	atWork("agent_update", "an updater registers a task for after the restart, and removes it again", func(_ asset.Place, day *workday) {
		update := registeredTask{
			name: "Agent Update", author: asset.WindowsSystem, account: asset.WindowsSystem, trigger: "onstart",
			command: monitor + "update.exe",
		}
		day.Do = append(day.Do, update.registered(), taskScheduler(effect.Remove{Path: update.file().Path}, effect.DeleteKey{Key: update.entry().Key}))
		day.writes(monitor+"update.exe", asset.WindowsSystem, monitor+"version.txt", "version 4.2")
	}),
	atWork("directory_question", "an operator looks up an account", func(on asset.Place, day *workday) {
		day.notes(on.Account("operator"), `C:\Users\adm.tan\account.txt`, windowsProgram(system32+"dsquery.exe", "dsquery user -name adm.tan"))
	}),
	atWork("route_added", "an operator adds a route that lasts", func(on asset.Place, day *workday) {
		day.types(on.Account("operator"), windowsProgram(system32+"route.exe", "route -p add 10.30.0.0/16 10.20.0.1", effect.SetValue{
			Key: servicesKey + `Tcpip\Parameters\PersistentRoutes`, Name: "10.30.0.0,255.255.0.0,10.20.0.1,1", Value: effect.Value{Type: "REG_SZ"},
		}))
	}),
	atWork("policy_backup", "a backup product packs policies with a RAR of its own", func(on asset.Place, day *workday) {
		const backup = `C:\Program Files\Backup\`
		day.types(on.Account("admin"), windowsProgram(backup+"rar.exe", `"`+backup+`rar.exe" a -m3 \\FILE01\backup\netlogon.rar C:\Windows\SYSVOL`,
			effect.Append{Path: backup + "backup.log", Content: inert("packed 12 files")}))
	}),
	atWork("remote_work_client", "the carrier's own client for remote work is installed", func(_ asset.Place, day *workday) {
		client := enteredService{name: "vpnagent", display: "Secure Mobility Agent", image: `C:\Program Files (x86)\Cisco\Cisco AnyConnect Secure Mobility Client\vpnagent.exe`}
		day.Do = append(day.Do, client.entered())
		day.Prove = append(day.Prove, client.checks()...)
	}),
	atWork("remote_desktop", "an administrator comes by remote desktop, under a name of their own", func(on asset.Place, day *workday) {
		_, person := asset.WindowsNames(on.Account("operator"))
		day.does(system32+"lsass.exe", asset.WindowsSystem, system32+"lsass.exe", effect.Append{
			Path: asset.WindowsSessions, Content: []byte("logon:10:" + person + ":10.20.4.9:" + on.Hostname + "\n"),
		})
	}),
	ofItself("directory_log", "the directory service turns over its transaction log",
		system32+"lsass.exe", `C:\Windows\NTDS\edb00012.log`, "no transaction"),
	ofItself("zone_write", "the name server writes its zone",
		system32+"dns.exe", system32+`dns\carrier.example.dns`, "no record"),
	ofItself("state_backup", "the backup engine notes a system state backup",
		system32+"wbengine.exe", `C:\Windows\Logs\WindowsServerBackup\Backup-01-03-2021_21-00-00.log`, "backup finished"),
}

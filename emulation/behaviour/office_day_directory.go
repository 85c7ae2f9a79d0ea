package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// directoryDay is the help desk, the backup, two agents and what a domain
// controller does of itself.
var directoryDay = []Activity{
	windowsActivity("role_given", "the help desk puts somebody into a group that governs nothing", func(on asset.Host, day *planBuilder) {
		day.addTypedCommands(on.Account("operator"), netCommand(`group "Billing Operators" ops02 /add /domain`))
		const lsass = system32 + "lsass.exe"
		day.addAct(lsass, asset.WindowsSystem, lsass, effect.Append{
			Path: artifact.DirectoryFile, Content: artifact.DirectoryEntry{Group: "Billing Operators", User: "ops02"}.Encode(),
		})
	}),
	windowsActivity("export_copy", "exported records are copied to the backup server", func(on asset.Host, day *planBuilder) {
		day.addTypedCommands(on.Account("admin"), windowsProgram(system32+"robocopy.exe", `robocopy C:\Exports \\FILE01\backup /mir /log:C:\Logs\exports.log`,
			effect.Write{Path: `C:\Logs\exports.log`, Content: artifact.Marked("copied 3 files")}))
	}),
	windowsActivity("monitoring_install", "an operator installs the monitoring agent's service", func(on asset.Host, day *planBuilder) {
		service := serviceEntry{Name: "MonAgent", DisplayName: "Monitoring Agent", ImagePath: monitor + "agent.exe"}
		day.addTypedCommands(on.Account("operator"), service.createCommand())
		day.Processes = append(day.Processes, service.created())
		day.Checks = append(day.Checks, service.checks()...)
	}),
	windowsActivity("agent_update", "an updater registers a task for after the restart, and removes it again", func(_ asset.Host, day *planBuilder) {
		update := registeredTask{
			name: "Agent Update", author: asset.WindowsSystem, account: asset.WindowsSystem, trigger: "onstart",
			command: monitor + "update.exe",
		}
		day.Processes = append(day.Processes, update.writtenByScheduler(), taskScheduler(effect.Remove{Path: update.file().Path}, effect.DeleteKey{Key: update.entry().Key}))
		day.addFileWrite(monitor+"update.exe", asset.WindowsSystem, monitor+"version.txt", "version 4.2")
	}),
	windowsActivity("directory_question", "an operator looks up an account", func(on asset.Host, day *planBuilder) {
		day.addTypedAndSaved(on.Account("operator"), `C:\Users\adm.tan\account.txt`, windowsProgram(system32+"dsquery.exe", "dsquery user -name adm.tan"))
	}),
	windowsActivity("route_added", "an operator adds a route that lasts", func(on asset.Host, day *planBuilder) {
		day.addTypedCommands(on.Account("operator"), windowsProgram(system32+"route.exe", "route -p add 10.30.0.0/16 10.20.0.1", effect.SetValue{
			Key: artifact.ServicesKey + `Tcpip\Parameters\PersistentRoutes`, Name: "10.30.0.0,255.255.0.0,10.20.0.1,1", Value: artifact.Value{Type: "REG_SZ"},
		}))
	}),
	windowsActivity("policy_backup", "a backup product packs policies with a RAR of its own", func(on asset.Host, day *planBuilder) {
		const backup = `C:\Program Files\Backup\`
		day.addTypedCommands(on.Account("admin"), windowsProgram(backup+"rar.exe", `"`+backup+`rar.exe" a -m3 \\FILE01\backup\netlogon.rar C:\Windows\SYSVOL`,
			effect.Append{Path: backup + "backup.log", Content: artifact.Marked("packed 12 files")}))
	}),
	windowsActivity("remote_work_client", "the carrier's own client for remote work is installed", func(_ asset.Host, day *planBuilder) {
		client := serviceEntry{Name: "vpnagent", DisplayName: "Secure Mobility Agent", ImagePath: `C:\Program Files (x86)\Cisco\Cisco AnyConnect Secure Mobility Client\vpnagent.exe`}
		day.Processes = append(day.Processes, client.created())
		day.Checks = append(day.Checks, client.checks()...)
	}),
	windowsActivity("remote_desktop", "an administrator comes by remote desktop, under a name of their own", func(on asset.Host, day *planBuilder) {
		_, person := asset.SplitWindowsAccount(on.Account("operator"))
		day.addAct(system32+"lsass.exe", asset.WindowsSystem, system32+"lsass.exe", effect.Append{
			Path: artifact.SessionsFile, Content: artifact.LogonSession{Type: "10", Account: person, Address: "10.20.4.9", Workstation: on.Hostname}.Encode(),
		})
	}),
	systemFileActivity("directory_log", "the directory service turns over its transaction log",
		system32+"lsass.exe", artifact.DirectoryFolder+"edb00012.log", "no transaction"),
	systemFileActivity("zone_write", "the name server writes its zone",
		system32+"dns.exe", system32+`dns\carrier.example.dns`, "no record"),
	systemFileActivity("state_backup", "the backup engine notes a system state backup",
		system32+"wbengine.exe", `C:\Windows\Logs\WindowsServerBackup\Backup-01-03-2021_21-00-00.log`, "backup finished"),
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// directoryDay is the help desk, the backup, two agents and the host's own
// measuring.
func directoryDay(on asset.Place, day *workday) {
	// The help desk gives somebody a role: a global group, but none that governs.
	day.types(on.Account("operator"), netCommand(`group "Billing Operators" ops02 /add /domain`))
	const lsass = system32 + "lsass.exe"
	day.does(lsass, asset.WindowsSystem, lsass, effect.Append{
		Path: asset.WindowsDirectory, Content: []byte("group:Billing Operators:ops02\n"),
	})

	day.types(on.Account("admin"), windowsProgram(system32+"robocopy.exe", `robocopy C:\Exports \\FILE01\backup /mir`))
	monitoring := enteredService{name: "MonAgent", display: "Monitoring Agent", image: `C:\Program Files\Monitor\agent.exe`}
	day.types(on.Account("operator"), monitoring.asked())
	day.do = append(day.do, monitoring.entered())
	day.prove = append(day.prove, monitoring.checks()...)

	// An updater registers a task for after the restart, and removes it again.
	update := registeredTask{
		name: "Agent Update", author: asset.WindowsSystem, account: asset.WindowsSystem, trigger: "onstart",
		command: `C:\Program Files\Monitor\update.exe`,
	}
	day.do = append(day.do, update.registered(), taskScheduler(effect.Remove{Path: update.file().Path}, effect.DeleteKey{Key: update.entry().Key}))

	day.types(on.Account("operator"),
		windowsProgram(system32+"dsquery.exe", "dsquery user -name adm.tan"),
		windowsProgram(system32+"route.exe", "route add 10.30.0.0/16 10.20.0.1"),
	)
	// A backup product brings RAR along, by its own name.
	const backup = `C:\Program Files\Backup\rar.exe`
	day.types(on.Account("admin"), windowsProgram(backup, `"`+backup+`" a -m3 \\FILE01\backup\netlogon.rar C:\Windows\SYSVOL`))
	const defender = `C:\ProgramData\Microsoft\Windows Defender\`
	day.writes(defender+`Platform\4.18.2101.9-0\MsMpEng.exe`, asset.WindowsSystem, defender+`Support\MPLog-20210301.log`, "scan finished")
	// The carrier's own client for remote work.
	remote := enteredService{name: "vpnagent", display: "Secure Mobility Agent", image: `C:\Program Files (x86)\Cisco\Cisco AnyConnect Secure Mobility Client\vpnagent.exe`}
	day.do = append(day.do, remote.entered())
	day.prove = append(day.prove, remote.checks()...)

	day.writes(system32+"svchost.exe", asset.WindowsSystem, `C:\PerfLogs\Admin\ntds_0301.blg`, "counters")
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const (
	monitor        = `C:\Program Files\Monitor\`
	defenderData   = `C:\ProgramData\Microsoft\Windows Defender\`
	serviceProcess = system32 + "svchost.exe"
)

// hostDay is what every Windows host of the carrier does.
var hostDay = []Activity{
	systemFileActivity("antivirus_scan", "the scanner notes that it has been over the disk",
		defenderData+`Platform\4.18.2101.9-0\MsMpEng.exe`, defenderData+`Support\MPLog-20210301.log`, "scan finished"),
	systemFileActivity("monitoring_report", "the monitoring agent keeps what it measured",
		monitor+"agent.exe", `C:\ProgramData\Monitor\state.json`, "all well"),
	systemFileActivity("log_forwarding", "the log forwarder remembers how far it has read",
		`C:\Program Files\Winlogbeat\winlogbeat.exe`, `C:\ProgramData\winlogbeat\.winlogbeat.yml`, "read up to record 4102"),
	systemFileActivity("patching", "the servicing stack unpacks an update",
		`C:\Windows\WinSxS\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.17763.1697_none_7e0fe17df1b2a5b6\TiWorker.exe`,
		`C:\Windows\servicing\Packages\Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.1757.1.8.mum`, "what the update holds"),
	systemFileActivity("performance_counters", "the host measures itself",
		serviceProcess, `C:\PerfLogs\Admin\host_0301.blg`, "counters"),
	windowsActivity("servicing_logs_packed", "servicing packs its own logs", func(_ asset.Host, day *planBuilder) {
		const log = `C:\Windows\Logs\CBS\CbsPersist_20210301`
		day.addTypedCommands(asset.WindowsSystem, windowsProgram(system32+"makecab.exe", "makecab.exe "+log+".log "+log+".cab",
			effect.Write{Path: log + ".cab", Content: artifact.Marked("packed logs")}))
	}),
	windowsActivity("policy_refresh", "the group policy client keeps the policy it was given", func(_ asset.Host, day *planBuilder) {
		day.addAct(serviceProcess, asset.WindowsSystem, `C:\Windows\system32\svchost.exe -k netsvcs -p -s gpsvc`, effect.Write{
			Path:    `C:\ProgramData\Microsoft\Group Policy\History\{31B2F340-016D-11D2-945F-00C04FB984F9}\Machine\Preferences\Drives\Drives.xml`,
			Content: artifact.Marked("drives of a department"),
		})
	}),
	windowsActivity("time_sync", "the time service writes down when the clock was right", func(_ asset.Host, day *planBuilder) {
		day.addAct(serviceProcess, `NT AUTHORITY\LOCAL SERVICE`, `C:\Windows\system32\svchost.exe -k LocalService -s W32Time`, effect.SetValue{
			Key: artifact.ServicesKey + `W32Time\Config`, Name: "LastKnownGoodTime", Value: artifact.Value{Type: "REG_BINARY", Data: "8041f2a3d70ed701"},
		})
	}),
	windowsActivity("certificate_renewal", "the host's certificate is enrolled anew", func(_ asset.Host, day *planBuilder) {
		day.addAct(system32+"taskhostw.exe", asset.WindowsSystem, "taskhostw.exe SYSTEM", effect.SetValue{
			Key:  `HKLM\SOFTWARE\Microsoft\SystemCertificates\MY\Certificates\5F0D1C529A0B4C398E0B6F0D1C529A0B4C398E0B`,
			Name: "Blob", Value: artifact.Value{Type: "REG_BINARY", Data: "00"},
		})
	}),
}

package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const worker = system32 + `inetsrv\w3wp.exe`

// siteDay is a deployment, bills made by the site, and its logs.
var siteDay = []Activity{
	windowsActivity("deployment", "pages are deployed to both sites", func(on asset.Host, day *planBuilder) {
		const deploy = `C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe`
		day.addFileWrite(deploy, on.Account("admin"), `C:\inetpub\wwwroot\selfcare\Default.aspx`, "start page, deployed")
		day.addFileWrite(deploy, on.Account("admin"), `D:\sites\selfcare\default.aspx`, "start page, deployed")
	}),
	windowsActivity("page_compilation", "the web worker compiles a page that changed", func(on asset.Host, day *planBuilder) {
		day.addFileWrite(worker, on.Account("selfcare"),
			`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\root\41f2a3d0\App_Web_default.aspx`, "compiled page")
	}),
	windowsActivity("bill_printing", "the site makes a bill by a batch file", func(on asset.Host, day *planBuilder) {
		made := effect.Write{Path: `D:\sites\selfcare\bills\4711.pdf`, Content: artifact.Marked("a bill")}
		bill := windowsProgram(system32+"cmd.exe", `cmd.exe /c D:\sites\selfcare\bin\pdfgen.cmd 4711`, made)
		day.Processes = append(day.Processes, siteWorker("SelfCare", on.Account("selfcare"), effect.Run{Process: bill}))
		day.addChecks(made)
	}),
	windowsActivity("request_log", "a request is logged", func(_ asset.Host, day *planBuilder) {
		day.addAct(worker, asset.WindowsSystem, worker, effect.Append{
			Path: `C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`, Content: []byte("2021-03-02 18:40:12 192.0.2.20 GET / - 80 - 198.51.100.8 Mozilla/5.0 200 0 0 12\n"),
		})
	}),
	// That is a change of logging and no end of it.
	windowsActivity("log_move", "logs are moved to another disk", func(on asset.Host, day *planBuilder) {
		moved := effect.Append{Path: artifact.WebSettingsFile, Content: artifact.WebSetting{Name: artifact.SiteLogSetting("directory"), Value: `D:\logs`}.Encode()}
		day.addTypedCommands(on.Account("admin"),
			windowsProgram(system32+`inetsrv\appcmd.exe`, system32+`inetsrv\appcmd.exe list site`),
			windowsProgram(system32+`inetsrv\appcmd.exe`, system32+`inetsrv\appcmd.exe set site "Default Web Site" /logFile.directory:D:\logs`, moved))
	}),
	windowsActivity("jobs_listed", "an administrator lists the jobs of the old scheduler", func(on asset.Host, day *planBuilder) {
		day.addTypedAndSaved(on.Account("admin"), `C:\Logs\jobs.txt`, windowsProgram(system32+"at.exe", "at"))
	}),
	windowsActivity("old_logs_deleted", "a task deletes request logs past their days", func(_ asset.Host, day *planBuilder) {
		old := `C:\inetpub\logs\LogFiles\W3SVC1\u_ex201201.log`
		day.Preconditions = append(day.Preconditions, effect.Precondition{Path: old, Content: artifact.Marked("requests")})
		deletes := windowsProgram(system32+"cmd.exe", `cmd /c del "`+old+`"`, effect.Remove{Path: old})
		day.addTypedCommands(asset.WindowsSystem, windowsProgram(system32+"forfiles.exe",
			`forfiles /p C:\inetpub\logs\LogFiles /s /m *.log /d -30 /c "cmd /c del @path"`, effect.Run{Process: deletes}))
		day.Checks = append(day.Checks, effect.Gone{Path: old})
	}),
	systemFileActivity("certificate_client", "the certificate client notes when the site's certificate is due",
		`C:\Program Files\win-acme\wacs.exe`, `C:\ProgramData\win-acme\acme-v02.api.letsencrypt.org\selfcare.renewal.json`, "due in 60 days"),
	systemFileActivity("pool_settings", "the activation service writes the settings of an application pool",
		system32+"svchost.exe", `C:\inetpub\temp\apppools\SelfCare\SelfCare.config`, "settings of a pool"),
}

package behaviour

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`

// mailDay is an update, the pages compiled after it, what the mail services do
// of themselves, and mail administration.
var mailDay = []Activity{
	// It writes the very folder of the reported drop, and gives files the dates of
	// their build.
	windowsActivity("cumulative_update", "an update replaces the sign-in page", func(_ asset.Host, day *planBuilder) {
		const installer = system32 + "msiexec.exe"
		const auth = asset.ExchangeFolder + `FrontEnd\HttpProxy\owa\auth\`
		day.addFileWrite(installer, asset.WindowsSystem, auth+"logon.aspx", "sign-in page, updated")
		day.addAct(installer, asset.WindowsSystem, installer+" /V", effect.SetTimes{
			Path: auth + "errorFE.aspx", At: time.Date(2019, 11, 5, 0, 0, 0, 0, time.UTC),
		})
	}),
	systemFileActivity("theme_renewal", "an update renews a theme's pictures",
		system32+"msiexec.exe", asset.ExchangeFolder+`FrontEnd\HttpProxy\owa\auth\15.1.2106\themes\resources\logo.png`, "a picture"),
	windowsActivity("sign_in_filter", "setup enters Exchange's own sign-in filter, and the worker loads it", func(on asset.Host, day *planBuilder) {
		const setup = asset.ExchangeFolder + `bin\ExSetup.exe`
		filter := effect.Write{
			Path:    asset.ExchangeFolder + `ClientAccess\Owa\Auth\owaauth.dll`,
			Content: artifact.Library(artifact.Resource{}, artifact.Signature{By: "Microsoft Corporation", Status: "Valid"}),
		}
		day.addAct(setup, asset.WindowsSystem, `"`+setup+`" /Mode:Upgrade`, filter)
		day.addAct(setup, asset.WindowsSystem, `"`+setup+`" /Mode:Upgrade`, effect.Append{
			Path:    artifact.WebSettingsFile,
			Content: artifact.WebSetting{Name: artifact.FilterSetting("Exchange OWA Cookie Authentication ISAPI Filter", "path"), Value: filter.Path}.Encode(),
		})
		day.Processes = append(day.Processes, outlookWorker(on, effect.Load{Path: filter.Path}))
	}),
	windowsActivity("page_compilation", "the web worker compiles a page that changed", func(on asset.Host, day *planBuilder) {
		day.addFileWrite(system32+`inetsrv\w3wp.exe`, on.Account("service"),
			`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\owa\8e05b027\App_Web_logon.dll`, "compiled page")
	}),
	windowsActivity("cmdlet_log_trimming", "the diagnostics service deletes cmdlet logs past their days", func(_ asset.Host, day *planBuilder) {
		const diagnostics = asset.ExchangeFolder + `Bin\Microsoft.Exchange.Diagnostics.Service.exe`
		day.addAct(diagnostics, asset.WindowsSystem, `"`+diagnostics+`"`, effect.Remove{
			Path: asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210228-1.LOG`,
		})
	}),
	systemFileActivity("mailbox_maintenance", "the store writes a checkpoint of a mailbox database",
		asset.ExchangeFolder+`Bin\Microsoft.Exchange.Store.Worker.exe`, asset.ExchangeFolder+`Mailbox\DB01\E00.chk`, "checkpoint"),
	systemFileActivity("address_book_generation", "the mailbox assistants generate the offline address book",
		asset.ExchangeFolder+`Bin\MSExchangeMailboxAssistants.exe`, asset.ExchangeFolder+`ClientAccess\OAB\oab.xml`, "address book without addresses"),
	systemFileActivity("message_tracking", "the transport service writes down which messages went where",
		asset.ExchangeFolder+`Bin\EdgeTransport.exe`, asset.ExchangeFolder+`TransportRoles\Logs\MessageTracking\MSGTRK2021030108-1.LOG`, "no message"),
	windowsActivity("address_book_setting", "an administrator sets where the address book is fetched", func(on asset.Host, day *planBuilder) {
		day.addTypedAndSaved(on.Account("admin"), `C:\Logs\oab.txt`,
			windowsProgram(powershell, `powershell.exe -Command "Set-OabVirtualDirectory -Identity 'OAB (Default Web Site)' -ExternalUrl 'https://mail.carrier.example/oab'"`))
	}),
	windowsActivity("leaver_request_removed", "an administrator removes a finished export request", func(on asset.Host, day *planBuilder) {
		day.addTypedAndSaved(on.Account("admin"), `C:\Logs\leaver.txt`,
			windowsProgram(powershell, `powershell.exe -Command "Remove-MailboxExportRequest -Identity leaver -Confirm:$false"`))
	}),
	windowsActivity("event_log_export", "an administrator exports a log for support", func(on asset.Host, day *planBuilder) {
		const exported = `C:\Logs\app.evtx`
		day.addTypedCommands(on.Account("admin"), windowsProgram(system32+"wevtutil.exe", `wevtutil epl Application `+exported,
			effect.Write{Path: exported, Content: artifact.Marked("an exported log")}))
	}),
	windowsActivity("session_check", "an administrator looks who else is on the host", func(on asset.Host, day *planBuilder) {
		asked := windowsProgram(system32+"quser.exe", `"C:\Windows\system32\quser.exe"`)
		day.addTypedAndSaved(on.Account("admin"), `C:\Logs\sessions.txt`, windowsProgram(system32+"query.exe", "query user", effect.Run{Process: asked}))
	}),
	windowsActivity("web_log_archive", "an administrator packs old request logs", func(on asset.Host, day *planBuilder) {
		const packed = `C:\Logs\w3svc1.zip`
		day.addTypedCommands(on.Account("admin"), windowsProgram(powershell,
			`powershell.exe -Command "Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('C:\inetpub\logs\LogFiles\W3SVC1','`+packed+`')"`,
			effect.Write{Path: packed, Content: artifact.Marked("packed request logs")}))
	}),
}

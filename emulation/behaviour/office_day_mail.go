package behaviour

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// mailDay is an update, the pages compiled after it, and mail administration.
func mailDay(on asset.Place, day *workday) {
	const installer = system32 + "msiexec.exe"
	const auth = asset.ExchangeFolder + `FrontEnd\HttpProxy\owa\auth\`
	// A cumulative update writes the very folder of the reported drop, and gives
	// files the dates of their build.
	day.writes(installer, asset.WindowsSystem, auth+"logon.aspx", "sign-in page, updated")
	day.does(installer, asset.WindowsSystem, installer+" /V", effect.SetTimes{
		Path: auth + "errorFE.aspx", At: time.Date(2019, 11, 5, 0, 0, 0, 0, time.UTC),
	})
	day.writes(system32+`inetsrv\w3wp.exe`, on.Account("service"),
		`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\owa\8e05b027\App_Web_logon.dll`, "compiled page")

	const diagnostics = asset.ExchangeFolder + `Bin\Microsoft.Exchange.Diagnostics.Service.exe`
	day.does(diagnostics, asset.WindowsSystem, `"`+diagnostics+`"`, effect.Remove{
		Path: asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210228-1.LOG`,
	})
	const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
	day.types(on.Account("admin"),
		windowsProgram(powershell, `powershell.exe -Command "Set-OabVirtualDirectory -Identity 'OAB (Default Web Site)' -ExternalUrl 'https://mail.carrier.example/oab'"`),
		windowsProgram(powershell, `powershell.exe -Command "Remove-MailboxExportRequest -Identity leaver -Confirm:$false"`),
		windowsProgram(system32+"wevtutil.exe", `wevtutil epl Application C:\Logs\app.evtx`),
		windowsProgram(system32+"query.exe", "query user", effect.Run{Process: windowsProgram(system32+"quser.exe", `"C:\Windows\system32\quser.exe"`)}),
		windowsProgram(powershell, `powershell.exe -Command "Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('C:\inetpub\logs\LogFiles\W3SVC1','C:\Logs\w3svc1.zip')"`),
	)
	// Servicing packs its own logs.
	const servicing = `C:\Windows\Logs\CBS\CbsPersist_20210301`
	day.types(asset.WindowsSystem, windowsProgram(system32+"makecab.exe", "makecab.exe "+servicing+".log "+servicing+".cab"))
}

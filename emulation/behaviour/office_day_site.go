package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// siteDay is a deployment, bills made by the site, and its log.
func siteDay(on asset.Place, day *workday) {
	const deploy = `C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe`
	day.writes(deploy, on.Account("admin"), `C:\inetpub\wwwroot\selfcare\Default.aspx`, "start page, deployed")
	day.writes(deploy, on.Account("admin"), `D:\sites\selfcare\default.aspx`, "start page, deployed")
	day.writes(system32+`inetsrv\w3wp.exe`, on.Account("selfcare"),
		`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\root\41f2a3d0\App_Web_default.aspx`, "compiled page")

	bill := windowsProgram(system32+"cmd.exe", `cmd.exe /c D:\sites\selfcare\bin\pdfgen.cmd 4711`,
		effect.Write{Path: `D:\sites\selfcare\bills\4711.pdf`, Content: inert("a bill")})
	day.do = append(day.do, siteWorker("SelfCare", on.Account("selfcare"), effect.Run{Process: bill}))
	day.prove = append(day.prove, effect.Holds{Path: `D:\sites\selfcare\bills\4711.pdf`, Content: inert("a bill")})

	day.does(system32+`inetsrv\w3wp.exe`, asset.WindowsSystem, system32+`inetsrv\w3wp.exe`, effect.Append{
		Path: `C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`, Content: []byte("2021-03-02 18:40:12 192.0.2.20 GET / - 80 - 198.51.100.8 Mozilla/5.0 200 0 0 12\n"),
	})
	// Logs are moved to another disk, which is a change of logging and no end of it.
	moved := effect.Append{Path: asset.WindowsWebSettings, Content: []byte("/system.applicationHost/sites/site[@name='Default Web Site' and @id='1']/logFile/@directory=D:\\logs\n")}
	day.types(on.Account("admin"),
		windowsProgram(system32+`inetsrv\appcmd.exe`, system32+`inetsrv\appcmd.exe list site`),
		windowsProgram(system32+`inetsrv\appcmd.exe`, system32+`inetsrv\appcmd.exe set site "Default Web Site" /logFile.directory:D:\logs`, moved))
	day.prove = append(day.prove, effect.EndsWith{Path: moved.Path, Content: moved.Content})
}

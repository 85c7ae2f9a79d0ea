package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// The kind web is the portal behind nginx; this one is for what was reported of
// IIS.
var _ = register(func() Kind {
	return Kind{
		Name:     "iis",
		Platform: effect.Windows,
		Summary:  "a web server with IIS: the default site, and the self-care site on a second disk",
		Hostname: "WEB02",
		Accounts: map[string]string{
			"admin":    `CARRIER\svc_backup`,
			"service":  `IIS APPPOOL\DefaultAppPool`,
			"selfcare": `IIS APPPOOL\SelfCare`,
		},
		Files: windowsFiles(
			markedFile(`C:\inetpub\wwwroot\iisstart.htm`, "start page", 500),
			markedFile(`C:\inetpub\wwwroot\images\logo.png`, "picture", 500),
			markedFile(`C:\inetpub\wwwroot\aspnet_client\system_web\4_0.gif`, "picture", 300),
			markedFile(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210301.log`, "requests", 3),
			markedFile(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`, "requests", 2),
			webServerSettings(300),
			markedFile(`D:\sites\selfcare\default.aspx`, "start page", 500),
			markedFile(`D:\sites\selfcare\images\logo.png`, "picture", 500),
		),
	}
})

// WindowsWebSettings is where IIS keeps its configuration: here a text file of
// lines `<setting>=<value>`, named as IIS' own configuration log names them.
const WindowsWebSettings = `C:\Windows\System32\inetsrv\config\applicationHost.config`

func webServerSettings(days int) File {
	return File{Path: WindowsWebSettings, Days: days, Content: textLines("# "+effect.Marker,
		"/system.webServer/httpLogging/@dontLog=false",
		"/system.applicationHost/sites/site[@name='Default Web Site' and @id='1']/logFile/@enabled=true",
	)}
}

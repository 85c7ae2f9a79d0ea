package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// The kind web is the portal behind nginx; this one is for what was reported of
// IIS.
var _ = register(Kind{
	Name:     "iis",
	Persona:  effect.Windows,
	Summary:  "a web server with IIS: the default site, and the self-care site on a second disk",
	Hostname: "WEB02",
	Accounts: map[string]string{
		"admin":    `CARRIER\svc_backup`,
		"service":  `IIS APPPOOL\DefaultAppPool`,
		"selfcare": `IIS APPPOOL\SelfCare`,
	},
	Files: windowsFiles(
		inert(`C:\inetpub\wwwroot\iisstart.htm`, "start page", 500),
		inert(`C:\inetpub\wwwroot\images\logo.png`, "picture", 500),
		inert(`C:\inetpub\wwwroot\aspnet_client\system_web\4_0.gif`, "picture", 500),
		inert(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210301.log`, "requests", 3),
		inert(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`, "requests", 2),
		inert(`C:\Windows\System32\inetsrv\config\applicationHost.config`, "sites", 300),
		inert(`D:\sites\selfcare\default.aspx`, "start page", 500),
		inert(`D:\sites\selfcare\images\logo.png`, "picture", 500),
	),
})

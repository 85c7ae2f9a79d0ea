package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

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

func webServerSettings(days int) File {
	settings := textLines("# " + artifact.Marker)
	for _, setting := range []artifact.WebSetting{
		{Name: artifact.HTTPLoggingSetting, Value: "false"}, {Name: artifact.SiteLogSetting("enabled"), Value: "true"},
	} {
		settings = append(settings, setting.Encode()...)
	}
	return File{Path: artifact.WebSettingsFile, Days: days, Content: settings}
}

package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// ExchangeFolder is where Exchange 2013 to 2019 is installed.
const ExchangeFolder = `C:\Program Files\Microsoft\Exchange Server\V15\`

var _ = register(func() Kind {
	return Kind{
		Name:     "exchange",
		Platform: effect.Windows,
		Summary:  "a mail server with Outlook on the web and the control panel behind IIS",
		Hostname: "MAIL01",
		Accounts: map[string]string{
			"admin":   `CARRIER\svc_exch`,
			"service": WindowsSystem,
			"user":    `CARRIER\ops02`,
		},
		Files: windowsFiles(append(exportedRecords(`C:\Exports`),
			markedFile(ExchangeFolder+`FrontEnd\HttpProxy\owa\auth\logon.aspx`, "sign-in page", 400),
			markedFile(ExchangeFolder+`FrontEnd\HttpProxy\owa\auth\errorFE.aspx`, "error page", 400),
			markedFile(ExchangeFolder+`FrontEnd\HttpProxy\ecp\auth\TimeoutLogoff.aspx`, "time-out page", 400),
			markedFile(ExchangeFolder+`bin\GenericAppPoolConfigWithGCServerEnabledFalse.config`, "pool configuration", 400),
			markedFile(ExchangeFolder+`Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210228-1.LOG`, "cmdlet log", 4),
			markedFile(ExchangeFolder+`Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210302-1.LOG`, "cmdlet log", 2),
			markedFile(ExchangeFolder+`Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210303-1.LOG`, "cmdlet log", 1),
			markedFile(ExchangeFolder+`ClientAccess\OAB\standin.oab`, "address book without addresses", 5),
			markedFile(`C:\Export\2020\standin01.pst`, "an older export, without mail", 90),
			markedFile(`C:\inetpub\wwwroot\aspnet_client\system_web\4_0.gif`, "picture", 300),
			markedFile(`C:\inetpub\wwwroot\iisstart.htm`, "start page", 500),
			markedFile(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210301.log`, "requests", 3),
			markedFile(`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`, "requests", 2),
			webServerSettings(300),
			markedFile(artifact.PrefetchFolder+`RAR.EXE-1C2B77F0.pf`, "prefetch", 2),
			File{Path: `C:\Export`, Folder: true},
			File{Path: `C:\Users\svc_exch\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt`, Content: textLines("# "+artifact.Marker, "Get-Mailbox"), Days: 1},
		)...),
	}
})

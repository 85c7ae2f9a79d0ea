package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[offlineAddressBookFileWrite](About{
	Name:      "offline_address_book_file_write",
	Technique: "T1505.003",
	Also:      []string{"T1190"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "records of Exchange's management log set the address book's external address to a placeholder and reset the directory to a file in aspnet_client, where the kernel's stand-in then leaves an inert text",
	Footprint: "three records in the management log, written by the control panel's worker; an inert text written by System",
	Undo:      "take the records back, delete the text",
	Source:    "ATT&CK v18.1 G0027 T1190 (CVE-2021-27065 of Exchange) with T1505.003; Cybereason 2021. Only the log records are shaped, no exploit and no working page.",
})

type offlineAddressBookFileWrite struct {
	Name   string `arg:"name" doc:"the file's name" like:"*.aspx" default:"discover.aspx"`
	Folder string `arg:"folder" doc:"the served folder" oneof:"aspnet_client,owa_auth" default:"aspnet_client"`
}

// Plan has the worker keep the log, as Exchange runs these cmdlets inside it: no
// PowerShell starts.
func (o offlineAddressBookFileWrite) Plan(on asset.Host) effect.StepPlan {
	folder := map[string]string{"aspnet_client": `C:\inetpub\wwwroot\aspnet_client\`, "owa_auth": owaFolders["owa_auth"]}[o.Folder]
	file := effect.Write{Path: folder + o.Name, Content: artifact.Marked("an address book without addresses, and without script")}
	directory := `-Identity "` + on.Hostname + `\OAB (Default Web Site)"`
	worker := poolWorker("MSExchangeECPAppPool", on.Account("service"),
		cmdletRecord("Set-OabVirtualDirectory", `-ExternalUrl "http://f/<script language="JScript" runat="server">function Page_Load(){/* ringer inert */}</script>" `+directory),
		cmdletRecord("Remove-OabVirtualDirectory", `-Force "True" `+directory),
		cmdletRecord("New-OabVirtualDirectory", `-WebSiteName "Default Web Site" -Server "`+on.Hostname+`" -Role "ClientAccess" -Path "\\127.0.0.1\c$`+file.Path[2:]+`"`),
	)
	return effect.StepPlan{
		Processes: []effect.Process{worker, kernel(file)},
		Checks:    []effect.Check{effect.ContentIs{Path: file.Path, Content: file.Content}},
	}
}

// cmdletRecord is what Exchange notes of an administrative cmdlet. "suceeded" is
// its own spelling; the text has a blank before the first parameter, the data
// have not, and rules differ in what they need.
func cmdletRecord(cmdlet, parameters string) effect.Log {
	return effect.Log{Channel: "MSExchange Management", Record: artifact.LogRecord{
		Provider: "MSExchange CmdletLogs", ID: 1, Data: map[string]string{
			"Message": fmt.Sprintf("Cmdlet suceeded. Cmdlet %s, parameters %s.", cmdlet, parameters),
			"Data":    cmdlet + "; " + parameters + "; " + asset.WindowsDomain + "/Users/Administrator; ECP",
		},
	}}
}

package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[windowsLogCases](About{
	Name:      "windows_log_cases",
	Assets:    []string{"domain_controller", "exchange"},
	Platform:  effect.Windows,
	Phase:     Boundary,
	Summary:   "what services enter and say of themselves that a rule on their logs must just see, beside such as it must just not",
	Footprint: "entries, tasks, lines and records of resident services, emptied logs, and PowerShell started once with scripts that do not run",
	Undo:      "take entries, tasks, lines, records and scripts back, put the logs back as they were",
	Source:    "ours: other forms of what was reported, and what administrators and products enter that looks like it",
})

type windowsLogCases struct {
	Of string `arg:"of" doc:"what the records are about, or the time in the life of some tasks" oneof:"accounts,cleared_logs,cmdlets,scripts,services,tasks,task_life_begins,task_life_goes_on,task_life_elsewhere,task_life_after_a_week,task_life_in_use_elsewhere,task_life_after_a_quarter,task_life_again,task_life_after_years" default:"cleared_logs"`
}

// windowsLogs are the cases by the word in `of`.
var windowsLogs = map[string]func(*logCases){
	"accounts":                   accountCases,
	"cleared_logs":               clearedLogCases,
	"cmdlets":                    cmdletCases,
	"scripts":                    scriptCases,
	"services":                   serviceCases,
	"tasks":                      taskCases,
	"task_life_begins":           taskLifeBegins,
	"task_life_goes_on":          taskLifeGoesOn,
	"task_life_elsewhere":        taskLifeElsewhere,
	"task_life_after_a_week":     taskLifeAfterAWeek,
	"task_life_in_use_elsewhere": taskLifeInUseElsewhere,
	"task_life_after_a_quarter":  taskLifeAfterAQuarter,
	"task_life_again":            taskLifeAgain,
	"task_life_after_years":      taskLifeAfterYears,
}

// Plan has services write that run already.
func (w windowsLogCases) Plan(on asset.Host) effect.StepPlan {
	return planCases(on, func(c *caseBuilder) { windowsLogs[w.Of](&logCases{c}) })
}

// logCases are cases in which services write of themselves.
type logCases struct{ *caseBuilder }

// addRecords has a service write records to one log, which are proven by their lines.
func (c *logCases) addRecords(service effect.Process, records ...effect.Log) {
	acts := make([]effect.Act, len(records))
	var written []byte
	for i, record := range records {
		acts[i], written = record, append(written, record.Record.Encode()...)
	}
	c.addActs(service, acts...)
	c.Checks = append(c.Checks, effect.EndsWith{Path: artifact.EventLogFile(records[0].Channel), Content: written})
}

// eventLogService is the service host that keeps the event logs.
func eventLogService() effect.Process {
	const line = `C:\Windows\System32\svchost.exe -k LocalServiceNetworkRestricted -p -s EventLog`
	return asResident(windowsProgram(system32+"svchost.exe", line), `NT AUTHORITY\LOCAL SERVICE`)
}

func clearedLogCases(c *logCases) {
	record := func(provider string, id int, data map[string]string) effect.Log {
		return effect.Log{Channel: "System", Record: artifact.LogRecord{Provider: provider, ID: id, Data: data}}
	}
	var cleared []effect.Act
	for _, channel := range []string{
		// Seen: what is kept by the host, by Sysmon, and by a PowerShell of old, and
		// the security log by the rule of its own.
		"System", "Microsoft-Windows-Sysmon/Operational", "Windows PowerShell", "Security",
		// Not seen: a log that only bears the name of one.
		"Microsoft-Windows-Application-Experience/Program-Inventory",
	} {
		log := effect.Truncate{Path: artifact.EventLogFile(channel)}
		c.addPrecondition(log.Path, artifact.Marked(channel+" record 1"))
		cleared = append(cleared, log)
		if channel != "System" { // which has more to take below
			c.Checks = append(c.Checks, effect.Empty{Path: log.Path})
		}
	}
	c.addActs(eventLogService(), cleared...)
	// Not seen: a log that was archived as it was cleared, a damaged one, and a
	// record of the same number by the forwarder of events.
	c.addRecords(eventLogService(),
		record("Microsoft-Windows-Eventlog", 104, map[string]string{"BackupPath": `D:\Archive\System.evtx`}),
		record("Microsoft-Windows-Eventlog", 26, map[string]string{"Error": "The event log file is corrupted"}),
		record("Microsoft-Windows-EventLog-ForwardPlugin", 104, map[string]string{"Status": "0"}),
	)
}

func accountCases(c *logCases) {
	const domain = "S-1-5-21-1004336348-1177238915-682003330"
	var entered []byte
	for _, change := range []artifact.DirectoryChange{
		// Seen: groups of the forest, which are global or, as a rule, universal.
		{What: "global_member_added", Data: map[string]string{"TargetUserName": "Schema Admins", "TargetSid": domain + "-518"}},
		{What: "universal_member_added", Data: map[string]string{"TargetUserName": "Enterprise Admins", "TargetSid": domain + "-519"}},
		// Not seen: a member taken out, and a role's group in a domain whose own
		// number begins like a governing group's.
		{What: "global_member_removed", Data: map[string]string{"TargetUserName": "Domain Admins", "TargetSid": domain + "-512"}},
		{What: "global_member_added", Data: map[string]string{"TargetUserName": "Reporting", "TargetSid": "S-1-5-21-1004336348-5120038915-682003330-4105"}},
	} {
		change.Data["MemberName"] = "CN=ops02,CN=Users,DC=carrier,DC=example"
		entered = append(entered, change.Encode()...)
	}
	c.Preconditions = append(c.Preconditions, effect.Precondition{Path: artifact.DirectoryChangesFile, Content: append(artifact.Marked("the directory's changes"), '\n'), Append: true})
	c.addActs(directoryService(), effect.Append{Path: artifact.DirectoryChangesFile, Content: entered})

	// Not seen: a person who answers for services opens a remote desktop, and a
	// service's account leaves one.
	c.addActs(directoryService(), effect.Append{Path: artifact.SessionsFile, Content: slices.Concat(
		artifact.LogonSession{Type: "10", Account: "adm.svcdesk", Address: "10.20.4.9", Workstation: c.on.Hostname}.Encode(),
		artifact.LogonSession{Ended: true, Type: "10", Account: "svc_backup"}.Encode())})
}

func cmdletCases(c *logCases) {
	c.addRecords(poolWorker("MSExchangeECPAppPool", c.on.Account("service")),
		// Exports, seen: to a page below each served folder, to a share of one, and
		// to a page elsewhere. Of these the first two name a page in a served folder.
		cmdletRecord("New-MailboxExportRequest", `-Mailbox "standin01" -FilePath "\\127.0.0.1\c$\inetpub\wwwroot\m.ashx"`),
		cmdletRecord("New-MailboxExportRequest", `-Mailbox "standin01" -FilePath "\\127.0.0.1\c$`+asset.ExchangeFolder[2:]+`FrontEnd\HttpProxy\m.asmx"`),
		cmdletRecord("New-MailboxExportRequest", `-Mailbox "standin01" -FilePath "\\`+c.on.Hostname+`\aspnet_client\m.txt"`),
		cmdletRecord("New-MailboxExportRequest", `-Mailbox "standin01" -FilePath "\\`+c.on.Hostname+`\Pages$\m.aspx"`),
		// Other cmdlets, seen: a page in a served folder.
		cmdletRecord("New-OwaVirtualDirectory", `-WebSiteName "Default Web Site" -Path "C:\inetpub\wwwroot\m.aspx"`),
		// Not seen: a served folder without a page, and a page's address.
		cmdletRecord("New-OwaVirtualDirectory", `-WebSiteName "Branch" -Path "C:\inetpub\branch"`),
		cmdletRecord("Set-OwaVirtualDirectory", `-Identity "`+c.on.Hostname+`\owa (Default Web Site)" -ExternalUrl "https://mail.carrier.example/start.aspx"`),
	)
}

func scriptCases(c *logCases) {
	const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
	var written []effect.Act
	line := `powershell.exe -NonInteractive -Command "`
	for _, script := range []struct{ name, text string }{
		// An export asked for. Not seen: what the cmdlet takes, and a program that
		// takes a file too.
		{"export", `New-MailboxExportRequest -Mailbox standin01 -FilePath \\MAIL02\Export$\s.pst`},
		{"help", `Get-Help New-MailboxExportRequest -Full`},
		{"start", `Start-Process -FilePath D:\Jobs\night.cmd`},
		// Packed by the class, seen: exports and mail.
		{"exports", `[IO.Compression.ZipFile]::CreateFromDirectory('D:\Exports','D:\Backup\e.zip')`},
		{"mail", `[IO.Compression.ZipFile]::Open('D:\Exchange\Mailbox\m.zip',[IO.Compression.ZipArchiveMode]::Create)`},
		// Not seen: unpacked, and a look for who packs.
		{"unpack", `[IO.Compression.ZipFile]::ExtractToDirectory('C:\Users\adm.tan\Downloads\tools.zip','D:\Tools')`},
		{"search", `Select-String -Path C:\Users\adm.tan\Scripts\*.txt -Pattern CreateFromDirectory`},
	} {
		file := effect.Write{Path: `D:\Scripts\` + script.name + `.ps1`, Content: []byte("# " + artifact.Marker + "\n" + script.text + "\n")}
		written = append(written, file)
		line += `& '` + file.Path + `'; `
	}
	c.addActs(windowsShell(c.on), written...)
	c.addStarted(windowsShell(c.on), windowsProgram(powershell, line+`"`))
}

package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[mailboxExportRequest](About{
	Name:      "mailbox_export_request",
	Technique: "T1005",
	Also:      []string{"T1114.002"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "run a script that asks for a mailbox to be exported, and leave an inert file with the export's name; no mailbox exists",
	Footprint: "a script in PerfLogs, PowerShell with the Exchange snap-in, the script's block and its two cmdlets in their logs, 5145 in Security for the share, an inert .pst written by the kernel's file server",
	Undo:      "delete the script, the .pst and what stands for the share",
	Source:    "Cybereason, DeadRinger, 2021 (Exchange as collection point of the Group-3390 cluster); ATT&CK v18.1 G0027 T1005. The cmdlet is a variant of ours, not reported for this group; ATT&CK would name it T1114.002.",
})

type mailboxExportRequest struct {
	Mailbox string `arg:"mailbox" doc:"the mailbox asked for" like:"*" default:"standin01"`
}

// Plan has the export go to the host's own share, so the kernel writes the file.
// It writes the script first and ends its writer: PowerShell's log has the
// script's text, which is known once the file is written.
func (m mailboxExportRequest) Plan(on asset.Host) effect.StepPlan {
	_, user := asset.SplitWindowsAccount(on.Account("admin"))
	script := effect.Write{Path: `C:\PerfLogs\mbx.ps1`, Content: fmt.Appendf(nil, `# %s
New-ManagementRoleAssignment -Role "Mailbox Import Export" -User "%s"
New-MailboxExportRequest -Mailbox "%s" -FilePath "\\%s\Export$\%[3]s.pst" -ContentFilter "(Received -ge '2020-01-01')"
`, artifact.Marker, user, m.Mailbox, on.Hostname)}
	export := effect.Write{Path: `C:\Export\` + m.Mailbox + `.pst`, Content: artifact.Marked("a mailbox without mail")}

	writing := windowsShell(on)
	writing.Acts = []effect.Act{script}
	const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
	asking := windowsProgram(powershell, `"`+powershell+`" -NonInteractive -Command "Add-PSSnapin Microsoft.Exchange.Management.PowerShell.SnapIn; & '`+script.Path+`'"`)
	batch := windowsProgram(system32+"cmd.exe", `"C:\Windows\System32\cmd.exe" /c C:\PerfLogs\m.bat`, effect.Run{Process: asking})
	asked := effect.Write{Path: `\\` + on.Hostname + `\Export$\` + m.Mailbox + `.pst`, Content: export.Content}
	const replication = asset.ExchangeFolder + `bin\MSExchangeMailboxReplication.exe`
	return effect.StepPlan{
		Processes: []effect.Process{
			writing,
			windowsShell(on, batch),
			asResident(windowsProgram(replication, `"`+replication+`"`, asked), asset.WindowsSystem),
			kernel(export),
		},
		Checks: []effect.Check{
			effect.ContentIs{Path: script.Path, Content: script.Content},
			effect.ContentIs{Path: export.Path, Content: export.Content},
		},
	}
}

behaviour "mailbox_export_request" {
  attack    = ["T1005", "T1114.002"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = collection
  summary   = "run a script that asks for a mailbox to be exported, and leave an inert file with the export's name; no mailbox exists"
  footprint = "a script in PerfLogs, PowerShell with the Exchange snap-in, the script's block and its two cmdlets in their logs, 5145 in Security for the share, an inert .pst written by the kernel's file server"
  undo      = "delete the script, the .pst and what stands for the share"
  source    = "Cybereason, DeadRinger, 2021 (Exchange as collection point of the Group-3390 cluster); ATT&CK v18.1 G0027 T1005. The cmdlet is a variant of ours, not reported for this group; ATT&CK would name it T1114.002."

  argument "mailbox" {
    doc     = "the mailbox asked for"
    like    = "*"
    default = "standin01"
  }

  locals {
    script      = "C:\\PerfLogs\\mbx.ps1"
    text        = <<-EOT
      # ${local.marker}
      New-ManagementRoleAssignment -Role "Mailbox Import Export" -User "${account_name(host.accounts.admin)}"
      New-MailboxExportRequest -Mailbox "${arg.mailbox}" -FilePath "\\${host.hostname}\Export$\${arg.mailbox}.pst" -ContentFilter "(Received -ge '2020-01-01')"
    EOT
    replication = "${local.exchange}bin\\MSExchangeMailboxReplication.exe"
  }

  # The script is written first, and its writer ends: PowerShell's log has the script's
  # text, which is known once the file is written.
  process "prompt" {
    extends = template.administrator_prompt
    write {
      path    = local.script
      content = local.text
    }
  }
  process "prompt_again" {
    extends = template.administrator_prompt
    process "batch" {
      image   = "${local.system32}cmd.exe"
      command = "\"C:\\Windows\\System32\\cmd.exe\" /c C:\\PerfLogs\\m.bat"
      process "powershell" {
        image   = local.powershell
        command = "\"${local.powershell}\" -NonInteractive -Command \"Add-PSSnapin Microsoft.Exchange.Management.PowerShell.SnapIn; & '${local.script}'\""
      }
    }
  }

  # The export goes to the host's own share, so the kernel writes the file.
  process "replication" {
    image    = local.replication
    user     = local.system
    resident = true
    write {
      path    = "\\\\${host.hostname}\\Export$\\${arg.mailbox}.pst"
      content = inert("a mailbox without mail")
      proven  = false
    }
  }
  process "kernel" {
    extends = template.kernel
    write {
      path    = "C:\\Export\\${arg.mailbox}.pst"
      content = inert("a mailbox without mail")
    }
  }
}

behaviour "event_log_clear" {
  attack    = ["T1685.005"]
  actors    = ["soft_cell", "naikon", "emissary_panda"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation", "iis"]
  phase     = erasure
  summary   = "empty the asset's own synthetic event logs, and name the change journal as deleted"
  footprint = "wevtutil.exe started once a log, fsutil.exe once; empty logs; 1102 in Security, 104 in System"
  undo      = "put the logs back as they were"
  source    = "Cybereason, DeadRinger, 2021 (all three clusters put much work into hiding their traces); ATT&CK v18.1 lists the technique for none of the three, so the mapping is ours"

  argument "logs" {
    type    = list
    doc     = "the logs to empty"
    one_of  = ["Security", "System", "Application", "PowerShell"]
    default = ["Security", "Application", "PowerShell"]
  }

  argument "journal" {
    type    = bool
    doc     = "whether fsutil.exe is started for the change journal too"
    default = true
  }

  locals {
    channels = [for log in arg.logs : log == "PowerShell" ? "Microsoft-Windows-PowerShell/Operational" : log]
  }

  process "prompt" {
    extends = template.administrator_prompt
    # The files are emptied: their clearing is what the log service would record.
    process "wevtutil" {
      for_each = local.channels
      image    = "${local.system32}wevtutil.exe"
      command  = "wevtutil cl ${each.value}"
      clear_log { channel = each.value }
    }
    process "fsutil" {
      when    = arg.journal
      image   = "${local.system32}fsutil.exe"
      command = "fsutil usn deletejournal /d C:"
    }
  }
}

behaviour "tool_files_delete" {
  attack    = ["T1070.004", "T1070.003"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = erasure
  summary   = "delete what tells of earlier steps: the packer, web and cmdlet logs, a prefetch entry, PowerShell's history"
  footprint = "cmd.exe and PowerShell started with what they delete on the command line; the files are gone"
  undo      = "put the files back"
  source    = "ATT&CK v18.1 G0027 T1070.004 (logs and already taken archives deleted); Cybereason, DeadRinger, 2021. Prefetch and shell history (T1070.003) are variants of ours."

  argument "what" {
    type    = list
    doc     = "what is deleted; packer needs archive_rar_split before it"
    one_of  = ["packer", "web_logs", "cmdlet_logs", "prefetch", "history"]
    default = ["web_logs", "cmdlet_logs", "prefetch", "history"]
  }

  locals {
    cmdlet_log = "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_202103"
    # A script of what a person would type into an open shell: only the script block's log
    # then has it, and no command line.
    script = "C:\\PerfLogs\\h.ps1"
    # Each file's neighbours are left alone.
    deletions = [
      {
        what  = "packer", program = "cmd.exe", line = "cmd.exe /c \"ping 127.0.0.1 -n 3 > nul & del /f /q C:\\PerfLogs\\rar.exe\""
        files = ["C:\\PerfLogs\\rar.exe"]
      },
      {
        what  = "web_logs", program = "cmd.exe", line = "cmd.exe /c del /q C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex2103*.log"
        files = ["C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210301.log", "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log"]
      },
      {
        what  = "cmdlet_logs", program = "cmd.exe", line = "cmd.exe /c del /q \"${local.cmdlet_log}*.LOG\""
        files = ["${local.cmdlet_log}02-1.LOG", "${local.cmdlet_log}03-1.LOG"]
      },
      {
        what  = "prefetch", program = "cmd.exe", line = "cmd.exe /c del /q C:\\Windows\\Prefetch\\RAR.EXE-1C2B77F0.pf"
        files = ["C:\\Windows\\Prefetch\\RAR.EXE-1C2B77F0.pf"]
      },
      {
        what  = "history", program = "WindowsPowerShell\\v1.0\\powershell.exe", line = "powershell.exe -File ${local.script}"
        files = ["C:\\Users\\svc_exch\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt"]
      },
    ]
  }

  process "prompt" {
    when    = contains(arg.what, "history")
    extends = template.administrator_prompt
    write {
      path    = local.script
      content = "# ${local.marker}\nRemove-Item (Get-PSReadlineOption).HistorySavePath -Force\n"
      proven  = false
    }
  }
  process "prompt_again" {
    extends = template.administrator_prompt
    process "deleter" {
      for_each = [for deletion in local.deletions : deletion if contains(arg.what, deletion.what)]
      image    = "${local.system32}${each.value.program}"
      command  = each.value.line
      dynamic "remove" {
        for_each = each.value.files
        content {
          path = remove.value
        }
      }
    }
  }
}

behaviour "windows_log_cases" {
  platform  = windows
  hosts     = ["domain_controller", "exchange"]
  phase     = boundary
  summary   = "what services enter and say of themselves that a rule on their logs must just see, beside such as it must just not"
  footprint = "entries, tasks, lines and records of resident services, emptied logs, and PowerShell started once with scripts that do not run"
  undo      = "take entries, tasks, lines, records and scripts back, put the logs back as they were"
  source    = "ours: other forms of what was reported, and what administrators and products enter that looks like it"

  argument "of" {
    doc     = "what the records are about, or the time in the life of some tasks"
    one_of  = ["accounts", "cleared_logs", "cmdlets", "scripts", "services", "tasks", "task_life_begins", "task_life_goes_on", "task_life_elsewhere", "task_life_after_a_week", "task_life_in_use_elsewhere", "task_life_after_a_quarter", "task_life_again", "task_life_after_years"]
    default = "cleared_logs"
  }

  locals {
    domain_sid = "S-1-5-21-1004336348-1177238915-682003330"
    log_keeper = "C:\\Windows\\System32\\svchost.exe -k LocalServiceNetworkRestricted -p -s EventLog"
    scheduler  = "Microsoft-Windows-TaskScheduler"
    admin      = "CARRIER\\adm.tan"
    # The life of some tasks extends over several steps, on two hosts. Their names say what
    # becomes of each. A task is registered, started or deleted.
    lives = {
      task_life_begins = [
        ["registered", "Removed in Time"], ["registered", "Removed Late"],
        ["deleted", "Made Anew"],
        ["started", "There Before"], ["started", "Started First"],
      ]
      # Six days and a half after it began: one task is removed within a week.
      task_life_goes_on = [
        ["deleted", "Removed in Time"],
        # Not seen: a task that was deleted before it was registered, and one of which no
        # registration is known.
        ["registered", "Made Anew"],
        ["deleted", "There Long"],
        ["registered", "Rested"], ["registered", "Rested Here"], ["registered", "Started Twice"], ["registered", "Rested Too Long"],
      ]
      # On another host, half a day later: names of the first host's are no tasks of it.
      task_life_elsewhere = [["registered", "Of Another Host"], ["registered", "Rests on Another Host"], ["started", "Rested Here"]]
      # Seven days and a half after it began. Not seen: one task that is removed late, and
      # one that was registered elsewhere.
      task_life_after_a_week = [
        ["deleted", "Removed Late"], ["deleted", "Of Another Host"],
        ["registered", "Used"], ["registered", "Used Too"], ["registered", "Rested for Years"],
      ]
      # Right before the next, on the other host. Not seen: one that was started within a
      # quarter, and one of which no registration is known.
      task_life_in_use_elsewhere = [["started", "Rested Here"], ["started", "Rested"]]
      # Ninety days and a half after the first tasks that rest were registered, and
      # eighty-nine and a half after the last.
      task_life_after_a_quarter = [
        # Seen: three that rested longer, whatever other hosts start by these names.
        ["started", "Rested"], ["started", "Rested Here"], ["started", "Started Twice"],
        # Not seen: two that did not, one of which no registration is known, one that is
        # registered after its start, and one that was registered elsewhere.
        ["started", "Used"], ["started", "Used Too"], ["started", "There Before"],
        ["registered", "Started First"], ["started", "Rests on Another Host"],
      ]
      # A minute and a half later: a task is started once more.
      task_life_again = [["started", "Started Twice"]]
      # Three years after the tasks were registered, which some rules take for eleven hundred
      # days. Not seen: the one that was registered a day earlier.
      task_life_after_years = [["started", "Rested for Years"], ["started", "Rested Too Long"]]
    }
  }

  group {
    when = arg.of == "cleared_logs"
    given {
      for_each = ["System", "Microsoft-Windows-Sysmon/Operational", "Windows PowerShell", "Security", "Microsoft-Windows-Application-Experience/Program-Inventory"]
      path     = event_log_file(each.value)
      content  = inert("${each.value} record 1")
    }
    process "log_keeper" {
      image    = "${local.system32}svchost.exe"
      command  = local.log_keeper
      user     = local.local_service
      resident = true
      clear_log {
        for_each = [
          # Seen: what is kept by the host, by Sysmon, and by a PowerShell of old, and the
          # security log by the rule of its own.
          "System", "Microsoft-Windows-Sysmon/Operational", "Windows PowerShell", "Security",
          # Not seen: a log that only bears the name of one.
          "Microsoft-Windows-Application-Experience/Program-Inventory",
        ]
        channel = each.value
      }
    }
    # Not seen: a log that was archived as it was cleared, a damaged one, and a record of the
    # same number by the forwarder of events.
    process "log_keeper_records" {
      image    = "${local.system32}svchost.exe"
      command  = local.log_keeper
      user     = local.local_service
      resident = true
      log_record {
        channel  = "System"
        provider = "Microsoft-Windows-Eventlog"
        id       = 104
        data     = { BackupPath = "D:\\Archive\\System.evtx" }
      }
      log_record {
        channel  = "System"
        provider = "Microsoft-Windows-Eventlog"
        id       = 26
        data     = { Error = "The event log file is corrupted" }
      }
      log_record {
        channel  = "System"
        provider = "Microsoft-Windows-EventLog-ForwardPlugin"
        id       = 104
        data     = { Status = "0" }
      }
    }
  }

  group {
    when = arg.of == "accounts"
    given {
      path    = local.directory_changes_file
      content = "${inert("the directory's changes")}\n"
      append  = true
    }
    process "authority" {
      extends = template.security_authority
      append {
        path = local.directory_changes_file
        content = join("", [for change in [
          # Seen: groups of the forest, which are global or, as a rule, universal.
          { what = "global_member_added", name = "Schema Admins", sid = "${local.domain_sid}-518" },
          { what = "universal_member_added", name = "Enterprise Admins", sid = "${local.domain_sid}-519" },
          # Not seen: a member taken out, and a role's group in a domain whose own number
          # begins like a governing group's.
          { what = "global_member_removed", name = "Domain Admins", sid = "${local.domain_sid}-512" },
          { what = "global_member_added", name = "Reporting", sid = "S-1-5-21-1004336348-5120038915-682003330-4105" },
          ] : directory_change_line({
            what = change.what
            data = { TargetUserName = change.name, TargetSid = change.sid, MemberName = "CN=ops02,CN=Users,DC=carrier,DC=example" }
        })])
      }
    }
    # Not seen: a person who answers for services opens a remote desktop, and a service's
    # account leaves one.
    process "authority_sessions" {
      extends = template.security_authority
      append {
        path = local.sessions_file
        content = join("", [
          logon_session({ type = "10", account = "adm.svcdesk", address = "10.20.4.9", workstation = host.hostname }),
          logon_session({ ended = true, type = "10", account = "svc_backup" }),
        ])
      }
    }
  }

  group {
    when = arg.of == "cmdlets"
    process "worker" {
      extends = template.exchange_worker
      with    = { pool = "MSExchangeECPAppPool" }
      log_record {
        for_each = [
          # Exports, seen: to a page below each served folder, to a share of one, and to a
          # page elsewhere. Of these the first two name a page in a served folder.
          ["New-MailboxExportRequest", "-Mailbox \"standin01\" -FilePath \"\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\m.ashx\""],
          ["New-MailboxExportRequest", "-Mailbox \"standin01\" -FilePath \"${share_path("127.0.0.1", "c$", substr(local.exchange, 3, -1))}FrontEnd\\HttpProxy\\m.asmx\""],
          ["New-MailboxExportRequest", "-Mailbox \"standin01\" -FilePath \"\\\\${host.hostname}\\aspnet_client\\m.txt\""],
          ["New-MailboxExportRequest", "-Mailbox \"standin01\" -FilePath \"\\\\${host.hostname}\\Pages$\\m.aspx\""],
          # Other cmdlets, seen: a page in a served folder.
          ["New-OwaVirtualDirectory", "-WebSiteName \"Default Web Site\" -Path \"C:\\inetpub\\wwwroot\\m.aspx\""],
          # Not seen: a served folder without a page, and a page's address.
          ["New-OwaVirtualDirectory", "-WebSiteName \"Branch\" -Path \"C:\\inetpub\\branch\""],
          ["Set-OwaVirtualDirectory", "-Identity \"${host.hostname}\\owa (Default Web Site)\" -ExternalUrl \"https://mail.carrier.example/start.aspx\""],
        ]
        channel  = "MSExchange Management"
        provider = "MSExchange CmdletLogs"
        id       = 1
        data = {
          Message = "Cmdlet suceeded. Cmdlet ${each.value[0]}, parameters ${each.value[1]}."
          Data    = "${each.value[0]}; ${each.value[1]}; ${local.domain}/Users/Administrator; ECP"
        }
      }
    }
  }

  group {
    when = arg.of == "scripts"
    group {
      for_each = [[
        # An export asked for. Not seen: what the cmdlet takes, and a program that takes a
        # file too.
        ["export", "New-MailboxExportRequest -Mailbox standin01 -FilePath \\\\MAIL02\\Export$\\s.pst"],
        ["help", "Get-Help New-MailboxExportRequest -Full"],
        ["start", "Start-Process -FilePath D:\\Jobs\\night.cmd"],
        # Packed by the class, seen: exports and mail.
        ["exports", "[IO.Compression.ZipFile]::CreateFromDirectory('D:\\Exports','D:\\Backup\\e.zip')"],
        ["mail", "[IO.Compression.ZipFile]::Open('D:\\Exchange\\Mailbox\\m.zip',[IO.Compression.ZipArchiveMode]::Create)"],
        # Not seen: unpacked, and a look for who packs.
        ["unpack", "[IO.Compression.ZipFile]::ExtractToDirectory('C:\\Users\\adm.tan\\Downloads\\tools.zip','D:\\Tools')"],
        ["search", "Select-String -Path C:\\Users\\adm.tan\\Scripts\\*.txt -Pattern CreateFromDirectory"],
      ]]
      process "prompt" {
        extends = template.administrator_prompt
        dynamic "write" {
          for_each = each.value
          content {
            path    = "D:\\Scripts\\${write.value[0]}.ps1"
            content = "# ${local.marker}\n${write.value[1]}\n"
          }
        }
      }
      process "prompt_again" {
        extends = template.administrator_prompt
        process "powershell" {
          image   = local.powershell
          command = "powershell.exe -NonInteractive -Command \"${join("", [for script in each.value : "& 'D:\\Scripts\\${script[0]}.ps1'; "])}\""
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\cases_01.txt"
          content = inert("all were started")
        }
      }
    }
  }

  # These cases are of rules on a service's name, its shown name and its program: most
  # entries are a case of two.
  group {
    when = arg.of == "services"
    process "services" {
      extends = template.service_control
      group {
        for_each = [
          # Named after a program, seen: each name, with a program of another.
          ["taskmgr", "Task Manager", "C:\\Program Files\\Support\\agent.exe"],
          # In a data folder, seen: the public profile and PerfLogs.
          ["explorer", "Desktop", "C:\\Users\\Public\\run.exe"],
          ["svchost", "Host Process", "C:\\PerfLogs\\run.exe"],
          # A VPN, seen: by the shown name of its bridge, by that of another adapter, by its
          # server's program under another name, and by its driver.
          ["lsass", "SEVPNBRIDGE", "C:\\Program Files\\Bridge\\bridge.exe"],
          ["dwm", "VPN Client Device Driver - VPN2", "\\SystemRoot\\System32\\drivers\\adapter2.sys"],
          ["spoolsv", "Print Queue", "D:\\Tools\\vpnserver_x64.exe"],
          ["adapter3", "Adapter", "\\SystemRoot\\System32\\drivers\\Neo3_x64_VPN.sys"],
          # A program of such a name elsewhere, seen: each, in quotes and with arguments too.
          ["Support1", "Support", "D:\\Tools\\taskmgr.exe"],
          ["Support2", "Support", "D:\\Tools\\explorer.exe"],
          ["Support3", "Support", "\"D:\\Tools\\svchost.exe\" -k netsvcs"],
          ["Support4", "Support", "D:\\Tools\\lsass.exe"],
          ["Support5", "Support", "D:\\Tools\\dwm.exe"],
          ["Support6", "Support", "D:\\Tools\\spoolsv.exe"],
          # Not seen: a product whose name has one in it, and Windows' own by both spellings of
          # their folder.
          ["ep_dwm", "ExplorerPatcher", "C:\\Program Files\\ExplorerPatcher\\ep_dwm_svc.exe"],
          ["WpnService", "Push Notifications", "C:\\Windows\\System32\\svchost.exe -k netsvcs -p"],
          ["Spooler", "Print Spooler", "%SystemRoot%\\System32\\spoolsv.exe"],
          # Not seen: what takes a VPN off, and what lives in a data folder by design.
          ["Removal", "Removal of SEVPNCLIENT", "C:\\Program Files\\Support\\remove.exe"],
          ["WinDefend", "Antivirus Service", "\"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.2102.4-0\\MsMpEng.exe\""],
          ["Bundle", "Set-up", "\"C:\\ProgramData\\Package Cache\\{4a5c6c0d-8f6a-4d0e-9a55-6a0f8b1f7a10}\\setup.exe\" /resume"],
        ]
        set_value {
          key  = "${local.services_key}${each.value[0]}"
          name = "ImagePath"
          type = "REG_EXPAND_SZ"
          data = each.value[2]
        }
        set_value {
          key  = "${local.services_key}${each.value[0]}"
          name = "DisplayName"
          data = each.value[1]
        }
      }
    }
    # Not seen: a record of the same number by a provider of a like name.
    process "log_keeper" {
      image    = "${local.system32}svchost.exe"
      command  = local.log_keeper
      user     = local.local_service
      resident = true
      log_record {
        channel  = "System"
        provider = "Service Control Manager Performance Diagnostic Provider"
        id       = 7045
        data     = { ServiceName = "SEVPNCLIENT", ImagePath = "C:\\ProgramData\\Oracle\\vpnclient.exe" }
      }
    }
  }

  group {
    when = arg.of == "tasks"
    process "scheduler" {
      extends = template.task_scheduler
      scheduled_task {
        for_each = [
          # Seen: the public profile and PerfLogs.
          ["Public", "C:\\Users\\Public\\run.exe"],
          ["Counters", "C:\\PerfLogs\\run.exe"],
          # Not seen: what lives in a data folder by design.
          ["Scan", "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.2102.4-0\\MpCmdRun.exe"],
          ["Monitor", "C:\\ProgramData\\Monitor\\agent.exe"],
        ]
        name    = each.value[0]
        command = each.value[1]
        trigger = "daily"
        author  = local.system
        run_as  = local.system
        cached  = false
      }
    }
    # Deleted, seen: by an account with a name like the system's. Not seen: by the system, in
    # either spelling.
    process "scheduler_records" {
      extends = template.task_scheduler
      log_record {
        for_each = [["Index", "CARRIER\\SystemDesk"], ["Update", "System"], ["Restart", local.system]]
        channel  = "${local.scheduler}/Operational"
        provider = local.scheduler
        id       = 141
        data     = { TaskName = "\\${each.value[0]}", UserName = each.value[1] }
      }
    }
  }

  process "scheduler" {
    when    = contains(keys(local.lives), arg.of)
    extends = template.task_scheduler
    log_record {
      for_each = local.lives[arg.of]
      channel  = "${local.scheduler}/Operational"
      provider = local.scheduler
      id       = { registered = 106, started = 129, deleted = 141 }[each.value[0]]
      data = merge({ TaskName = "\\${each.value[1]}" }, {
        registered = { UserContext = local.admin }
        started    = { Path = "C:\\Program Files\\Jobs\\job.exe" }
        deleted    = { UserName = local.admin }
      }[each.value[0]])
    }
  }
}

# What every Windows host does, and what comes near to what a rule looks for on that kind
# of host: an update, the pages compiled after it, what the mail services do of
# themselves, and mail administration; the help desk, the backup, two agents and what a
# domain controller does of itself; what installers and people leave at a desk where
# implants would be; and a deployment, bills made by a site, and its logs.
ordinary_day "office_day" {
  extends = template.windows_host
  summary = "a day on a Windows host as its owners know it: updates, backups, agents, help desk and people at work"
  hosts   = ["exchange", "domain_controller", "workstation", "iis", "audited_host"]

  # It writes the very folder of the reported drop, and gives files the dates of their
  # build.
  activity "cumulative_update" {
    summary = "an update replaces the sign-in page"
    hosts   = ["exchange"]
    process "installer" {
      extends = template.writer
      image   = "${local.system32}msiexec.exe"
      user    = local.system
      write {
        path    = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx"
        content = inert("sign-in page, updated")
      }
    }
    process "installer_dates" {
      extends = template.writer
      image   = "${local.system32}msiexec.exe"
      command = "${local.system32}msiexec.exe /V"
      user    = local.system
      times {
        path = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\errorFE.aspx"
        at   = "2019-11-05T00:00:00Z"
      }
    }
  }

  activity "theme_renewal" {
    summary = "an update renews a theme's pictures"
    hosts   = ["exchange"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}msiexec.exe"
      user    = local.system
      write {
        path    = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\15.1.2106\\themes\\resources\\logo.png"
        content = inert("a picture")
      }
    }
  }

  activity "sign_in_filter" {
    summary = "setup enters Exchange's own sign-in filter, and the worker loads it"
    hosts   = ["exchange"]
    locals {
      setup  = "${local.exchange}bin\\ExSetup.exe"
      filter = "${local.exchange}ClientAccess\\Owa\\Auth\\owaauth.dll"
    }
    process "setup" {
      extends = template.writer
      image   = local.setup
      command = "\"${local.setup}\" /Mode:Upgrade"
      user    = local.system
      write {
        path    = local.filter
        content = library({}, "Microsoft Corporation", "Valid")
      }
    }
    process "setup_settings" {
      extends = template.writer
      image   = local.setup
      command = "\"${local.setup}\" /Mode:Upgrade"
      user    = local.system
      append {
        path    = local.web_settings_file
        content = web_setting(filter_setting("Exchange OWA Cookie Authentication ISAPI Filter", "path"), local.filter)
      }
    }
    process "worker" {
      extends = template.exchange_worker
      load { path = local.filter }
    }
  }

  activity "page_compilation" {
    summary = "the web worker compiles a page that changed"
    hosts   = ["exchange"]
    process "worker" {
      extends = template.writer
      image   = "${local.system32}inetsrv\\w3wp.exe"
      user    = host.accounts.service
      write {
        path    = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\owa\\8e05b027\\App_Web_logon.dll"
        content = inert("compiled page")
      }
    }
  }

  activity "cmdlet_log_trimming" {
    summary = "the diagnostics service deletes cmdlet logs past their days"
    hosts   = ["exchange"]
    process "diagnostics" {
      extends = template.writer
      image   = "${local.exchange}Bin\\Microsoft.Exchange.Diagnostics.Service.exe"
      user    = local.system
      remove { path = "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210228-1.LOG" }
    }
  }

  activity "mailbox_maintenance" {
    summary = "the store writes a checkpoint of a mailbox database"
    hosts   = ["exchange"]
    process "service" {
      extends = template.writer
      image   = "${local.exchange}Bin\\Microsoft.Exchange.Store.Worker.exe"
      user    = local.system
      write {
        path    = "${local.exchange}Mailbox\\DB01\\E00.chk"
        content = inert("checkpoint")
      }
    }
  }

  activity "address_book_generation" {
    summary = "the mailbox assistants generate the offline address book"
    hosts   = ["exchange"]
    process "service" {
      extends = template.writer
      image   = "${local.exchange}Bin\\MSExchangeMailboxAssistants.exe"
      user    = local.system
      write {
        path    = "${local.exchange}ClientAccess\\OAB\\oab.xml"
        content = inert("address book without addresses")
      }
    }
  }

  activity "message_tracking" {
    summary = "the transport service writes down which messages went where"
    hosts   = ["exchange"]
    process "service" {
      extends = template.writer
      image   = "${local.exchange}Bin\\EdgeTransport.exe"
      user    = local.system
      write {
        path    = "${local.exchange}TransportRoles\\Logs\\MessageTracking\\MSGTRK2021030108-1.LOG"
        content = inert("no message")
      }
    }
  }

  activity "address_book_setting" {
    summary = "an administrator sets where the address book is fetched"
    hosts   = ["exchange"]
    process "prompt" {
      extends = template.administrator_prompt
      process "powershell" {
        image   = local.powershell
        command = "powershell.exe -Command \"Set-OabVirtualDirectory -Identity 'OAB (Default Web Site)' -ExternalUrl 'https://mail.carrier.example/oab'\""
      }
      write {
        path    = "C:\\Logs\\oab.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "leaver_request_removed" {
    summary = "an administrator removes a finished export request"
    hosts   = ["exchange"]
    process "prompt" {
      extends = template.administrator_prompt
      process "powershell" {
        image   = local.powershell
        command = "powershell.exe -Command \"Remove-MailboxExportRequest -Identity leaver -Confirm:$false\""
      }
      write {
        path    = "C:\\Logs\\leaver.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "event_log_export" {
    summary = "an administrator exports a log for support"
    hosts   = ["exchange"]
    process "prompt" {
      extends = template.administrator_prompt
      process "wevtutil" {
        image   = "${local.system32}wevtutil.exe"
        command = "wevtutil epl Application C:\\Logs\\app.evtx"
        write {
          path    = "C:\\Logs\\app.evtx"
          content = inert("an exported log")
        }
      }
    }
  }

  activity "session_check" {
    summary = "an administrator looks who else is on the host"
    hosts   = ["exchange"]
    process "prompt" {
      extends = template.administrator_prompt
      process "query" {
        image   = "${local.system32}query.exe"
        command = "query user"
        process "quser" {
          image   = "${local.system32}quser.exe"
          command = "\"C:\\Windows\\system32\\quser.exe\""
        }
      }
      write {
        path    = "C:\\Logs\\sessions.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "web_log_archive" {
    summary = "an administrator packs old request logs"
    hosts   = ["exchange"]
    process "prompt" {
      extends = template.administrator_prompt
      process "powershell" {
        image   = local.powershell
        command = "powershell.exe -Command \"Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('C:\\inetpub\\logs\\LogFiles\\W3SVC1','C:\\Logs\\w3svc1.zip')\""
        write {
          path    = "C:\\Logs\\w3svc1.zip"
          content = inert("packed request logs")
        }
      }
    }
  }

  activity "role_given" {
    summary = "the help desk puts somebody into a group that governs nothing"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      user    = host.accounts.operator
      process "net" {
        extends = template.net_command
        with    = { arguments = "group \"Billing Operators\" ops02 /add /domain" }
      }
    }
    process "authority" {
      extends = template.writer
      image   = "${local.system32}lsass.exe"
      command = "${local.system32}lsass.exe"
      user    = local.system
      directory_entry {
        group = "Billing Operators"
        user  = "ops02"
      }
    }
  }

  activity "export_copy" {
    summary = "exported records are copied to the backup server"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      process "robocopy" {
        image   = "${local.system32}robocopy.exe"
        command = "robocopy C:\\Exports \\\\FILE01\\backup /mir /log:C:\\Logs\\exports.log"
        write {
          path    = "C:\\Logs\\exports.log"
          content = inert("copied 3 files")
        }
      }
    }
  }

  activity "monitoring_install" {
    summary = "an operator installs the monitoring agent's service"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      user    = host.accounts.operator
      process "sc" {
        image   = "${local.system32}sc.exe"
        command = "sc create MonAgent binPath= \"${local.monitor}agent.exe\" start= auto DisplayName= \"Monitoring Agent\""
      }
    }
    process "services" {
      extends = template.service_control
      service {
        name    = "MonAgent"
        display = "Monitoring Agent"
        image   = "${local.monitor}agent.exe"
      }
    }
  }

  activity "agent_update" {
    summary = "an updater registers a task for after the restart, and removes it again"
    hosts   = ["domain_controller"]
    process "scheduler" {
      extends = template.task_scheduler
      scheduled_task {
        name    = "Agent Update"
        command = "${local.monitor}update.exe"
        trigger = "onstart"
        author  = local.system
        proven  = false
      }
    }
    process "scheduler_removal" {
      extends = template.task_scheduler
      delete_task {
        name   = "Agent Update"
        proven = false
      }
    }
    process "updater" {
      extends = template.writer
      image   = "${local.monitor}update.exe"
      user    = local.system
      write {
        path    = "${local.monitor}version.txt"
        content = inert("version 4.2")
      }
    }
  }

  activity "directory_question" {
    summary = "an operator looks up an account"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      user    = host.accounts.operator
      process "dsquery" {
        image   = "${local.system32}dsquery.exe"
        command = "dsquery user -name adm.tan"
      }
      write {
        path    = "C:\\Users\\adm.tan\\account.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "route_added" {
    summary = "an operator adds a route that lasts"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      user    = host.accounts.operator
      process "route" {
        image   = "${local.system32}route.exe"
        command = "route -p add 10.30.0.0/16 10.20.0.1"
        set_value {
          key  = "${local.services_key}Tcpip\\Parameters\\PersistentRoutes"
          name = "10.30.0.0,255.255.0.0,10.20.0.1,1"
        }
      }
    }
  }

  activity "policy_backup" {
    summary = "a backup product packs policies with a RAR of its own"
    hosts   = ["domain_controller"]
    process "prompt" {
      extends = template.administrator_prompt
      process "rar" {
        image   = "C:\\Program Files\\Backup\\rar.exe"
        command = "\"C:\\Program Files\\Backup\\rar.exe\" a -m3 \\\\FILE01\\backup\\netlogon.rar C:\\Windows\\SYSVOL"
        append {
          path    = "C:\\Program Files\\Backup\\backup.log"
          content = inert("packed 12 files")
        }
      }
    }
  }

  activity "remote_work_client" {
    summary = "the carrier's own client for remote work is installed"
    hosts   = ["domain_controller"]
    process "services" {
      extends = template.service_control
      service {
        name    = "vpnagent"
        display = "Secure Mobility Agent"
        image   = "C:\\Program Files (x86)\\Cisco\\Cisco AnyConnect Secure Mobility Client\\vpnagent.exe"
      }
    }
  }

  activity "remote_desktop" {
    summary = "an administrator comes by remote desktop, under a name of their own"
    hosts   = ["domain_controller"]
    process "authority" {
      extends = template.writer
      image   = "${local.system32}lsass.exe"
      command = "${local.system32}lsass.exe"
      user    = local.system
      session {
        type        = "10"
        account     = account_name(host.accounts.operator)
        address     = "10.20.4.9"
        workstation = host.hostname
      }
    }
  }

  activity "directory_log" {
    summary = "the directory service turns over its transaction log"
    hosts   = ["domain_controller"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}lsass.exe"
      user    = local.system
      write {
        path    = "C:\\Windows\\NTDS\\edb00012.log"
        content = inert("no transaction")
      }
    }
  }

  activity "zone_write" {
    summary = "the name server writes its zone"
    hosts   = ["domain_controller"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}dns.exe"
      user    = local.system
      write {
        path    = "${local.system32}dns\\carrier.example.dns"
        content = inert("no record")
      }
    }
  }

  activity "state_backup" {
    summary = "the backup engine notes a system state backup"
    hosts   = ["domain_controller"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}wbengine.exe"
      user    = local.system
      write {
        path    = "C:\\Windows\\Logs\\WindowsServerBackup\\Backup-01-03-2021_21-00-00.log"
        content = inert("backup finished")
      }
    }
  }

  activity "cloud_drive_start" {
    summary = "a cloud drive has itself started at logon"
    hosts   = ["workstation", "audited_host"]
    locals {
      drive = "C:\\Users\\ops02\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe"
    }
    process "drive" {
      extends = template.writer
      image   = local.drive
      command = "\"${local.drive}\" /background"
      user    = host.accounts.user
      set_value {
        key  = "HKU\\${sid(host.accounts.user)}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
        name = "OneDrive"
        data = "\"${local.drive}\" /background"
      }
    }
  }

  activity "runtime_install" {
    summary = "a runtime's installer asks to be run once more, from ProgramData"
    hosts   = ["workstation", "audited_host"]
    locals {
      name  = "{282975d8-55fe-4991-bbbb-06a72581ce58}"
      cache = "C:\\ProgramData\\Package Cache\\${local.name}\\VC_redist.x64.exe"
    }
    process "installer" {
      extends = template.writer
      image   = local.cache
      command = "\"${local.cache}\" /quiet"
      user    = local.system
      set_value {
        key  = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce"
        name = local.name
        data = "\"${local.cache}\" /burn.runonce"
      }
    }
  }

  activity "office_template" {
    summary = "the letter template is distributed"
    hosts   = ["workstation", "audited_host"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}msiexec.exe"
      user    = local.system
      write {
        path    = "${local.office}STARTUP\\Carrier.dotm"
        content = inert("the carrier's letter template")
      }
    }
  }

  activity "office_add_in" {
    summary = "the letter add-in is distributed"
    hosts   = ["workstation", "audited_host"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}msiexec.exe"
      user    = local.system
      write {
        path    = "${local.office}STARTUP\\Carrier.wll"
        content = inert("the carrier's letter add-in")
      }
    }
  }

  activity "start_up_shortcut" {
    summary = "an Office program enters the start-up folder"
    hosts   = ["workstation", "audited_host"]
    process "onenote" {
      extends = template.writer
      image   = "${local.office}ONENOTE.EXE"
      user    = host.accounts.user
      write {
        path    = "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\Send to OneNote.lnk"
        content = inert("a shortcut")
      }
    }
  }

  activity "archive_deleted" {
    summary = "somebody throws an archive away"
    hosts   = ["workstation", "audited_host"]
    process "desktop" {
      extends = template.writer
      image   = local.desktop
      user    = host.accounts.user
      write {
        path    = "C:\\$Recycle.Bin\\${sid(host.accounts.user)}\\$R8K2Q1Z.rar"
        content = inert("a deleted archive")
      }
    }
  }

  activity "help_desk_call" {
    summary = "the help desk looks at the network and at a version"
    hosts   = ["workstation", "audited_host"]
    process "prompt" {
      extends = template.administrator_prompt
      process "question" {
        for_each = [
          ["ipconfig.exe", "ipconfig /all"],
          ["net.exe", "net use"],
          ["reg.exe", "reg query \"HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\" /v Version"],
        ]
        image   = "${local.system32}${each.value[0]}"
        command = each.value[1]
      }
      write {
        path    = "C:\\Users\\hdadmin\\call_4711.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "documents_moved" {
    summary = "the help desk moves documents to a file server"
    hosts   = ["workstation", "audited_host"]
    process "prompt" {
      extends = template.administrator_prompt
      process "robocopy" {
        image   = "${local.system32}Robocopy.exe"
        command = "robocopy C:\\Users\\ops02\\Documents \\\\FILE01\\home\\ops02 *.docx *.xlsx /s /log:C:\\Users\\hdadmin\\moved.log"
        write {
          path    = "C:\\Users\\hdadmin\\moved.log"
          content = inert("moved 4 files")
        }
      }
    }
  }

  activity "inventory" {
    summary = "an agent asks which security products there are"
    hosts   = ["workstation", "audited_host"]
    process "agent" {
      extends = template.writer
      image   = "${local.monitor}agent.exe"
      user    = local.system
      process "wmic" {
        image   = "${local.system32}wbem\\WMIC.exe"
        command = "wmic /namespace:\\\\root\\SecurityCenter2 path AntiVirusProduct get displayName /format:csv"
      }
      write {
        path    = "C:\\ProgramData\\Monitor\\inventory.json"
        content = inert("one product")
      }
    }
  }

  activity "program_titles" {
    summary = "the desktop remembers programs' titles, in bytes"
    hosts   = ["workstation", "audited_host"]
    process "desktop" {
      extends = template.writer
      image   = local.desktop
      command = "C:\\Windows\\Explorer.EXE"
      user    = host.accounts.user
      set_value {
        key  = "HKU\\${sid(host.accounts.user)}_Classes\\MuiCache"
        name = "LangID"
        type = "REG_BINARY"
        data = "0904"
      }
    }
  }

  activity "report_saved" {
    summary = "somebody saves a report"
    hosts   = ["workstation", "audited_host"]
    process "excel" {
      extends = template.writer
      image   = "${local.office}EXCEL.EXE"
      user    = host.accounts.user
      write {
        path    = "C:\\Users\\ops02\\Documents\\calls_march.csv"
        content = inert("a report")
      }
    }
  }

  activity "logon_script" {
    summary = "a logon script connects the home drive"
    hosts   = ["workstation", "audited_host"]
    process "prompt" {
      extends = template.user_prompt_small
      process "net" {
        image   = "${local.system32}net.exe"
        command = "net use Z: \\\\FILE01\\home /persistent:yes"
        set_value {
          key  = "HKU\\${sid(host.accounts.user)}\\Network\\Z"
          name = "RemotePath"
          data = "\\\\FILE01\\home"
        }
      }
    }
  }

  # The library is signed, as what updates itself below a profile is.
  activity "chat_update" {
    summary = "a chat program below the profile brings a library and loads it"
    hosts   = ["workstation", "audited_host"]
    locals {
      chat = "C:\\Users\\ops02\\AppData\\Local\\Microsoft\\Teams\\current\\"
    }
    process "chat" {
      extends = template.writer
      image   = "${local.chat}Teams.exe"
      user    = host.accounts.user
      write {
        path    = "${local.chat}ffmpeg.dll"
        content = library({}, "Microsoft Corporation", "Valid")
      }
      load { path = "${local.chat}ffmpeg.dll" }
    }
  }

  activity "drives_cleared" {
    summary = "a logon script drops all drives before it connects one"
    hosts   = ["workstation", "audited_host"]
    process "policy" {
      extends = template.writer
      image   = "${local.system32}gpscript.exe"
      command = "gpscript.exe /Logon"
      user    = host.accounts.user
      process "script" {
        image   = "${local.system32}cmd.exe"
        command = "C:\\Windows\\system32\\cmd.exe /c \\\\carrier.example\\netlogon\\logon.bat"
        process "drop" {
          image   = "${local.system32}net.exe"
          command = "net use * /delete /y"
        }
        process "connect" {
          image   = "${local.system32}net.exe"
          command = "net use P: \\\\FILE01\\plans"
          set_value {
            key  = "HKU\\${sid(host.accounts.user)}\\Network\\P"
            name = "RemotePath"
            data = "\\\\FILE01\\plans"
          }
        }
      }
    }
  }

  activity "browser_update" {
    summary = "the browser's updater brings a new version"
    hosts   = ["workstation", "audited_host"]
    process "service" {
      extends = template.writer
      image   = "C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe"
      user    = local.system
      write {
        path    = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\88.0.705.81\\msedge.dll"
        content = inert("no library")
      }
    }
  }

  activity "deployment" {
    summary = "pages are deployed to both sites"
    hosts   = ["iis"]
    process "deploy" {
      for_each = ["C:\\inetpub\\wwwroot\\selfcare\\Default.aspx", "D:\\sites\\selfcare\\default.aspx"]
      extends  = template.writer
      image    = "C:\\Program Files\\IIS\\Microsoft Web Deploy V3\\msdeploy.exe"
      user     = host.accounts.admin
      write {
        path    = each.value
        content = inert("start page, deployed")
      }
    }
  }

  activity "page_compilation" {
    summary = "the web worker compiles a page that changed"
    hosts   = ["iis"]
    process "worker" {
      extends = template.writer
      image   = local.worker
      user    = host.accounts.selfcare
      write {
        path    = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\41f2a3d0\\App_Web_default.aspx"
        content = inert("compiled page")
      }
    }
  }

  activity "bill_printing" {
    summary = "the site makes a bill by a batch file"
    hosts   = ["iis"]
    process "worker" {
      extends = template.site_worker
      with    = { pool = "SelfCare" }
      user    = host.accounts.selfcare
      process "batch" {
        image   = "${local.system32}cmd.exe"
        command = "cmd.exe /c D:\\sites\\selfcare\\bin\\pdfgen.cmd 4711"
        write {
          path    = "D:\\sites\\selfcare\\bills\\4711.pdf"
          content = inert("a bill")
        }
      }
    }
  }

  activity "request_log" {
    summary = "a request is logged"
    hosts   = ["iis"]
    process "worker" {
      extends = template.writer
      image   = local.worker
      command = local.worker
      user    = local.system
      append {
        path    = "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log"
        content = "2021-03-02 18:40:12 192.0.2.20 GET / - 80 - 198.51.100.8 Mozilla/5.0 200 0 0 12\n"
      }
    }
  }

  # That is a change of logging and no end of it.
  activity "log_move" {
    summary = "logs are moved to another disk"
    hosts   = ["iis"]
    process "prompt" {
      extends = template.administrator_prompt
      process "list" {
        image   = "${local.system32}inetsrv\\appcmd.exe"
        command = "${local.system32}inetsrv\\appcmd.exe list site"
      }
      process "set" {
        image   = "${local.system32}inetsrv\\appcmd.exe"
        command = "${local.system32}inetsrv\\appcmd.exe set site \"Default Web Site\" /logFile.directory:D:\\logs"
        append {
          path    = local.web_settings_file
          content = web_setting(site_log_setting("directory"), "D:\\logs")
        }
      }
    }
  }

  activity "jobs_listed" {
    summary = "an administrator lists the jobs of the old scheduler"
    hosts   = ["iis"]
    process "prompt" {
      extends = template.administrator_prompt
      process "at" {
        image   = "${local.system32}at.exe"
        command = "at"
      }
      write {
        path    = "C:\\Logs\\jobs.txt"
        content = inert("what was answered")
      }
    }
  }

  activity "old_logs_deleted" {
    summary = "a task deletes request logs past their days"
    hosts   = ["iis"]
    locals {
      old = "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex201201.log"
    }
    given {
      path    = local.old
      content = inert("requests")
    }
    process "prompt" {
      extends = template.system_prompt
      process "forfiles" {
        image   = "${local.system32}forfiles.exe"
        command = "forfiles /p C:\\inetpub\\logs\\LogFiles /s /m *.log /d -30 /c \"cmd /c del @path\""
        process "cmd" {
          image   = "${local.system32}cmd.exe"
          command = "cmd /c del \"${local.old}\""
          remove { path = local.old }
        }
      }
    }
  }

  activity "certificate_client" {
    summary = "the certificate client notes when the site's certificate is due"
    hosts   = ["iis"]
    process "service" {
      extends = template.writer
      image   = "C:\\Program Files\\win-acme\\wacs.exe"
      user    = local.system
      write {
        path    = "C:\\ProgramData\\win-acme\\acme-v02.api.letsencrypt.org\\selfcare.renewal.json"
        content = inert("due in 60 days")
      }
    }
  }

  activity "pool_settings" {
    summary = "the activation service writes the settings of an application pool"
    hosts   = ["iis"]
    process "service" {
      extends = template.writer
      image   = "${local.system32}svchost.exe"
      user    = local.system
      write {
        path    = "C:\\inetpub\\temp\\apppools\\SelfCare\\SelfCare.config"
        content = inert("settings of a pool")
      }
    }
  }
}

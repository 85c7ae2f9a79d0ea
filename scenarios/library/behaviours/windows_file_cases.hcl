behaviour "windows_file_cases" {
  platform  = windows
  hosts     = ["exchange", "workstation"]
  phase     = boundary
  summary   = "files, registry values and mapped libraries that a rule must just see, beside such as it must just not"
  footprint = "inert files written, dated and deleted, values set and marker libraries mapped by programs that are running already; their notes of what they mapped"
  undo      = "delete what was made, put back what was changed or deleted"
  source    = "ours: other forms of what was reported, and what installers, updates, backups and people do that looks like it"

  argument "of" {
    doc     = "what the acts are about"
    one_of  = ["data_folders", "served_folders", "web_worker", "odd_folders", "deletions", "web_settings", "start_folders", "values"]
    default = "data_folders"
  }

  locals {
    # It is named to be taken for an installer by who reads the first extension only.
    installer_like = "C:\\Users\\Public\\msiexec.exe.com"
    installer      = "${local.system32}msiexec.exe"
    front_end      = "${local.exchange}FrontEnd\\HttpProxy\\"
    site_root      = "C:\\inetpub\\wwwroot\\"
    office         = "C:\\Program Files\\Microsoft Office\\Root\\Office16\\"
    roaming        = "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\"
    word           = "${local.roaming}Word\\STARTUP\\"
    excel          = "${local.roaming}Excel\\XLSTART\\"
    startup        = "${local.roaming}Windows\\Start Menu\\Programs\\Startup\\"
    exchange_bin   = "${local.exchange}ClientAccess\\Owa\\bin\\"
    device_sync    = "C:\\ProgramData\\Microsoft\\DeviceSync\\"
    defender       = "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.2102.3-0\\"
    notes          = "C:\\Windows\\Logs\\Cases\\"
    unsigned       = library({}, "", "")
    user           = host.accounts.user
    outlook_worker = "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"MSExchangeOWAAppPool\" -v \"v4.0\" -c \"${local.exchange}bin\\GenericAppPoolConfigWithGCServerEnabledFalse.config\" -a \\\\.\\pipe\\iisipm5f1d2c60-7a1e-4b0f-9c55-2f6d1f6f2a11 -h \"C:\\inetpub\\temp\\apppools\\MSExchangeOWAAppPool\\MSExchangeOWAAppPool.config\" -w \"\" -m 0"
    admin          = host.accounts.admin
    hive           = "HKU\\${sid(local.user)}"
  }

  # Programs in folders for data: the files that they keep there, and the libraries that
  # they map. A program's note of a library is what proves that it mapped it.
  group {
    when = arg.of == "data_folders"
    group {
      for_each = [
        # Seen: each kind of text beside the program.
        # Not seen: one that was put by, and one elsewhere; a signed library, and one of an
        # installed program.
        {
          image = "${local.device_sync}sync.exe"
          user  = local.system
          files = ["${local.device_sync}sync.txt", "${local.device_sync}sync.log", "${local.device_sync}sync.dat", "${local.device_sync}sync.log.1", "C:\\ProgramData\\Monitor\\sync.log"]
          libraries = [
            { path = "${local.device_sync}sync.dll", content = library({}, "Microsoft Corporation", "Valid"), note = "00" },
            { path = "C:\\Program Files\\Common Files\\Codec\\codec.dll", content = local.unsigned, note = "01" },
          ]
        },
        # Seen: a library that nobody signed, in one such folder for a program in another.
        {
          image     = local.installer_like
          user      = local.user
          files     = []
          libraries = [{ path = "C:\\PerfLogs\\msi.dll", content = local.unsigned, note = "02" }]
        },
        {
          image     = "C:\\PerfLogs\\perf.exe"
          user      = local.user
          files     = []
          libraries = [{ path = "C:\\Users\\Public\\perf.dll", content = local.unsigned, note = "03" }]
        },
        # Not seen: an installed program keeps its log and its plug-in there.
        {
          image     = "C:\\Program Files\\Monitor\\agent.exe"
          user      = local.system
          files     = ["${local.device_sync}devices.log"]
          libraries = [{ path = "C:\\ProgramData\\Monitor\\disks.dll", content = local.unsigned, note = "04" }]
        },
        # Not seen: Defender's definitions are none of a program's libraries.
        {
          image     = "${local.defender}MsMpEng.exe"
          user      = local.system
          files     = []
          libraries = [{ path = "${local.defender}mpengine.dll", content = local.unsigned, note = "05" }]
        },
      ]
      dynamic "given" {
        for_each = each.value.libraries
        content {
          path    = given.value.path
          content = given.value.content
        }
      }
      process "program" {
        extends = template.writer
        image   = each.value.image
        user    = each.value.user
        dynamic "write" {
          for_each = each.value.files
          content {
            path    = write.value
            content = inert("a case: ${base_name(write.value)}")
          }
        }
        dynamic "load" {
          for_each = each.value.libraries
          content {
            path = load.value.path
            note = "${local.notes}mapped_${load.value.note}.txt"
          }
        }
      }
      prove {
        only = true
        dynamic "holds" {
          for_each = each.value.libraries
          content {
            path    = "${local.notes}mapped_${holds.value.note}.txt"
            content = mapped_note(holds.value.path, holds.value.content)
          }
        }
        dynamic "holds" {
          for_each = each.value.files
          content {
            path    = holds.value
            content = inert("a case: ${base_name(holds.value)}")
          }
        }
      }
    }
  }

  # Pages that a web worker writes, and libraries that it maps.
  group {
    when = arg.of == "web_worker"
    group {
      for_each = [
        # Seen: each kind of page; the filter from a neighbouring folder.
        # Not seen: a page that nobody is served, as its name goes on; the texts of the
        # filter's messages.
        {
          worker = true
          files = concat(
            [for name in ["owa\\auth\\lang.ashx", "ecp\\lang.asmx", "owa\\auth\\lang.asp", "owa\\auth\\lang.aspx.bak"] : "${local.front_end}${name}"],
            [for name in ["lang.ashx", "lang.asmx", "lang.asp", "lang.php", "lang.aspx.bak"] : "${local.site_root}${name}"],
          )
          libraries = [
            { path = "${local.exchange_bin}owaauth.dll", content = local.unsigned, note = "00" },
            { path = "${local.exchange_bin}en\\owaauth.dll.mui", content = local.unsigned, note = "01" },
          ]
        },
        # Not seen: a tool does the same, out of a folder that is named after the worker
        # whose dumps lie there.
        {
          worker    = false
          files     = ["${local.front_end}owa\\auth\\restored.aspx", "${local.site_root}restored.aspx"]
          libraries = [{ path = "${local.exchange_bin}owaauth.dll", content = local.unsigned, note = "02" }]
        },
      ]
      dynamic "given" {
        for_each = each.value.libraries
        content {
          path    = given.value.path
          content = given.value.content
        }
      }
      process "program" {
        image    = each.value.worker ? "${local.system32}inetsrv\\w3wp.exe" : "C:\\Dumps\\w3wp.exe\\restore.exe"
        command  = each.value.worker ? local.outlook_worker : "\"C:\\Dumps\\w3wp.exe\\restore.exe\""
        user     = each.value.worker ? host.accounts.service : local.admin
        folder   = each.value.worker ? "C:\\Windows\\System32\\inetsrv" : null
        resident = true
        dynamic "write" {
          for_each = each.value.files
          content {
            path    = write.value
            content = inert("a case: ${base_name(write.value)}")
          }
        }
        dynamic "load" {
          for_each = each.value.libraries
          content {
            path = load.value.path
            note = "${local.notes}mapped_${load.value.note}.txt"
          }
        }
      }
      prove {
        only = true
        dynamic "holds" {
          for_each = each.value.libraries
          content {
            path    = "${local.notes}mapped_${holds.value.note}.txt"
            content = mapped_note(holds.value.path, holds.value.content)
          }
        }
        dynamic "holds" {
          for_each = each.value.files
          content {
            path    = holds.value
            content = inert("a case: ${base_name(holds.value)}")
          }
        }
      }
    }
  }

  # What Office and the desktop open on their own.
  group {
    when = arg.of == "start_folders"
    # Seen: each kind of add-in, template and start, by a program that is only named like
    # the installer. Not seen: their copies, a program's settings, and the same where
    # nothing is opened from.
    process "writer" {
      extends = template.writer
      image   = local.installer_like
      user    = local.user
      write {
        for_each = [
          "${local.excel}roster.xll", "${local.word}roster.wwl", "${local.word}roster.wll.bak", "${local.roaming}AddIns\\roster.xll",
          "${local.word}letter.dotm", "${local.word}letter.dot", "${local.word}letter.docm", "${local.word}letter.dotm.bak", "${local.roaming}Templates\\letter.dotm",
          "${local.startup}roster.exe", "${local.startup}roster.url", "${local.startup}roster.exe.config", "C:\\Users\\ops02\\Desktop\\roster.lnk",
        ]
        path    = each.value
        content = inert("a case: ${base_name(each.value)}")
      }
    }
    # Not seen: Office's own installer, Word, the desktop, an installed program.
    group {
      for_each = [
        {
          image = "C:\\Program Files\\Common Files\\microsoft shared\\ClickToRun\\OfficeClickToRun.exe"
          user  = local.system
          files = ["${local.office}XLSTART\\analysis.xll", "${local.office}STARTUP\\labels.dotm"]
        },
        { image = "${local.office}WINWORD.EXE", user = local.user, files = ["${local.word}fax.dotm"] },
        { image = local.desktop, user = local.user, files = ["${local.startup}Calls.lnk"] },
        { image = "C:\\Program Files (x86)\\Softphone\\softphone.exe", user = local.user, files = ["${local.startup}Softphone.lnk"] },
      ]
      process "writer" {
        extends = template.writer
        image   = each.value.image
        user    = each.value.user
        dynamic "write" {
          for_each = each.value.files
          content {
            path    = write.value
            content = inert("a case: ${base_name(write.value)}")
          }
        }
      }
    }
  }

  # Values of the registry from which programs are started, or in which they keep what
  # nobody starts.
  group {
    when = arg.of == "values"
    process "writer" {
      extends = template.writer
      image   = local.installer_like
      user    = local.user
      # Seen: a program in each such folder; bytes in a key of one's own.
      set_value {
        for_each = [
          ["Roster", "C:\\Users\\ops02\\AppData\\Local\\Temp\\roster.exe"],
          ["Monitor", "C:\\Windows\\Temp\\monitor.exe"],
          ["Calls", "C:\\Users\\Public\\calls.exe"],
          ["Perf", "C:\\PerfLogs\\perf.exe"],
        ]
        key  = "${local.hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run"
        name = each.value[0]
        data = each.value[1]
      }
      set_value {
        key  = "${local.hive}_Classes\\rosterState"
        name = "cache"
        type = "REG_BINARY"
        data = "00"
      }
      # Not seen: texts that Windows reads for a program, further below; what a kind of file
      # is called; bytes that are not below Classes.
      set_value {
        key  = "${local.hive}_Classes\\Local Settings\\MuiCache\\1a\\52C64B7E"
        name = "LanguageList"
        type = "REG_MULTI_SZ"
        data = "en-US"
      }
      set_value {
        key  = "${local.hive}_Classes\\dat_auto_file"
        data = "Binary Data File"
      }
      set_value {
        key  = "${local.hive}\\SOFTWARE\\Roster"
        name = "Window"
        type = "REG_BINARY"
        data = "00"
      }
    }
    # Not seen: what was typed into the box that starts programs.
    process "desktop" {
      extends = template.writer
      image   = local.desktop
      user    = local.user
      set_value {
        key  = "${local.hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RunMRU"
        name = "a"
        data = "C:\\Users\\Public\\calls.exe\\1"
      }
    }
    # Not seen: installed programs keep bytes.
    process "excel" {
      extends = template.writer
      image   = "${local.office}EXCEL.EXE"
      user    = local.user
      set_value {
        key  = "${local.hive}_Classes\\Excel.Sheet.12"
        name = "EditFlags"
        type = "REG_BINARY"
        data = "00"
      }
    }
    process "softphone" {
      extends = template.writer
      image   = "C:\\Program Files (x86)\\Softphone\\softphone.exe"
      user    = local.user
      set_value {
        key  = "${local.hive}_Classes\\tel"
        name = "EditFlags"
        type = "REG_BINARY"
        data = "02"
      }
    }
  }

  # Archives and pictures that come into folders of the web server, and files there whose
  # times are set.
  group {
    when = arg.of == "served_folders"
    given {
      for_each = [
        "${local.site_root}start.htm", "${local.site_root}start.htm", "${local.site_root}index.htm", "C:\\Exports\\cdr_20090714.csv",
        "${local.site_root}about.htm", "${local.front_end}owa\\auth\\frowny.htm",
      ]
      path    = each.value
      content = inert("a case: ${base_name(each.value)}")
    }
    # Seen: an archive in the front end; a file set back.
    # Not seen: an archive's checksum; a picture that a program of the host makes; a file
    # set back a second time, one whose date is new, and one that is not served.
    process "prompt" {
      extends = template.administrator_prompt
      times {
        path = "${local.site_root}start.htm"
        at   = "2012-04-12T01:11:03.202Z"
      }
      write {
        for_each = ["${local.front_end}owa\\auth\\themes.zip", "${local.site_root}themes.7z.sha256", "${local.site_root}images\\upload.png"]
        path     = each.value
        content  = inert("a case: ${base_name(each.value)}")
      }
      times {
        path = "${local.site_root}start.htm"
        at   = "2009-07-14T01:14:25Z"
      }
      times {
        path = "${local.site_root}index.htm"
        at   = "2024-06-05T10:20:30.195Z"
      }
      times {
        path = "C:\\Exports\\cdr_20090714.csv"
        at   = "2009-07-14T01:14:25Z"
      }
    }
    # Seen: what a program does that is only named like the installer.
    process "installer_like" {
      extends = template.writer
      image   = local.installer_like
      user    = local.admin
      write {
        path    = "${local.site_root}backup.7z"
        content = inert("a case: backup.7z")
      }
      times {
        path = "${local.site_root}about.htm"
        at   = "2009-07-14T01:14:25Z"
      }
    }
    # Seen: pictures that come over a share. Not seen: a picture's old copy does.
    process "share" {
      extends = template.writer
      image   = "System"
      user    = local.system
      write {
        for_each = ["${local.site_root}images\\a.gif", "${local.site_root}images\\b.png", "${local.front_end}owa\\auth\\c.jpg", "${local.site_root}images\\logo.gif.bak"]
        path     = each.value
        content  = inert("a case: ${base_name(each.value)}")
      }
    }
    # Not seen: installers bring archives, and files with the dates of their build.
    process "installer" {
      extends = template.writer
      image   = local.installer
      user    = local.system
      write {
        path    = "${local.site_root}symbols.cab"
        content = inert("a case: symbols.cab")
      }
    }
    process "setup" {
      extends = template.writer
      image   = "${local.exchange}bin\\ExSetup.exe"
      user    = local.system
      write {
        path    = "${local.front_end}owa\\auth\\resources.zip"
        content = inert("a case: resources.zip")
      }
      times {
        path = "${local.front_end}owa\\auth\\frowny.htm"
        at   = "2009-07-14T01:14:25Z"
      }
    }
  }

  # Archives and records in folders that are for neither.
  group {
    when = arg.of == "odd_folders"
    group {
      for_each = [
        # Seen: an archive and records in the public profile, by a program that is only named
        # like the installer. Not seen: a checksum, packed records, and records where they
        # belong.
        {
          image = local.installer_like
          user  = local.admin
          files = ["C:\\Users\\Public\\march.7z", "C:\\Users\\Public\\march.cdr", "C:\\Windows\\Temp\\update.zip.sha256", "C:\\PerfLogs\\march.csv.gz", "C:\\Exports\\march.csv"]
        },
        # Not seen: an installer unpacks.
        { image = local.installer, user = local.system, files = ["C:\\Windows\\Temp\\package.zip"] },
        # Seen: a program of ProgramData leaves records elsewhere. Not seen: it keeps its own,
        # as do installed programs.
        { image = "C:\\ProgramData\\Monitor\\agent.exe", user = local.system, files = ["C:\\PerfLogs\\march.asn1", "C:\\ProgramData\\Monitor\\disks.csv"] },
        { image = "C:\\Program Files\\Inventory\\inventory.exe", user = local.system, files = ["C:\\ProgramData\\Inventory\\programs.csv"] },
        { image = "C:\\Program Files (x86)\\Backup\\backup.exe", user = local.system, files = ["C:\\ProgramData\\Backup\\tapes.csv"] },
      ]
      process "writer" {
        extends = template.writer
        image   = each.value.image
        user    = each.value.user
        dynamic "write" {
          for_each = each.value.files
          content {
            path    = write.value
            content = inert("a case: ${base_name(write.value)}")
          }
        }
      }
    }
  }

  # Logs and histories deleted, and their copies.
  group {
    when = arg.of == "deletions"
    group {
      for_each = [[
        # Seen: the very files.
        "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210304-1.LOG",
        event_log_file("Archive-Security-2021-03-01-00-00-00-000"),
        "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt",
        # Not seen: copies of them, a log that was packed, and one that was exported.
        "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210304-1.LOG.zip",
        "${event_log_file("Archive-Security-2021-02-01-00-00-00-000")}.zip",
        "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt.bak",
        "C:\\Logs\\security.evtx",
      ]]
      dynamic "given" {
        for_each = each.value
        content {
          path    = given.value
          content = inert("a case: ${base_name(given.value)}")
        }
      }
      process "prompt" {
        extends = template.administrator_prompt
        dynamic "remove" {
          for_each = each.value
          content {
            path = remove.value
          }
        }
      }
    }
  }

  # Filters of the web server, and its logging.
  group {
    when = arg.of == "web_settings"
    # Seen: a filter from a vendor's folder; requests logged no more, by the server and by a
    # site. Not seen: that the filter is on; filters of the framework and of the web server.
    group {
      for_each = [join("", [
        # A desk has no web server: its settings begin with the marker alone.
        try(file_content(local.web_settings_file), "# ${local.marker}\n"),
        web_setting(filter_setting("Balancer", "path"), "C:\\Program Files\\Balancer\\address.dll"),
        web_setting(filter_setting("Balancer", "enabled"), "true"),
        web_setting(filter_setting("ASP.Net_4.0_64bit", "path"), "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll"),
        web_setting(filter_setting("Compression", "path"), "C:\\Windows\\System32\\inetsrv\\compfilt.dll"),
      ])]
      process "quiet" {
        extends = template.writer
        image   = "${local.system32}inetsrv\\appcmd.exe"
        user    = local.admin
        write {
          path    = local.web_settings_file
          content = replace(replace(each.value, "@dontLog=false", "@dontLog=true"), "logFile/@enabled=true", "logFile/@enabled=false")
        }
      }
      # Not seen: requests are logged again.
      process "again" {
        extends = template.writer
        image   = "${local.system32}inetsrv\\appcmd.exe"
        user    = local.admin
        write {
          path    = local.web_settings_file
          content = each.value
        }
      }
    }
  }
}

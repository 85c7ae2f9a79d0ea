behaviour "windows_command_cases" {
  platform  = windows
  hosts     = ["workstation", "iis", "exchange"]
  phase     = boundary
  summary   = "command lines that a rule on started programs must just see, beside such as it must just not"
  footprint = "programs started with the given command lines, which do nothing, and a note by whoever started them"
  undo      = "delete the notes"
  source    = "ours: other forms of what was reported, and what administrators, installers and agents type that looks like it"

  argument "of" {
    doc     = "what the command lines are about"
    one_of  = ["archives", "cabinets", "directory", "documents", "jobs", "logged_on", "network", "products", "servers", "shares", "typing", "web_shells"]
    default = "shares"
  }

  group {
    when = arg.of == "archives"
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          # 7-Zip, seen: each of its three programs by name and by version resource,
          # with the switch in capitals too.
          ["D:\\Tools\\7z.exe", "7z a -pStandin#1 D:\\Backup\\plans.7z D:\\Plans"],
          ["D:\\Tools\\7za.exe", "7za a -tzip -mem=AES256 -pStandin#1 D:\\Backup\\plans.zip D:\\Plans"],
          ["D:\\Tools\\7zr.exe", "7zr a -PStandin#1 D:\\Backup\\plans.7z D:\\Plans"],
        ]
        extends = template.unversioned
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["D:\\Tools\\zip.exe", "zip a -pStandin#1 D:\\Backup\\plans.7z D:\\Plans", "7z.exe"],
          ["D:\\Tools\\zipa.exe", "zipa a -pStandin#1 D:\\Backup\\plans.7z D:\\Plans", "7za.exe"],
          ["D:\\Tools\\zipr.exe", "zipr a -pStandin#1 D:\\Backup\\plans.7z D:\\Plans", "7zr.exe"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      # Not seen: no password, and the wrapper, which packs nothing itself.
      process "case" {
        extends = template.unversioned
        with    = { image = "D:\\Tools\\7z.exe", line = "7z a D:\\Backup\\plans.7z D:\\Plans" }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "7z.exe", line = "7z.exe a -pStandin#1 D:\\Backup\\plans.7z D:\\Plans" }
      }
      # RAR by another name and names hidden, seen: both in one.
      process "case" {
        image   = "D:\\Tools\\rar.exe.exe"
        command = "rar.exe a -HPStandin#1 D:\\Backup\\plans.rar D:\\Plans"
        version = version_of("rar.exe")
      }
      # Not seen: the unpacker, given the password it needs, and a front end.
      process "case" {
        image   = "D:\\Tools\\unrar.exe"
        command = "unrar.exe x -hpStandin#1 D:\\Backup\\plans.rar D:\\Plans"
        version = version_of("rar.exe")
      }
      process "case" {
        image   = "D:\\Tools\\rarfront.exe"
        command = "rarfront.exe D:\\Backup\\plans.rar"
        version = { original_name = "rarfront.exe", description = "Command line RAR front end" }
      }
      process "case" {
        for_each = [
          # The recycle bin, seen: a copy into it. Not seen: it is emptied.
          ["${local.system32}cmd.exe", "cmd.exe /c copy D:\\Plans\\sites.docx C:\\$Recycle.Bin\\S-1-5-21-3623811015-3361044348-30300820-1013\\sites.dat"],
          ["${local.system32}cmd.exe", "cmd.exe /c rd /s /q C:\\$Recycle.Bin\\S-1-5-21-3623811015-3361044348-30300820-1013"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "cabinets"
    process "parent" {
      extends = template.administrator_prompt
      # Seen: mail, both spellings of the folder of exports, a user's file, and a
      # cabinet below PerfLogs.
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}makecab.exe", line = "makecab \"D:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox\\mail.edb\" D:\\Backup\\m.cab" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\cab.exe", line = "cab D:\\Exports\\voice.csv D:\\Backup\\v.cab", original = "makecab.exe" }
      }
      process "case" {
        for_each = [
          ["${local.system32}makecab.exe", "makecab D:\\Export\\standin01.pst D:\\Backup\\s.cab"],
          ["${local.system32}makecab.exe", "makecab C:\\Users\\ops02\\Documents\\roster.docx D:\\Backup\\r.cab"],
          ["${local.system32}makecab.exe", "makecab D:\\Plans\\sites.docx C:\\PerfLogs\\p.cab"],
          # Not seen: a file of directives, as installers are built with, and the
          # wrapper.
          ["${local.system32}makecab.exe", "makecab /f C:\\Users\\ops02\\Setup\\setup.ddf"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "makecab.exe", line = "makecab.exe C:\\Users\\ops02\\Documents\\roster.docx D:\\Backup\\r.cab" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "directory"
    process "parent" {
      extends = template.administrator_prompt
      # Seen: both tools by name and by version resource, with the switches in
      # capitals too.
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}dsquery.exe", line = "dsquery user -limit 0" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\dq.exe", line = "DQ COMPUTER -LIMIT 0", original = "dsquery.exe" }
      }
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}csvde.exe", line = "csvde -f users.csv -r (objectClass=user)" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\cs.exe", line = "cs -f computers.csv -r (objectClass=computer)", original = "csvde.exe" }
      }
      process "case" {
        for_each = [
          # Not seen: an import, a filter without a file, which the tool answers with
          # its usage, and the wrappers.
          ["${local.system32}csvde.exe", "csvde -i -f new.csv"],
          ["${local.system32}csvde.exe", "csvde -s DC01 -r (objectClass=user)"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["dsquery.exe", "dsquery.exe user -limit 0"],
          ["csvde.exe", "csvde.exe -f users.csv -r (objectClass=user)"],
        ]
        extends = template.wrapper
        with    = { of = each.value[0], line = each.value[1] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "documents"
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          # Seen: each copier by name and by version resource, one kind of document
          # each.
          ["${local.system32}Robocopy.exe", "robocopy C:\\Users D:\\Collected *.docx /s"],
          ["${local.system32}xcopy.exe", "xcopy C:\\Users\\*.xlsx D:\\Collected\\ /s /i /y"],
          ["${local.system32}forfiles.exe", "forfiles /p C:\\Users /s /m *.pdf /c \"cmd /c copy @path D:\\Collected\""],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["D:\\Tools\\rc.exe", "rc C:\\Users D:\\Collected *.pptx /s", "robocopy.exe"],
          ["D:\\Tools\\ff.exe", "ff /p C:\\Users /s /m *.pdf /c \"cmd /c copy @path D:\\Collected\"", "forfiles.exe"],
          # Seen: a pattern that pairs of quotes hide.
          ["D:\\Tools\\xc.exe", "xc D:\\Plans\\*.do\"\"cx E:\\ /s", "XCOPY.EXE"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      process "case" {
        for_each = [
          # Not seen: a profile as a whole, documents of no user, pairs of quotes
          # without a pattern, and the wrapper.
          ["${local.system32}Robocopy.exe", "robocopy C:\\Users\\ops02 D:\\Profiles\\ops02 /mir"],
          ["${local.system32}xcopy.exe", "xcopy D:\\Plans\\*.docx E:\\Plans\\ /s"],
          ["${local.system32}xcopy.exe", "xcopy D:\\Pla\"\"ns E:\\Plans\\ /s"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "xcopy.exe", line = "xcopy.exe C:\\Users\\*.docx D:\\Collected\\ /s" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "jobs"
    process "parent" {
      extends = template.administrator_prompt
      # at.exe, seen: by name and by version resource. Not seen: the wrapper.
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}at.exe", line = "at 02:30 D:\\Jobs\\night.cmd" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\job.exe", line = "job 03:15 D:\\Jobs\\night.cmd", original = "AT.EXE" }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "at.exe", line = "at.exe 02:30 D:\\Jobs\\night.cmd" }
      }
      # schtasks.exe, seen: by name and by version resource, in the public profile
      # and PerfLogs, and by a word that a pair of quotes breaks.
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}schtasks.exe", line = "schtasks /create /tn Night /tr C:\\Users\\Public\\night.exe /sc daily /ru SYSTEM" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\st.exe", line = "st /create /tn Counters /tr C:\\PerfLogs\\counters.exe /sc daily /ru SYSTEM", original = "schtasks.exe" }
      }
      process "case" {
        for_each = [
          ["${local.system32}schtasks.exe", "schtasks /cre\"\"ate /tn Night /tr C:\\ProgramData\\Night\\night.exe /sc daily"],
          # Not seen: a task that is there already, a program of an installed product,
          # and the wrapper.
          ["${local.system32}schtasks.exe", "schtasks /change /tn Night /tr C:\\ProgramData\\Night\\night.exe /ru SYSTEM"],
          ["${local.system32}schtasks.exe", "schtasks /create /tn Night /tr \"C:\\Program Files\\Night\\night.exe\" /sc daily /ru SYSTEM"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "schtasks.exe", line = "schtasks.exe /create /tn Night /tr C:\\ProgramData\\Night\\night.exe /sc daily /ru SYSTEM" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "logged_on"
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          # Seen: both programs by name and by version resource, in the name of the
          # system, of the network's service, of a site, and of the system of a German
          # Windows.
          ["${local.system32}query.exe", "query user", local.system],
          ["${local.system32}quser.exe", "quser", "IIS APPPOOL\\DefaultAppPool"],
        ]
        user    = each.value[2]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["D:\\Tools\\q.exe", "q user", "query.exe", "NT AUTHORITY\\NETWORK SERVICE"],
          ["D:\\Tools\\qu.exe", "qu", "quser.exe", "NT-AUTORITÄT\\SYSTEM"],
        ]
        user    = each.value[3]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      # Not seen: the wrapper.
      process "case" {
        user    = local.system
        extends = template.wrapper
        with    = { of = "query.exe", line = "query.exe user" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  # networkCases are of a rule without alerts of its own: it counts for one that asks for
  # three such programs below one parent. So three stand below each parent that is
  # to be seen, and two below the one that is not to be.
  group {
    when = arg.of == "network"
    # Seen: the programs by name, below an agent too where it is started by the
    # extended form of its path.
    process "parent" {
      image    = "\\\\?\\C:\\Program Files\\Inventory\\inventory.exe"
      command  = "\"\\\\?\\C:\\Program Files\\Inventory\\inventory.exe\""
      user     = local.system
      resident = true
      process "case" {
        for_each = [
          ["${local.system32}ipconfig.exe", "ipconfig /all"],
          ["${local.system32}nbtstat.exe", "nbtstat -n"],
          ["${local.system32}NETSTAT.EXE", "netstat -ano"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          ["${local.system32}quser.exe", "quser"],
          ["${local.system32}netsh.exe", "netsh interface show interface"],
          ["${local.system32}net.exe", "net use"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_01.txt"
        content = inert("all were started")
      }
    }
    # Seen: the same by version resource.
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          ["D:\\Tools\\ip.exe", "ip /all", "ipconfig.exe"],
          ["D:\\Tools\\nb.exe", "nb -n", "nbtinfo.exe"],
          ["D:\\Tools\\ns.exe", "ns -ano", "netstat.exe"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_02.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          ["D:\\Tools\\qu.exe", "qu", "quser.exe"],
          ["D:\\Tools\\sh.exe", "sh interface show interface", "netsh.exe"],
          ["D:\\Tools\\n.exe", "n use", "net.exe"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_03.txt"
        content = inert("all were started")
      }
    }
    # Not seen: two such, beside changes of an interface and of a drive and the
    # wrappers.
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          ["${local.system32}ipconfig.exe", "ipconfig /all"],
          ["${local.system32}NETSTAT.EXE", "netstat -ano"],
          ["${local.system32}netsh.exe", "netsh interface set interface Ethernet0 enabled"],
          ["${local.system32}net.exe", "net use Z: \\\\FILE01\\home"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["ipconfig.exe", "ipconfig.exe /all"],
          ["netsh.exe", "netsh.exe interface show interface"],
          ["net.exe", "net.exe use"],
        ]
        extends = template.wrapper
        with    = { of = each.value[0], line = each.value[1] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_04.txt"
        content = inert("all were started")
      }
    }
    # Not seen: three below the agent as it is usually started.
    process "parent" {
      image    = "C:\\Program Files\\Inventory\\inventory.exe"
      command  = "\"C:\\Program Files\\Inventory\\inventory.exe\""
      user     = local.system
      resident = true
      process "case" {
        for_each = [
          ["${local.system32}ipconfig.exe", "ipconfig /all"],
          ["${local.system32}nbtstat.exe", "nbtstat -n"],
          ["${local.system32}NETSTAT.EXE", "netstat -ano"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_05.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "products"
    # Products, seen: firewalls, by an agent that is started by the extended form
    # of its path. Not seen: by the agent as it is usually started.
    process "parent" {
      image    = "\\\\?\\C:\\Program Files (x86)\\Inventory\\inventory.exe"
      command  = "\"\\\\?\\C:\\Program Files (x86)\\Inventory\\inventory.exe\""
      user     = local.system
      resident = true
      process "case" {
        image   = "${local.system32}wbem\\WMIC.exe"
        command = "wmic /namespace:\\\\root\\SecurityCenter2 path FirewallProduct get displayName"
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "C:\\Program Files (x86)\\Inventory\\inventory.exe"
      command  = "\"C:\\Program Files (x86)\\Inventory\\inventory.exe\""
      user     = local.system
      resident = true
      process "case" {
        image   = "${local.system32}wbem\\WMIC.exe"
        command = "wmic /namespace:\\\\root\\SecurityCenter2 path FirewallProduct get displayName"
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_01.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          # Seen: antispyware.
          ["${local.system32}WindowsPowerShell\\v1.0\\powershell.exe", "powershell -Command \"Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiSpywareProduct\""],
          # Not seen: which classes there are, and one looked for in a list.
          ["${local.system32}WindowsPowerShell\\v1.0\\powershell.exe", "powershell -Command \"Get-CimClass -Namespace root/SecurityCenter2\""],
          ["${local.system32}findstr.exe", "findstr AntiVirusProduct C:\\Logs\\inventory.txt"],
          # A range, seen: a scanner by the extended form of its path. Not seen: tools
          # of Windows and installed ones; one is for the customers of a vendor of VPN
          # programs, and not by that vendor.
          ["\\\\?\\C:\\Program Files (x86)\\Scanner\\scanner.exe", "scanner 10.20.0.1-254"],
          ["C:\\Windows\\SysWOW64\\ROUTE.EXE", "route -p add 10.30.0.0/16 10.20.0.1"],
          ["C:\\Program Files (x86)\\Nmap\\nmap.exe", "nmap -sn 10.20.0.0/24"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      process "case" {
        image   = "C:\\Program Files\\Remote Work\\routes.exe"
        command = "routes.exe 10.20.0.0/24"
        version = { original_name = "routes.exe", company = "Carrier, for SoftEther VPN" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_02.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "servers"
    process "parent" {
      extends = template.administrator_prompt
      # Seen: by name and by version resource.
      process "case" {
        extends = template.known_by_name
        with    = { image = "${local.system32}reg.exe", line = "reg query \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\" /s" }
      }
      process "case" {
        extends = template.renamed
        with    = { image = "D:\\Tools\\r.exe", line = "r query \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\" /s", original = "reg.exe" }
      }
      process "case" {
        for_each = [
          # Not seen: a server entered, taken out and brought along, and the wrapper.
          ["${local.system32}reg.exe", "reg add \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\\DC01\" /v UsernameHint /d CARRIER\\ops02 /f"],
          ["${local.system32}reg.exe", "reg delete \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\\OLD01\" /f"],
          ["${local.system32}reg.exe", "reg import \"D:\\Profiles\\Terminal Server Client\\ops02.reg\""],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        extends = template.wrapper
        with    = { of = "reg.exe", line = "reg.exe query \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\" /s" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "shares"
    process "parent" {
      extends = template.administrator_prompt
      process "case" {
        for_each = [
          # Seen: both programs by name and by version resource.
          ["${local.system32}net.exe", "net use \\\\FILE01\\plans /delete"],
          ["${local.system32}net1.exe", "net1 use \\\\FILE01\\plans /delete"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        for_each = [
          ["D:\\Tools\\n.exe", "n use \\\\FILE01\\plans /delete", "net.exe"],
          ["D:\\Tools\\n1.exe", "n1 use \\\\FILE01\\plans /delete", "net1.exe"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      # Not seen: the wrapper.
      process "case" {
        extends = template.wrapper
        with    = { of = "net.exe", line = "net.exe use \\\\FILE01\\plans /delete" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
  }

  # These cases are of a rule without alerts of its own: it counts for one that asks for
  # three hosts of one account. One account is typed as on all three; another on two, and
  # on the third in what is no typing.
  group {
    when = arg.of == "typing"
    group {
      when = host.kind == "workstation" || host.kind == "iis"
      process "parent" {
        image    = host.kind == "iis" ? local.powershell : "${local.system32}cmd.exe"
        command  = host.kind == "iis" ? "powershell" : "\"C:\\Windows\\system32\\cmd.exe\""
        user     = "CARRIER\\svc_mediation"
        resident = true
        process "case" {
          image   = "${local.system32}HOSTNAME.EXE"
          command = "hostname"
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
          content = inert("all were started")
        }
      }
      process "parent_unseen" {
        extends = template.administrator_prompt
        user    = "CARRIER\\svc_radius"
        process "case" {
          image   = "${local.system32}HOSTNAME.EXE"
          command = "hostname"
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_01.txt"
          content = inert("all were started")
        }
      }
    }
    group {
      when = host.kind == "exchange"
      # Seen: the wrapper of a copier is no backup.
      process "parent" {
        extends = template.administrator_prompt
        user    = "CARRIER\\svc_mediation"
        process "case" {
          extends = template.wrapper
          with    = { of = "robocopy.exe", line = "robocopy.exe D:\\Plans E:\\Plans /mir" }
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
          content = inert("all were started")
        }
      }
      # Not seen: a question to the backup, a start from the desktop, and one by the
      # wrapper of a prompt.
      process "parent_backup" {
        extends = template.administrator_prompt
        user    = "CARRIER\\svc_radius"
        process "case" {
          image   = "${local.system32}wbadmin.exe"
          command = "wbadmin get versions"
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_01.txt"
          content = inert("all were started")
        }
      }
      process "parent_desktop" {
        image    = local.desktop
        command  = "C:\\Windows\\Explorer.EXE"
        user     = "CARRIER\\svc_radius"
        resident = true
        process "case" {
          image   = "${local.system32}HOSTNAME.EXE"
          command = "hostname"
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_02.txt"
          content = inert("all were started")
        }
      }
      process "parent_wrapper" {
        extends  = template.wrapper
        with     = { of = "cmd.exe", line = "cmd.exe" }
        user     = "CARRIER\\svc_radius"
        resident = true
        process "case" {
          image   = "${local.system32}HOSTNAME.EXE"
          command = "hostname"
        }
        write {
          path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_03.txt"
          content = inert("all were started")
        }
      }
    }
  }

  group {
    when = arg.of == "web_shells"
    process "parent" {
      image    = "${local.system32}inetsrv\\w3wp.exe"
      command  = "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"DefaultAppPool\""
      user     = host.accounts.service
      resident = true
      process "case" {
        for_each = [
          # Seen: each shell by name and by version resource.
          ["C:\\Windows\\SysWOW64\\cmd.exe", "cmd.exe /c ver"],
          ["C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0\\powershell.exe", "powershell.exe -Command Get-Date"],
        ]
        extends = template.known_by_name
        with    = { image = each.value[0], line = each.value[1] }
      }
      process "case" {
        extends = template.unversioned
        with    = { image = "C:\\Program Files\\PowerShell\\7\\pwsh.exe", line = "pwsh.exe -Command Get-Date" }
      }
      process "case" {
        for_each = [
          ["C:\\Windows\\Temp\\c.exe", "c.exe /c ver", "Cmd.Exe"],
          ["C:\\Windows\\Temp\\p.exe", "p.exe -Command Get-Date", "PowerShell.EXE"],
          ["C:\\Windows\\Temp\\ps.exe", "ps.exe -Command Get-Date", "pwsh.dll"],
        ]
        extends = template.renamed
        with    = { image = each.value[0], line = each.value[1], original = each.value[2] }
      }
      # Not seen: the wrapper.
      process "case" {
        extends = template.wrapper
        with    = { of = "cmd.exe", line = "cmd.exe /c ver" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_00.txt"
        content = inert("all were started")
      }
    }
    # Not seen: below the wrapper of a worker.
    process "parent" {
      extends  = template.wrapper
      with     = { of = "w3wp.exe", line = "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"DefaultAppPool\"" }
      user     = host.accounts.service
      resident = true
      process "case" {
        extends = template.known_by_name
        with    = { image = "C:\\Windows\\SysWOW64\\cmd.exe", line = "cmd.exe /c ver" }
      }
      write {
        path    = "C:\\Windows\\Logs\\Cases\\${arg.of}_01.txt"
        content = inert("all were started")
      }
    }
  }
}

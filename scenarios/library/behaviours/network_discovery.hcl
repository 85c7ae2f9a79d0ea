behaviour "network_discovery" {
  attack    = ["T1016", "T1049"]
  actors    = ["soft_cell", "naikon", "emissary_panda"]
  platform  = windows
  hosts     = ["workstation", "domain_controller", "exchange"]
  phase     = discovery
  summary   = "a batch file starts stand-ins that show addresses, interfaces, NetBIOS names, connections and shares; the answers are synthetic"
  footprint = "a batch file, five programs of Windows below its cmd.exe, a file of answers"
  undo      = "delete the batch file and the answers"
  source    = "ATT&CK v18.1 G0093 T1016 (ipconfig /all) and T1049 (netstat -oan), G0019 T1016 (netsh interface show), G0027 T1049 (net use, netstat)"

  argument "asks" {
    type    = list
    doc     = "what is asked"
    one_of  = ["addresses", "interfaces", "names", "connections", "shares"]
    default = ["addresses", "interfaces", "names", "connections", "shares"]
  }

  argument "folder" {
    doc     = "where the batch file and the answers lie"
    one_of  = ["intel", "perflogs", "temp"]
    default = "intel"
  }

  locals {
    folder  = local.survey_folders[arg.folder]
    answers = "${local.folder}n.txt"
    questions = [
      { word = "addresses", program = "ipconfig.exe", line = "ipconfig /all", answer = "   IPv4 Address. . . : 192.0.2.17" },
      { word = "interfaces", program = "netsh.exe", line = "netsh interface show interface", answer = "Enabled  Connected  Dedicated  Ethernet0" },
      { word = "names", program = "nbtstat.exe", line = "nbtstat -n", answer = "${host.hostname}  <00>  UNIQUE  Registered" },
      { word = "connections", program = "NETSTAT.EXE", line = "netstat -oan", answer = "  TCP  192.0.2.17:50122  192.0.2.10:445  ESTABLISHED  4" },
      { word = "shares", program = "net.exe", line = "net use", answer = "OK  Z:  \\\\FILE01\\home" },
    ]
  }

  # The redirection stays inside the batch file, where no command line shows it; no shell
  # reads it here, and writing the answers is an act of cmd.exe itself.
  process "desktop" {
    extends = template.desktop
    write {
      path    = "${local.folder}n.bat"
      content = "rem ${local.marker}\r\n"
      proven  = false
    }
    process "batch" {
      image   = "${local.system32}cmd.exe"
      command = "C:\\Windows\\system32\\cmd.exe /c \"\"${local.folder}n.bat\"\""
      folder  = trimsuffix(local.folder, "\\")
      write {
        path    = local.answers
        content = inert("answers")
      }
      group {
        for_each = [for question in local.questions : question if contains(arg.asks, question.word)]
        process "question" {
          image   = "${local.system32}${each.value.program}"
          command = each.value.line
          folder  = trimsuffix(local.folder, "\\")
        }
        append {
          path    = local.answers
          content = "${each.value.answer}\n"
        }
      }
    }
  }
}

behaviour "security_software_discovery" {
  attack    = ["T1518.001", "T1047"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = discovery
  summary   = "a batch file starts stand-ins that list firewall rules and ask for antivirus products; the answer names a product that nobody makes"
  footprint = "a batch file, netsh.exe and WMIC.exe below its cmd.exe, a file of answers"
  undo      = "delete the batch file and the answers"
  source    = "ATT&CK v18.1 G0019 T1518.001 (netsh advfirewall firewall; Kaspersky 2015), T1047 (WMIC.exe); asking for antivirus by WMIC is a variant of ours"

  argument "asks" {
    type    = list
    doc     = "what is asked"
    one_of  = ["firewall_rules", "firewall_state", "antivirus"]
    default = ["firewall_rules", "firewall_state", "antivirus"]
  }

  argument "folder" {
    doc     = "where the batch file and the answers lie"
    one_of  = ["intel", "perflogs", "temp"]
    default = "intel"
  }

  argument "format" {
    doc     = "how WMIC.exe is to write its answer"
    one_of  = ["value", "list"]
    default = "value"
  }

  locals {
    folder  = local.survey_folders[arg.folder]
    answers = "${local.folder}s.txt"
    questions = [
      { word = "firewall_rules", program = "netsh.exe", line = "netsh advfirewall firewall show rule name=all", answer = "Rule Name: Standin Endpoint" },
      { word = "firewall_state", program = "netsh.exe", line = "netsh firewall show state", answer = "Operational mode = Enable" },
      { word = "antivirus", program = "wbem\\WMIC.exe", line = "wmic /namespace:\\\\root\\SecurityCenter2 path AntiVirusProduct get displayName ${ { value = "/value", list = "/format:list" }[arg.format]}", answer = "displayName=Standin Endpoint" },
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

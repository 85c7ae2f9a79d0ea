behaviour "registry_query" {
  attack    = ["T1012"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["workstation", "exchange"]
  phase     = discovery
  summary   = "a batch file starts stand-ins of reg.exe for autostart entries, remembered servers and the system's language; the answers are synthetic"
  footprint = "a batch file, reg.exe below its cmd.exe, a file of answers; reading leaves no record of the registry's"
  undo      = "delete the batch file and the answers"
  source    = "ATT&CK v18.1 G0027 T1012 (a tool reads stored registry values); reg.exe is a variant of ours"

  argument "keys" {
    type    = list
    doc     = "what is read"
    one_of  = ["autostart", "servers", "language"]
    default = ["autostart", "servers", "language"]
  }

  argument "folder" {
    doc     = "where the batch file and the answers lie"
    one_of  = ["intel", "perflogs", "temp"]
    default = "intel"
  }

  locals {
    folder  = local.survey_folders[arg.folder]
    answers = "${local.folder}q.txt"
    questions = [
      { word = "autostart", program = "reg.exe", line = "reg query \"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\"", answer = "    Standin  REG_SZ  \"C:\\Program Files\\Standin\\standin.exe\"" },
      { word = "servers", program = "reg.exe", line = "reg query \"HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers\" /s", answer = "    UsernameHint  REG_SZ  CARRIER\\standin01" },
      { word = "language", program = "reg.exe", line = "reg query \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language\" /v Default", answer = "    Default  REG_SZ  041e" },
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
        for_each = [for question in local.questions : question if contains(arg.keys, question.word)]
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

behaviour "account_discovery" {
  attack    = ["T1033", "T1049", "T1087.001", "T1087.002", "T1069.001"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = discovery
  summary   = "a batch file below the worker of Outlook on the web starts stand-ins that ask who is logged on and which accounts there are; the answers are synthetic"
  footprint = "a batch file in PerfLogs, cmd.exe below w3wp.exe, whoami, query, quser, net and net1 below it, a file of answers"
  undo      = "delete the batch file and the answers"
  source    = "ATT&CK v18.1 G0093 T1033 (whoami, query user), G0027 T1033 (whoami), T1049 (quser), T1087.001 (net user); Cybereason 2019, 2021"

  argument "asks" {
    type    = list
    doc     = "what is asked"
    one_of  = ["whoami", "query_user", "net_user", "net_localgroup"]
    default = ["whoami", "query_user", "net_user", "net_localgroup"]
  }
  argument "folder" {
    doc     = "where the batch file and the answers lie"
    one_of  = ["perflogs", "intel", "temp"]
    default = "perflogs"
  }

  locals {
    folder  = local.survey_folders[arg.folder]
    answers = "${local.folder}d.txt"
  }

  # A batch file stands between worker and tools: rules that look at a web server's own
  # children then see cmd.exe only. No shell reads it here, and a redirection in it is an
  # act of cmd.exe itself.
  process "worker" {
    extends = template.exchange_worker
    write {
      path    = "${local.folder}d.bat"
      content = "rem ${local.marker}\r\n"
      proven  = false
    }
    process "batch" {
      image   = "${local.system32}cmd.exe"
      command = "\"C:\\Windows\\System32\\cmd.exe\" /c ${local.folder}d.bat"
      write {
        path    = local.answers
        content = inert("answers")
      }
      group {
        when = contains(arg.asks, "whoami")
        process "whoami" {
          image   = "${local.system32}whoami.exe"
          command = "whoami"
        }
        append {
          path    = local.answers
          content = "nt authority\\system\n"
        }
      }
      group {
        when = contains(arg.asks, "query_user")
        process "query" {
          image   = "${local.system32}query.exe"
          command = "query user"
          process "quser" {
            image   = "${local.system32}quser.exe"
            command = "\"C:\\Windows\\system32\\quser.exe\""
          }
        }
        append {
          path    = local.answers
          content = " standin01  console  1  Active\n"
        }
      }
      group {
        when = contains(arg.asks, "net_user")
        process "net" {
          extends = template.net_command
          with    = { arguments = "user /domain" }
        }
        append {
          path    = local.answers
          content = "standin01 standin02\n"
        }
      }
      group {
        when = contains(arg.asks, "net_localgroup")
        process "net" {
          extends = template.net_command
          with    = { arguments = "localgroup administrators" }
        }
        append {
          path    = local.answers
          content = "standin01\n"
        }
      }
    }
  }
}

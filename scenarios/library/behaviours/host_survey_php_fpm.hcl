behaviour "host_survey_php_fpm" {
  attack    = ["T1033", "T1016", "T1049", "T1082", "T1087.001"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["web"]
  phase     = discovery
  summary   = "a php-fpm worker behind nginx starts id, uname, hostname, ss and cat through a shell; all are stand-ins, and the answers are synthetic"
  footprint = "a shell and five programs below php-fpm, a file of answers in /tmp"
  undo      = "remove the file of answers"
  source    = "ATT&CK v18.1 G0093 and G0027 list T1033, T1049 and T1016 (Windows commands); Linux commands by analogy"

  argument "shells" {
    doc     = "one shell for all questions, or one for each"
    one_of  = ["one", "each"]
    default = "one"
  }

  argument "name" {
    doc     = "the name of the file of answers in /tmp"
    like    = "php*"
    default = "phpR4x2Qa"
  }

  locals {
    questions = [
      { image = "/usr/bin/id", line = "id", answer = "uid=33(www-data) gid=33(www-data) groups=33(www-data)" },
      { image = "/usr/bin/uname", line = "uname -a", answer = "Linux standin 5.10.0 x86_64 GNU/Linux" },
      { image = "/usr/bin/hostname", line = "hostname", answer = "standin" },
      { image = "/usr/bin/ss", line = "ss -tnp", answer = "ESTAB 0 0 192.0.2.20:443 198.51.100.23:50122" },
      { image = "/usr/bin/cat", line = "cat /etc/passwd /etc/hosts", answer = "standin:x:1000:1000::/home/standin:/bin/bash" },
    ]
  }

  # nginx is left out of it: it hands requests on and starts nothing. The worker itself
  # writes what the shell's pipe gave it.
  process "worker" {
    extends = template.php_worker
    process "shell" {
      when    = arg.shells == "one"
      extends = template.shell_line
      with    = { line = join(";", [for question in local.questions : question.line]) }
      process "tool" {
        for_each = local.questions
        image    = each.value.image
        command  = each.value.line
      }
    }
    process "shell_each" {
      for_each = arg.shells == "each" ? local.questions : []
      extends  = template.shell_line
      with     = { line = each.value.line }
      process "tool" {
        image   = each.value.image
        command = each.value.line
      }
    }
    write {
      path    = "/tmp/${arg.name}"
      content = "${inert("answers")}${join("", [for question in local.questions : "${question.answer}\n"])}"
    }
  }

  process "request" {
    extends = template.web_request
    with    = { method = "POST", path = "/assets/js/locale_th.php" }
  }
}

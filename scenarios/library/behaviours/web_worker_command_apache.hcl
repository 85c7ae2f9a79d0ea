behaviour "web_worker_command_apache" {
  attack    = ["T1505.003", "T1033", "T1082"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["web"]
  phase     = persistence
  summary   = "an Apache worker starts whoami, uname and cat by itself, and id through a shell; all are stand-ins that do nothing"
  footprint = "the programs below apache2, a line in the access log"
  undo      = "put the access log back; nothing else stays"
  source    = "ATT&CK v18.1 G0093 T1505.003 and G0027 T1505.003; the Linux shape is by analogy"

  argument "shell" {
    doc     = "which commands go through a shell; dash then stays their parent"
    one_of  = ["last", "all"]
    default = "last"
  }

  locals {
    commands = [
      { image = "/usr/bin/whoami", line = "whoami" },
      { image = "/usr/bin/uname", line = "uname -a" },
      { image = "/usr/bin/cat", line = "cat /etc/hosts" },
    ]
  }

  process "worker" {
    image    = local.web_servers.apache.worker
    command  = local.web_servers.apache.worker_title
    user     = host.accounts.service
    folder   = "${local.portal}assets/js"
    resident = true
    process "command" {
      for_each = arg.shell == "last" ? local.commands : []
      image    = each.value.image
      command  = each.value.line
    }
    process "shell" {
      for_each = concat(arg.shell == "all" ? local.commands : [], [{ image = "/usr/bin/id", line = "id" }])
      extends  = template.shell_line
      with     = { line = each.value.line }
      process "command" {
        image   = each.value.image
        command = each.value.line
      }
    }
  }

  # What proves it is the request's line in the access log: that the worker's children ran
  # is what the sensor sees, and nothing of them stays.
  process "request" {
    extends = template.access_record
    with    = { server = "apache", method = "POST", path = "/assets/js/locale_th.php", proven = true }
  }
}

behaviour "share_disconnect" {
  attack    = ["T1070.005"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation"]
  phase     = erasure
  summary   = "a stand-in of net.exe drops a connection to the mail server's administrative share; the connection is a line in a synthetic table"
  footprint = "net.exe started; a line in the table of sessions; 4634 in Security, declared"
  undo      = "take the line out of the table"
  source    = "ATT&CK v18.1 G0027 T1070.005 (shares detached after the data was taken; Secureworks 2017)"

  argument "what" {
    doc     = "one connection by its name, or all"
    one_of  = ["mail_server", "all"]
    default = "mail_server"
  }

  argument "form" {
    doc     = "how the switch is written"
    one_of  = ["long", "short"]
    default = "long"
  }

  locals {
    what = { mail_server = "\\\\MAIL01\\c$", all = "*" }[arg.what]
    form = { long = "/delete", short = "/d" }[arg.form]
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "net" {
      image   = "${local.system32}net.exe"
      command = "net use ${local.what} ${local.form} /y"
    }
  }
  # The workstation service ends the session: net.exe asks it to.
  process "workstation" {
    image    = "${local.system32}svchost.exe"
    command  = "C:\\Windows\\system32\\svchost.exe -k NetworkService -p -s LanmanWorkstation"
    user     = local.network_service
    resident = true
    session {
      ended   = true
      type    = "3"
      account = "svc_exch"
    }
  }
}

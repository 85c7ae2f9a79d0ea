behaviour "web_worker_shell_spawn" {
  attack    = ["T1505.003", "T1059.003", "T1033"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = windows
  hosts     = ["iis"]
  phase     = persistence
  summary   = "a site's worker process starts a stand-in of the command shell, in the frame that a web shell's client puts around a command, and that one of whoami.exe"
  footprint = "cmd.exe below w3wp.exe, whoami.exe below cmd.exe; the request's line in the site's log"
  undo      = "take the line out of the site's log"
  source    = "ATT&CK v18.1 S0020 used by G0093 and G0027, T1505.003, T1059.003; Cybereason, DeadRinger, 2021"

  argument "page" {
    doc     = "the page that the request in the site's log names"
    like    = "*.aspx"
    default = "index.aspx"
  }

  # The request is in the site's log: a process that only starts changes nothing that could
  # be proven apart from the sensor.
  process "worker" {
    extends = template.site_worker
    append {
      path    = "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log"
      content = "2021-03-02 18:40:12 192.0.2.20 POST /images/${arg.page} - 80 - 198.51.100.7 ringer 200 0 0 31\n"
    }
    process "shell" {
      image   = "${local.system32}cmd.exe"
      command = "\"cmd\" /c cd /d \"C:\\inetpub\\wwwroot\\\"&whoami&echo [S]&cd&echo [E]"
      folder  = "C:\\Windows\\System32\\inetsrv"
      process "whoami" {
        image   = "${local.system32}whoami.exe"
        command = "whoami"
        folder  = "C:\\inetpub\\wwwroot"
      }
    }
  }
}

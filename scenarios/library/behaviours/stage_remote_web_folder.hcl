behaviour "stage_remote_web_folder" {
  attack    = ["T1074.002", "T1021.002"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = staging
  summary   = "bring parts of an archive in name only over the administrative share into folders that the mail server serves, one as a picture; one asset stands for both ends"
  footprint = "net.exe, cmd.exe and robocopy.exe with the share's name; 5140 and 5145 in Security; two files written by the kernel's file server"
  undo      = "put the picture back, delete the part and what stands for the share"
  source    = "ATT&CK v18.1 G0027 T1074.002 (staged archives moved to internet-facing servers that carried a web shell; Secureworks 2017); Cybereason 2021 (OWA)"

  argument "parts" {
    doc     = "the part that becomes a picture, the one that keeps its name, or both"
    one_of  = ["picture", "archive", "both"]
    default = "both"
  }

  locals {
    folder  = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\15.1.2106\\themes\\resources\\"
    picture = { from = "C:\\PerfLogs\\c.part1.rar", to = "C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0.gif" }
    archive = { from = "C:\\PerfLogs\\c.part2.rar", to = "${local.folder}c.part2.rar" }
    parts   = { picture = [local.picture], archive = [local.archive], both = [local.picture, local.archive] }[arg.parts]
    # A file of the host's drive as the client names it.
    share = "\\\\${host.hostname}\\c$"
  }

  given {
    for_each = local.parts
    path     = each.value.from
    content  = inert("part of an archive without files: ${base_name(each.value.from)}")
  }

  # Each part is written twice, as one act on the share is two in the logs: the client's,
  # and that of the kernel on the server. One asset stands for both ends.
  process "prompt" {
    extends = template.administrator_prompt
    process "net" {
      image   = "${local.system32}net.exe"
      command = "net use ${local.share} /user:${local.domain_short}\\${account_name(host.accounts.admin)} Standin#1"
    }
    process "copy" {
      when    = arg.parts != "archive"
      image   = "${local.system32}cmd.exe"
      command = "cmd.exe /c copy /y ${local.picture.from} ${share_path(host.hostname, "c$", substr(local.picture.to, 3, -1))}"
      copy {
        from   = local.picture.from
        to     = share_path(host.hostname, "c$", substr(local.picture.to, 3, -1))
        proven = false
      }
    }
    process "robocopy" {
      when    = arg.parts != "picture"
      image   = "${local.system32}Robocopy.exe"
      command = "robocopy C:\\PerfLogs \"${local.share}${trimsuffix(substr(local.folder, 2, -1), "\\")}\" c.part2.rar"
      copy {
        from   = local.archive.from
        to     = share_path(host.hostname, "c$", substr(local.archive.to, 3, -1))
        proven = false
      }
    }
  }
  # The file server in the kernel has no program file.
  process "kernel" {
    extends = template.kernel
    copy {
      for_each = local.parts
      from     = each.value.from
      to       = each.value.to
    }
  }
}

behaviour "stage_recycle_bin" {
  attack    = ["T1074.001"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation"]
  phase     = staging
  summary   = "move copies of exported call records into the genuine recycle bin, below a SID that owns nothing there"
  footprint = "records in C:\\$Recycle.Bin without the $I and $R pair of a true deletion; cmd.exe started twice"
  undo      = "delete the records there, and the folder they came from"
  source    = "ATT&CK v18.1 G0093 T1074.001 (multi-part archives staged in the recycle bin); Cybereason, 2019"

  argument "folder" {
    doc     = "the folder of ProgramData where they are gathered first"
    like    = "*"
    default = "Oracle"
  }

  locals {
    gathered = "C:\\ProgramData\\${arg.folder}\\"
    bin      = "C:\\$Recycle.Bin\\S-1-5-18\\"
    from     = [for file in host.files : file if startswith(file, local.exported_records)]
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "copy" {
      image   = "${local.system32}cmd.exe"
      command = "cmd.exe /c copy C:\\Exports\\cdr_2021*.csv ${local.gathered}"
      copy {
        for_each = local.from
        from     = each.value
        to       = "${local.gathered}${base_name(each.value)}"
        proven   = false
      }
    }
    # They are renamed within one volume, which Sysmon's file events do not report.
    process "move" {
      image   = "${local.system32}cmd.exe"
      command = "cmd.exe /c move ${local.gathered}cdr_2021*.csv ${local.bin}"
      move {
        for_each = local.from
        from     = "${local.gathered}${base_name(each.value)}"
        to       = "${local.bin}${base_name(each.value)}"
        proven   = false
      }
    }
  }

  prove {
    same_as {
      for_each = local.from
      path     = "${local.bin}${base_name(each.value)}"
      as       = each.value
    }
  }
}

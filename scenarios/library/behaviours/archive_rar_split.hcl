behaviour "archive_rar_split" {
  attack    = ["T1560.001", "T1030", "T1074.001"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation"]
  phase     = collection
  summary   = "a packer brought along puts exported call records into numbered parts; the password is on its command line only"
  footprint = "rar.exe dropped in PerfLogs and started by a batch file's cmd.exe; archive parts in ringer's own format"
  undo      = "delete the packer and the parts"
  source    = "ATT&CK v18.1 G0093 T1560.001 and T1074.001 (WinRAR, multi-part archives in the recycle bin), G0027 T1030 (RAR files split into parts); Cybereason, 2019 and 2021"

  argument "folder" {
    doc     = "where the parts go"
    one_of  = ["recycle_bin", "perflogs", "programdata"]
    default = "recycle_bin"
  }

  argument "parts" {
    type    = number
    doc     = "how many parts"
    min     = 2
    max     = 6
    default = 2
  }

  locals {
    folder = {
      recycle_bin = "C:\\$Recycle.Bin\\S-1-5-18\\"
      perflogs    = "C:\\PerfLogs\\"
      programdata = "C:\\ProgramData\\Oracle\\"
    }[arg.folder]
    from   = [for file in host.files : file if startswith(file, local.exported_records)]
    packer = "C:\\PerfLogs\\rar.exe"
    # RAR names the parts so.
    parts = [for number in range(arg.parts) : "${local.folder}c.part${number + 1}.rar"]
  }

  process "prompt" {
    extends = template.administrator_prompt
    write {
      path    = local.packer
      content = "${program(version_of("rar.exe"))}${local.brought_along}"
      mode    = "0755"
      proven  = false
    }
    process "batch" {
      image   = "${local.system32}cmd.exe"
      command = "C:\\Windows\\system32\\cmd.exe /c \"\"C:\\PerfLogs\\a.bat\"\""
      folder  = "C:\\PerfLogs"
      process "rar" {
        image   = local.packer
        command = "rar.exe a -r -y -m5 -v200m -hpStandin#1 ${local.folder}c.rar C:\\Exports\\*.csv"
        pack {
          into   = "${local.folder}c.rar"
          from   = local.from
          pieces = local.parts
        }
      }
    }
  }

  prove {
    holds {
      path    = local.packer
      content = "${program(version_of("rar.exe"))}${local.brought_along}"
    }
  }
}

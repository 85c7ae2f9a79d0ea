behaviour "stage_system_folders" {
  attack    = ["T1074.001"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = windows
  hosts     = ["workstation", "domain_controller", "exchange"]
  phase     = staging
  summary   = "copy exported call records to folders that staging favours: PerfLogs, Windows\\Temp, a vendor-like folder of ProgramData"
  footprint = "copies of the records, written by cmd.exe and xcopy.exe"
  undo      = "delete the copies and the folders made"
  source    = "ATT&CK v18.1 G0027 T1074.001 (encrypted archives staged locally), G0093 T1074.001; the folders are a variant of ours"

  argument "folders" {
    type    = list
    doc     = "where the records are gathered"
    one_of  = ["perflogs", "windows_temp", "programdata"]
    default = ["perflogs", "windows_temp", "programdata"]
  }

  locals {
    from = [for file in host.files : file if startswith(file, local.exported_records)]
    # cmd.exe copies by itself, and xcopy.exe where the folder has to be made.
    stages = [
      { word = "perflogs", program = "cmd.exe", line = "cmd.exe /c copy C:\\Exports\\cdr_2021*.csv C:\\PerfLogs\\", folder = "C:\\PerfLogs\\" },
      { word = "windows_temp", program = "xcopy.exe", line = "xcopy C:\\Exports\\cdr_2021*.csv C:\\Windows\\Temp\\wct1\\ /i /y", folder = "C:\\Windows\\Temp\\wct1\\" },
      { word = "programdata", program = "cmd.exe", line = "cmd.exe /c copy C:\\Exports\\cdr_2021*.csv C:\\ProgramData\\Intel\\Package\\", folder = "C:\\ProgramData\\Intel\\Package\\" },
    ]
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "copier" {
      for_each = [for stage in local.stages : stage if contains(arg.folders, stage.word)]
      image    = "${local.system32}${each.value.program}"
      command  = each.value.line
      dynamic "copy" {
        for_each = [for file in local.from : { from = file, to = "${each.value.folder}${base_name(file)}" }]
        iterator = file
        content {
          from = file.value.from
          to   = file.value.to
        }
      }
    }
  }
}

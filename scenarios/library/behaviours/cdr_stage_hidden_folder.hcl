behaviour "cdr_stage_hidden_folder" {
  attack    = ["T1074.001"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["billing"]
  phase     = staging
  summary   = "copy call records from mediation's output into a folder where nobody looks"
  footprint = "mkdir and cp started from the mediation account's shell; the folder and the copies"
  undo      = "remove the folders"
  source    = "ATT&CK v18.1 G0093 T1074.001 and G0027 T1074.001, on Windows; Cybereason 2021: billing servers with call records"

  argument "folder" {
    doc     = "where the copies go; hidden takes a folder each below /var/tmp, /tmp and /dev/shm"
    one_of  = ["hidden", "font_unix", "ice_cache", "pulse_shm", "plain", "user_cache"]
    default = "hidden"
  }

  argument "files" {
    type    = number
    doc     = "how many records"
    min     = 1
    max     = 8
    default = 3
  }

  locals {
    folders = arg.folder == "hidden" ? [for name in ["font_unix", "ice_cache", "pulse_shm"] : local.staging_folders[name]] : [local.staging_folders[arg.folder]]
    records = slice([for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_")], 0, arg.files)
  }

  process "login" {
    extends = template.login_shell
    user    = host.accounts.service
    folder  = local.homes[host.accounts.service]

    process "mkdir" {
      for_each = local.folders
      image    = "/usr/bin/mkdir"
      command  = "mkdir -p ${each.value}"
      folder {
        path   = each.value
        proven = false
      }
    }
    # The records are dealt out to the folders in turn.
    process "cp" {
      for_each = [for number, record in local.records : { record = record, folder = "${local.folders[number % length(local.folders)]}/" }]
      image    = "/usr/bin/cp"
      command  = "cp -p ${each.value.record} ${each.value.folder}"
      copy {
        from       = each.value.record
        to         = "${each.value.folder}${base_name(each.value.record)}"
        keep_times = true
      }
    }
  }
}

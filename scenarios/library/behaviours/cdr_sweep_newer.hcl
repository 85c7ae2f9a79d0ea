behaviour "cdr_sweep_newer" {
  attack    = ["T1119"]
  actors    = ["emissary_panda", "soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = collection
  summary   = "collect the call records newer than a stamp file, and list those that hold numbers of interest"
  footprint = "touch, find with cp below it, and grep started from the mediation account's shell; copies, stamp and lists in a folder"
  undo      = "remove the folder, or what was added to it"
  source    = "ATT&CK v18.1 G0027 T1119, on Windows; for G0093 by analogy: Cybereason 2021, call records of chosen persons"

  argument "folder" {
    doc     = "where the copies go"
    one_of  = ["font_unix", "ice_cache", "pulse_shm", "plain", "user_cache"]
    default = "font_unix"
  }
  argument "find" {
    type    = bool
    doc     = "collect with find"
    default = true
  }

  locals {
    folder = local.staging_folders[arg.folder]
    stamp  = "${local.folder}/.stamp"
    list   = "${local.folder}/n.txt"
    hits   = "${local.folder}/hits.txt"
    old    = [for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_20210701")]
    fresh  = [for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_20210702")]
    # What grep finds.
    found = [for file in concat(local.old, local.fresh) : file
    if anytrue([for number in local.numbers_of_interest : strcontains(file_content(file), number)])]
    # The last record of the first day gives the stamp its time, so that what find gives
    # does not hang on the hour of the run.
    last = local.old[length(local.old) - 1]
  }

  process "login" {
    extends = template.login_shell
    user    = host.accounts.service
    folder  = local.homes[host.accounts.service]

    process "mkdir" {
      image   = "/usr/bin/mkdir"
      command = "mkdir -p ${local.folder}"
      folder { path = local.folder }
    }
    write {
      path    = local.list
      content = inert_comment(join("\n", local.numbers_of_interest))
      proven  = false
    }
    process "touch" {
      image   = "/usr/bin/touch"
      command = "touch -r ${local.last} ${local.stamp}"
      append {
        path    = local.stamp
        content = inert_comment("")
        proven  = false
      }
      times {
        path   = local.stamp
        like   = local.last
        proven = false
      }
    }
    process "find" {
      when    = arg.find
      image   = "/usr/bin/find"
      command = "find ${local.call_record_folder} -newer ${local.stamp} -name *.cdr -exec cp -t ${local.folder} {} +"
      process "cp" {
        image = "/usr/bin/cp"
        argv  = concat(["cp", "-t", local.folder], local.fresh)
        copy {
          for_each = local.fresh
          from     = each.value
          to       = "${local.folder}/${base_name(each.value)}"
          proven   = false
        }
      }
    }
    write {
      path    = local.hits
      content = inert_comment(join("\n", local.found))
    }
    process "grep" {
      image   = "/usr/bin/grep"
      command = "grep -rlF -f ${local.list} ${local.call_record_folder}"
    }
    process "touch_again" {
      image   = "/usr/bin/touch"
      command = "touch ${local.stamp}"
      append {
        path    = local.stamp
        content = inert_comment("")
        proven  = false
      }
    }
  }

  prove {
    same_as {
      for_each = arg.find ? local.fresh : []
      path     = "${local.folder}/${base_name(each.value)}"
      as       = each.value
    }
  }
}

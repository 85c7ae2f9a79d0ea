behaviour "cdr_archive_split" {
  attack    = ["T1560.001", "T1030"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["billing"]
  phase     = staging
  summary   = "pack call records, encrypt the archive in name only, and cut it into pieces"
  footprint = "a packer, openssl and split started from the mediation account's shell; archive and pieces in a staging folder"
  undo      = "remove the staging folder, or what was added to it"
  source    = "ATT&CK v18.1 G0093 T1560.001 (multi-part WinRAR) and G0027 T1030, on Windows; the Linux tools are by analogy"

  argument "packer" {
    doc     = "what packs the records"
    one_of  = ["tar", "tar_bundled", "zip", "gzip"]
    default = "tar"
  }

  argument "folder" {
    doc     = "where the archive goes"
    one_of  = ["font_unix", "ice_cache", "pulse_shm", "plain", "user_cache"]
    default = "font_unix"
  }

  argument "pieces" {
    type    = number
    doc     = "how many pieces"
    min     = 2
    max     = 4
    default = 2
  }

  locals {
    folder  = local.staging_folders[arg.folder]
    from    = [for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_")]
    archive = "${local.folder}/${ { tar = "a.tgz", tar_bundled = "a.tgz", zip = "b.zip", gzip = "a.tar.gz" }[arg.packer]}"
    sealed  = "${local.folder}/a.bin"
    pieces  = [for number in range(arg.pieces) : "${local.folder}/p.${format("%02d", number)}"]
  }

  process "login" {
    extends = template.login_shell
    user    = host.accounts.service
    folder  = "/srv/mediation"

    process "mkdir" {
      image   = "/usr/bin/mkdir"
      command = "mkdir -p ${local.folder}"
      folder { path = local.folder }
    }

    # Old-style tar writes its options without a dash, and gzip keeps its source: both are
    # what rules on these tools tell apart.
    process "tar" {
      when    = contains(["tar", "tar_bundled"], arg.packer)
      image   = "/usr/bin/tar"
      command = "tar ${arg.packer == "tar" ? "-czf" : "czf"} ${local.archive} -C ${local.call_record_folder} ."
      pack {
        into = local.archive
        from = local.from
      }
    }
    process "zip" {
      when    = arg.packer == "zip"
      image   = "/usr/bin/zip"
      command = "zip -q -r -P marker ${local.archive} ${local.call_record_folder}"
      pack {
        into = local.archive
        from = local.from
      }
    }
    group {
      when = arg.packer == "gzip"
      process "tar" {
        image   = "/usr/bin/tar"
        command = "tar -cf ${local.folder}/a.tar -C ${local.call_record_folder} ."
        pack {
          into   = "${local.folder}/a.tar"
          from   = local.from
          proven = false
        }
      }
      process "gzip" {
        image   = "/usr/bin/gzip"
        command = "gzip -k ${local.folder}/a.tar"
        copy {
          from   = "${local.folder}/a.tar"
          to     = local.archive
          proven = false
        }
      }
    }

    process "openssl" {
      image   = "/usr/bin/openssl"
      command = "openssl enc -aes-256-cbc -pbkdf2 -pass file:${local.folder}/k -in ${local.archive} -out ${local.sealed}"
      copy {
        from   = local.archive
        to     = local.sealed
        proven = false
      }
    }
    # The pieces are cut from the packed records themselves, so that, joined, they can be
    # compared with their sources: the encryption is a name only.
    process "split" {
      image   = "/usr/bin/split"
      command = "split -b 50m -d ${local.sealed} ${local.folder}/p."
      pack {
        into   = local.sealed
        from   = local.from
        pieces = local.pieces
      }
    }
  }

  prove {
    only = true
    packs {
      pieces = [local.archive]
      from   = local.from
    }
    packs {
      pieces = local.pieces
      from   = local.from
    }
  }
}

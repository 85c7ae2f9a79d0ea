behaviour "archive_tool_variants" {
  attack    = ["T1560.001", "T1036.003"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = collection
  summary   = "two more packers brought along: RAR under another name with a list of files, and 7-Zip that packs a copied mailbox file and deletes it; the passwords are on their command lines only"
  footprint = "a program with RAR's version resource and another name, 7za.exe, archives in ringer's own format, a deleted copy"
  undo      = "delete both packers, the list, the archives and their folders"
  source    = "ATT&CK v18.1 G0093 T1560.001 (WinRAR) and T1036.003 (renamed utility, reported for cmd.exe); Cybereason 2019, 2021. The new name and 7-Zip are variants of ours."

  argument "tool" {
    doc     = "which of the two packers"
    one_of  = ["rar", "7zip", "both"]
    default = "both"
  }

  argument "name" {
    doc     = "the name that RAR goes by"
    like    = "*.exe"
    default = "svcupd.exe"
  }

  argument "archive" {
    doc     = "the name of RAR's archive"
    like    = "*"
    default = "upd1.dat"
  }

  locals {
    folder  = "C:\\ProgramData\\Oracle"
    from    = [for file in host.files : file if startswith(file, local.exported_records)]
    mail    = "C:\\ProgramData\\pst"
    mailbox = "${local.mail}\\standin01.pst"
    older   = "C:\\Export\\2020\\standin01.pst"
  }

  process "prompt" {
    extends = template.administrator_prompt
    # RAR's input is named in a list file, so that no folder stands on the command line,
    # and the archive has another extension.
    group {
      when = arg.tool != "7zip"
      write {
        path    = "${local.folder}\\${arg.name}"
        content = "${program(version_of("rar.exe"))}${local.brought_along}"
        mode    = "0755"
        proven  = false
      }
      write {
        path    = "${local.folder}\\list.txt"
        content = inert(join("\r\n", local.from))
        proven  = false
      }
      process "rar" {
        image   = "${local.folder}\\${arg.name}"
        command = "${arg.name} a -r -m3 -hpStandin#1 ${arg.archive} @list.txt"
        folder  = local.folder
        pack {
          into   = "${local.folder}\\${arg.archive}"
          from   = local.from
          proven = false
        }
      }
      prove {
        packs {
          pieces = ["${local.folder}\\${arg.archive}"]
          from   = local.from
        }
        holds {
          path    = "${local.folder}\\list.txt"
          content = inert(join("\r\n", local.from))
        }
      }
    }
    group {
      when = arg.tool != "rar"
      copy {
        from   = local.older
        to     = local.mailbox
        proven = false
      }
      write {
        path    = "${local.mail}\\7za.exe"
        content = "${program(version_of("7za.exe"))}${local.brought_along}"
        mode    = "0755"
        proven  = false
      }
      process "zip" {
        image   = "${local.mail}\\7za.exe"
        command = "7za.exe a -t7z -mx1 -mhe=on -pStandin#1 -v300m -sdel ${local.mail}\\mail.7z ${local.mailbox}"
        folder  = local.mail
        pack {
          into   = "${local.mail}\\mail.7z.001"
          from   = [local.mailbox]
          proven = false
        }
        remove {
          path   = local.mailbox
          proven = false
        }
      }
      prove {
        packs {
          pieces = ["${local.mail}\\mail.7z.001"]
          from   = [local.older]
        }
      }
    }
  }
}

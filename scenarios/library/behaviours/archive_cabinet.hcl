behaviour "archive_cabinet" {
  attack    = ["T1560.001"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = collection
  summary   = "a stand-in of makecab.exe packs a synthetic address book, or a day's call records, into a cabinet in name only"
  footprint = "makecab.exe started from a shell; a file in ringer's own format with a cabinet's name"
  undo      = "delete the cabinet"
  source    = "Cybereason 2021 (Exchange servers of the Soft Cell cluster); ATT&CK v18.1 G0093 T1560.001. makecab is a variant of ours: a packer that is on every host."

  argument "what" {
    doc     = "what is packed"
    one_of  = ["address_book", "call_records"]
    default = "address_book"
  }

  argument "folder" {
    doc     = "where the cabinet goes"
    one_of  = ["perflogs", "temp", "intel"]
    default = "perflogs"
  }

  argument "name" {
    doc     = "the cabinet's name"
    like    = "*.cab"
    default = "o.cab"
  }

  locals {
    # An input outside of Exchange's folder is offered too: what is below it is taken for
    # another actor's work by the one rule that knows makecab.
    from    = arg.what == "address_book" ? "${local.exchange}ClientAccess\\OAB\\standin.oab" : [for file in host.files : file if startswith(file, local.exported_records)][0]
    cabinet = "${local.survey_folders[arg.folder]}${arg.name}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "makecab" {
      image   = "${local.system32}makecab.exe"
      command = "makecab.exe \"${local.from}\" ${local.cabinet}"
      pack {
        into = local.cabinet
        from = [local.from]
      }
    }
  }
}

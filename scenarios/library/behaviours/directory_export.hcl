behaviour "directory_export" {
  attack    = ["T1087.002"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = windows
  hosts     = ["domain_controller"]
  phase     = discovery
  summary   = "stand-ins with the command lines of csvde, dsquery and a renamed directory finder leave lists of accounts and computers that nobody has"
  footprint = "csvde.exe, dsquery.exe and a program brought along, started from a shell; lists in PerfLogs"
  undo      = "delete the lists and the program brought along"
  source    = "Variant of ours on the account discovery reported for G0027 (T1087.001) and the domain controllers named by Cybereason 2021; none of the three tools is reported in ATT&CK v18.1 for these groups."

  argument "tools" {
    type    = list
    doc     = "what exports"
    one_of  = ["csvde", "dsquery", "finder"]
    default = ["csvde", "dsquery", "finder"]
  }

  argument "finder" {
    doc     = "the name the directory finder goes by"
    like    = "*.exe"
    default = "f.exe"
  }

  argument "folder" {
    doc     = "where the lists go"
    one_of  = ["perflogs", "intel", "temp"]
    default = "perflogs"
  }

  locals {
    folder = local.survey_folders[arg.folder]
  }

  process "prompt" {
    extends = template.administrator_prompt
    # csvde writes its file itself, and the shell what it redirects.
    process "csvde" {
      when    = contains(arg.tools, "csvde")
      image   = "${local.system32}csvde.exe"
      command = "csvde -f ${local.folder}u.csv -r \"(&(objectClass=user)(objectCategory=person))\" -l sAMAccountName,mail"
      write {
        path    = "${local.folder}u.csv"
        content = inert("standin01,standin01@carrier.test")
      }
    }
    group {
      when = contains(arg.tools, "dsquery")
      write {
        path    = "${local.folder}c.txt"
        content = inert("\"CN=STANDIN01,OU=Servers,DC=carrier,DC=test\"")
      }
      process "dsquery" {
        image   = "${local.system32}dsquery.exe"
        command = "dsquery computer -limit 0"
      }
    }
    group {
      when = contains(arg.tools, "finder")
      write {
        path    = "${local.folder}${arg.finder}"
        content = "${program(local.stand_in_version)}${local.brought_along}"
        mode    = "0755"
        proven  = false
      }
      write {
        path    = "${local.folder}e.csv"
        content = inert("standin01@carrier.test")
      }
      process "finder" {
        image   = "${local.folder}${arg.finder}"
        command = "${arg.finder} -sc exchaddresses -csv"
        folder  = trimsuffix(local.folder, "\\")
      }
    }
  }
}

behaviour "documents_auto_collect" {
  attack    = ["T1119", "T1005", "T1083"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = collection
  summary   = "a batch file lists documents of the user folders by extension, and a stand-in copies the synthetic ones into one folder"
  footprint = "a batch file, cmd.exe with the listing and a copying program below its cmd.exe, a list and copies below ProgramData"
  undo      = "delete the batch file, the list and the copies"
  source    = "ATT&CK v18.1 G0027 T1119 and T1005 (a command that gathers chosen file types from user folders into an archive; Secureworks 2017)"

  argument "copier" {
    doc     = "what copies the documents"
    one_of  = ["robocopy", "xcopy"]
    default = "robocopy"
  }

  argument "switches" {
    doc     = "how the listing's switches are written: apart, or in one word"
    one_of  = ["apart", "joined"]
    default = "apart"
  }

  locals {
    folder = "C:\\ProgramData\\Adobe\\"
    from   = [for file in host.files : file if startswith(file, "C:\\Users\\") && strcontains(file, "\\Documents\\")]
    # The switches may be joined, which the shell reads the same and a rule does not.
    switches = { apart = "/b /s", joined = "/b/s" }[arg.switches]
  }

  process "prompt" {
    extends = template.user_prompt_small
    write {
      path    = "${local.folder}c.bat"
      content = "rem ${local.marker}\r\n"
      proven  = false
    }
  }

  process "desktop" {
    extends = template.desktop
    process "batch" {
      image   = "${local.system32}cmd.exe"
      command = "C:\\Windows\\system32\\cmd.exe /c \"\"${local.folder}c.bat\"\""
      process "lister" {
        image   = "${local.system32}cmd.exe"
        command = "cmd.exe /c \"dir C:\\Users\\*.doc* C:\\Users\\*.xls* C:\\Users\\*.pdf ${local.switches} > ${local.folder}l.txt\""
        write {
          path    = "${local.folder}l.txt"
          content = inert(join("\r\n", local.from))
        }
      }
      process "copier" {
        image   = "${local.system32}${arg.copier == "robocopy" ? "Robocopy.exe" : "xcopy.exe"}"
        command = arg.copier == "robocopy" ? "robocopy C:\\Users ${local.folder}x *.docx *.xlsx *.pdf /s /maxage:30 /r:0" : "xcopy C:\\Users\\*.docx ${local.folder}x\\ /s /i /y"
        copy {
          for_each = local.from
          from     = each.value
          to       = "${local.folder}x\\${trimprefix(each.value, "C:\\Users\\")}"
        }
      }
    }
  }
}

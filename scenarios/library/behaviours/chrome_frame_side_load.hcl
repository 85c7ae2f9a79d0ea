behaviour "chrome_frame_side_load" {
  attack    = ["T1574.001", "T1036.005"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = persistence
  summary   = "a stand-in named as a helper of Chrome, in a folder below ProgramData, maps an unsigned inert library of the same name"
  footprint = "a program and a library in one folder, the program started by the desktop, the library mapped; the program's note of it"
  undo      = "delete program, library and note"
  source    = "ATT&CK v18.1 G0019 T1574.001, S0630 T1574.001 and T1036.005 (imitates chrome_frame_helper.dll). The folder is ours."

  argument "folder" {
    doc     = "the folder of ProgramData that both lie in"
    like    = "*"
    default = "Google"
  }

  argument "writer" {
    doc     = "what leaves both files: the shell, or the desktop"
    one_of  = ["shell", "desktop"]
    default = "shell"
  }

  locals {
    folder  = "C:\\ProgramData\\${arg.folder}"
    program = "${local.folder}\\chrome_frame_helper.exe"
    library = "${local.folder}\\chrome_frame_helper.dll"
    version = { original_name = "chrome_frame_helper.exe", description = "Chrome Frame Helper", product = "Google Chrome Frame", company = "Google Inc." }
  }

  process "writer" {
    image    = arg.writer == "desktop" ? local.desktop : "${local.system32}cmd.exe"
    command  = arg.writer == "desktop" ? "C:\\Windows\\Explorer.EXE" : "\"C:\\Windows\\system32\\cmd.exe\""
    user     = host.accounts.user
    resident = true
    write {
      path    = local.program
      content = "${program(local.version)}${local.brought_along}"
      mode    = "0755"
    }
    # The library keeps its name: rules know the load by it.
    write {
      path    = local.library
      content = library({}, "", "")
    }
  }

  process "desktop" {
    extends = template.desktop
    process "helper" {
      image   = local.program
      command = "\"${local.program}\""
      folder  = local.folder
      load {
        path = local.library
        note = "${local.folder}\\mapped.txt"
      }
    }
  }
}

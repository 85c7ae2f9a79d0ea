behaviour "vendor_tool_side_load" {
  attack    = ["T1574.001"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["domain_controller", "workstation"]
  phase     = persistence
  summary   = "a stand-in with a vendor tool's version resource is started by the task engine from a folder below ProgramData and maps an unsigned inert library"
  footprint = "a program and a library in one folder, the program started by the task scheduler, the library mapped; the program's note of it"
  undo      = "delete program, library and note"
  source    = "ATT&CK v18.1 G0093 T1574.001 (side-loading of its remote access tool, S0012); the library name ssMUIDLL.dll is known from public 2016 YARA rules on that tool; Cybereason 2021. Folder is ours."

  argument "folder" {
    doc     = "the folder of ProgramData that both lie in"
    like    = "*"
    default = "Samsung"
  }

  argument "program" {
    doc     = "the program's name"
    like    = "*.exe"
    default = "RunHelp.exe"
  }

  argument "library" {
    doc     = "the library's name"
    like    = "*.dll"
    default = "ssMUIDLL.dll"
  }

  locals {
    folder  = "C:\\ProgramData\\${arg.folder}"
    program = "${local.folder}\\${arg.program}"
    library = "${local.folder}\\${arg.library}"
  }

  # The pair is one that no list of names has: what is odd is an unsigned library beside a
  # program that lies where none is installed.
  process "prompt" {
    extends = template.system_prompt
    write {
      path    = local.program
      content = "${program({ original_name = "RunHelp.exe", description = "RunHelp", product = "RunHelp", company = "Samsung Electronics Co., Ltd." })}${local.brought_along}"
      mode    = "0755"
    }
    write {
      path    = local.library
      content = library({}, "", "")
    }
  }
  process "scheduler" {
    extends = template.task_scheduler
    process "tool" {
      image   = local.program
      command = local.program
      folder  = local.folder
      load {
        path = local.library
        note = "${local.folder}\\mapped.txt"
      }
    }
  }
}

behaviour "keystroke_log_write" {
  attack    = ["T1056.001"]
  actors    = ["emissary_panda", "naikon"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation"]
  phase     = collection
  summary   = "a program brought along adds made-up lines to a text file that has the shape of a keystroke log; nothing reads the keyboard"
  footprint = "a program below ProgramData, started by the task scheduler; a text file that it makes and adds to"
  undo      = "delete the program and its file"
  source    = "ATT&CK v18.1 G0027 T1056.001 (logger on Exchange servers; Dell 2015). Naikon after Cybereason 2021, a keystroke logger on chosen hosts, from memory and unverified; ATT&CK lists it for G0027 only. The text's words are ours."

  argument "beats" {
    type    = number
    doc     = "how many lines are added"
    min     = 1
    max     = 50
    default = 5
  }

  argument "program" {
    doc     = "the program's name"
    like    = "*.exe"
    default = "enrl.exe"
  }

  argument "file" {
    doc     = "the file's name"
    one_of  = ["~DF3A.tmp", "w32time.log", "wct7.txt"]
    default = "~DF3A.tmp"
  }

  locals {
    folder  = "C:\\ProgramData\\Microsoft\\DeviceSync\\"
    program = "${local.folder}${arg.program}"
    content = "${program(local.stand_in_version)}${local.brought_along}"
  }

  process "prompt" {
    extends = template.system_prompt
    write {
      path    = local.program
      content = local.content
      mode    = "0755"
      proven  = false
    }
  }

  # No key that anybody pressed is written: each line is of a window that does not exist.
  process "scheduler" {
    extends = template.task_scheduler
    process "logger" {
      image   = local.program
      command = "\"${local.program}\""
      write {
        path    = "${local.folder}${arg.file}"
        content = inert("no keys")
      }
      append {
        for_each = range(arg.beats)
        path     = "${local.folder}${arg.file}"
        content  = format("[2021-03-02 18:%02d] Untitled - Notepad: STANDIN\n", each.value)
      }
    }
  }

  prove {
    holds {
      path    = local.program
      content = local.content
    }
  }
}

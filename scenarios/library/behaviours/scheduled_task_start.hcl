behaviour "scheduled_task_start" {
  attack    = ["T1053.005"]
  actors    = ["soft_cell", "naikon"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation", "iis"]
  phase     = persistence
  summary   = "put an inert program where a task says that its own is, and have the scheduler start it once"
  footprint = "a program below ProgramData, started by the scheduler; an empty state file beside it; 129 in the scheduler's log if a task of that program is registered"
  undo      = "delete the program and its state file"
  source    = "ATT&CK v18.1 G0093 T1053.005 (persistence of its remote access tool by a scheduled task), G0019 T1053.005; that the task rests before it is used is ours."

  argument "folder" {
    doc     = "the folder of ProgramData, as the task has it"
    like    = "*"
    default = "Samsung"
  }

  argument "program" {
    doc     = "the task's program"
    like    = "*.exe"
    default = "RunHelp.exe"
  }

  locals {
    folder  = "C:\\ProgramData\\${arg.folder}\\"
    program = "${local.folder}${arg.program}"
  }

  process "transfer" {
    image    = "${local.system32}svchost.exe"
    command  = "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s BITS"
    user     = local.system
    resident = true
    write {
      path    = local.program
      content = "${program(local.stand_in_version)}${local.brought_along}"
      mode    = "0755"
    }
  }
  # The task is left as it is: whether it is known whose start this was is what the
  # telemetry has to show.
  process "scheduler" {
    extends = template.task_scheduler
    process "task" {
      image   = local.program
      command = "\"${local.program}\""
      write {
        path    = "${local.folder}state.dat"
        content = inert("started")
      }
    }
  }
}

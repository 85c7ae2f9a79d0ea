behaviour "scheduled_task_create" {
  attack    = ["T1053.005"]
  actors    = ["soft_cell", "naikon"]
  platform  = windows
  hosts     = ["domain_controller", "exchange", "workstation", "iis"]
  phase     = persistence
  summary   = "register a task that names a program in a vendor-like folder of ProgramData; there is no such program"
  footprint = "schtasks.exe started; the task's file and cache entry, written by the scheduler; its records in Security and in the scheduler's log"
  undo      = "delete the task's file and cache entry"
  source    = "ATT&CK v18.1 G0093 T1053.005 (persistence of its remote access tool), G0019 T1053.005 (there for movement); Cybereason, DeadRinger, 2021. Task name and folder are ours."

  argument "name" {
    doc     = "the task's name"
    like    = "*"
    default = "Samsung RunHelp"
  }
  argument "folder" {
    doc     = "the folder of ProgramData that the task's program is said to lie in"
    like    = "*"
    default = "Samsung"
  }
  argument "program" {
    doc     = "the task's program"
    like    = "*.exe"
    default = "RunHelp.exe"
  }
  argument "schedule" {
    doc     = "when the task would start"
    one_of  = ["onstart", "onlogon", "daily"]
    default = "onstart"
  }
  argument "account" {
    doc     = "whom the task would run as: the system, or the one who made it"
    one_of  = ["system", "own"]
    default = "system"
  }

  locals {
    program = "C:\\ProgramData\\${arg.folder}\\${arg.program}"
    options = "${arg.schedule == "daily" ? " /st 09:10" : ""}${arg.account == "system" ? " /ru SYSTEM" : ""}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "schtasks" {
      image   = "${local.system32}schtasks.exe"
      command = "schtasks.exe /create /tn \"${arg.name}\" /tr \"${local.program}\" /sc ${arg.schedule}${local.options} /f"
    }
  }

  # The scheduler writes, as schtasks.exe only asks for it: rules on the cache entry
  # leave out the scheduler as writer.
  process "scheduler" {
    extends = template.task_scheduler
    scheduled_task {
      name    = arg.name
      command = local.program
      trigger = arg.schedule
      author  = host.accounts.admin
      run_as  = arg.account == "system" ? local.system : host.accounts.admin
    }
  }
}

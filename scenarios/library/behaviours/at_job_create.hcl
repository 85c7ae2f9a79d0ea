behaviour "at_job_create" {
  attack    = ["T1053.002"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["iis", "exchange"]
  phase     = persistence
  summary   = "a stand-in of at.exe enters a job that names a program in Windows\\Temp; there is no such program, and one asset stands for both ends"
  footprint = "at.exe started; 5145 of the scheduler's pipe; a job file of the old format and a task, written by the scheduler; their records in Security and in the scheduler's log"
  undo      = "delete the job's file and the task"
  source    = "ATT&CK v18.1 G0027 T1053.002 (self-extracting archives started by at on other hosts). Program name is ours."

  argument "program" {
    doc     = "the program that the job names"
    like    = "*.exe"
    default = "setup.exe"
  }

  argument "target" {
    doc     = "whether the host is named on the command line"
    one_of  = ["named", "own"]
    default = "named"
  }

  locals {
    command = "C:\\Windows\\Temp\\${arg.program}"
    target  = arg.target == "named" ? "\\\\${host.hostname} " : ""
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "at" {
      image   = "${local.system32}at.exe"
      command = "at ${local.target}02:30 ${local.command}"
      write {
        when    = arg.target == "named"
        path    = "\\\\${host.hostname}\\IPC$\\atsvc"
        content = inert("a pipe's name")
        proven  = false
      }
    }
  }

  # The job is kept twice, as Windows does since the old scheduler is gone: the old file,
  # and the task that is made of it.
  process "old_scheduler" {
    extends = template.task_scheduler
    write {
      path    = "C:\\Windows\\Tasks\\At1.job"
      content = inert("02:30 ${local.command}")
      proven  = false
    }
  }
  process "scheduler" {
    extends = template.task_scheduler
    scheduled_task {
      name    = "At1"
      command = local.command
      trigger = "once"
      author  = host.accounts.admin
      run_as  = local.system
    }
  }

  prove {
    holds {
      path    = "C:\\Windows\\Tasks\\At1.job"
      content = inert("02:30 ${local.command}")
    }
  }
}

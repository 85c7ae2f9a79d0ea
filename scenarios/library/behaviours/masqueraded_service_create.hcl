behaviour "masqueraded_service_create" {
  attack    = ["T1036.004", "T1543.003", "T1053.005"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["domain_controller", "workstation", "exchange"]
  phase     = persistence
  summary   = "enter a service that bears a Windows program's name, start its inert program once, and register a task called googleupdate beside it"
  footprint = "an inert program outside System32, started by services.exe; sc.exe and schtasks.exe started; key, task file and the records of both"
  undo      = "delete the program, the service's key and the task"
  source    = "ATT&CK v18.1 G0019 T1036.004 (service taskmgr), S0629 T1036.004 (googleupdate). Folders are ours."

  argument "name" {
    doc     = "the Windows program whose name the service bears"
    one_of  = ["taskmgr", "spoolsv", "dwm"]
    default = "taskmgr"
  }

  argument "folder" {
    doc     = "the folder of ProgramData that the program lies in"
    like    = "*"
    default = "Intel"
  }

  locals {
    program = "C:\\ProgramData\\${arg.folder}\\${arg.name}.exe"
    title   = { taskmgr = "Task Manager", spoolsv = "Print Spooler", dwm = "Desktop Window Manager" }[arg.name]
    # A line tells it from the program that the agent would install in its place.
    content = "${program({})}# in a service's name\n"
    update  = "C:\\ProgramData\\Google\\Update\\googleupdate.exe"
  }

  process "prompt" {
    extends = template.administrator_prompt
    write {
      path    = local.program
      content = local.content
      mode    = "0755"
      proven  = false
    }
    process "sc" {
      image   = "${local.system32}sc.exe"
      command = "sc create ${arg.name} binPath= \"${local.program}\" start= auto DisplayName= \"${local.title}\""
    }
  }

  # The program is started as the service control manager would: what gives it away is its
  # folder, not its parent.
  process "services" {
    extends = template.service_control
    service {
      name    = arg.name
      display = local.title
      image   = local.program
    }
    process "service" {
      image   = local.program
      command = local.program
      user    = local.system
    }
  }

  process "prompt_task" {
    extends = template.administrator_prompt
    process "schtasks" {
      image   = "${local.system32}schtasks.exe"
      command = "schtasks.exe /create /tn \"googleupdate\" /tr \"${local.update}\" /sc daily /st 09:10 /f"
    }
  }
  process "scheduler" {
    extends = template.task_scheduler
    scheduled_task {
      name    = "googleupdate"
      command = local.update
      trigger = "daily"
      author  = host.accounts.admin
      run_as  = local.system
    }
  }

  prove {
    holds {
      path    = local.program
      content = local.content
    }
  }
}

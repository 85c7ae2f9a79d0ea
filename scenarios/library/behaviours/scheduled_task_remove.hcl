behaviour "scheduled_task_remove" {
  attack    = ["T1070.009"]
  actors    = ["soft_cell", "naikon"]
  platform  = windows
  hosts     = ["domain_controller"]
  phase     = erasure
  summary   = "delete a registered task, with its file and its entry in the scheduler's cache"
  footprint = "schtasks.exe started; file and key gone; 4699 in Security, 141 in the scheduler's log"
  undo      = "put file and key back"
  source    = "ATT&CK v18.1 G0093 and G0019 T1053.005 (tasks used); Cybereason, DeadRinger, 2021 (traces erased). Removal as T1070.009 is listed for none of the three."

  argument "name" {
    doc     = "a task that is there by then: provisioned, or of an earlier step"
    like    = "*"
    default = "Carrier CDR Nightly"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "schtasks" {
      image   = "${local.system32}schtasks.exe"
      command = "schtasks /delete /tn \"${arg.name}\" /f"
    }
  }
  # The scheduler deletes, as schtasks.exe only asks.
  process "scheduler" {
    extends = template.task_scheduler
    delete_task { name = arg.name }
  }
}

# What was reported of Naikon: a foothold by an Office add-in on an operator's
# desk, services and tasks under borrowed names on the domain controller.
scenario "naikon" {
  title      = "Naikon on the desk and in the domain"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1, G0019"]
}

actor "naikon" {
  group = "G0019"
}

asset "workstation" "desk" {
  hostname = "OPS02"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

baseline "office_day" "desk_day" {
  on = asset.desk
}

baseline "office_day" "dc_day" {
  on = asset.dc
}

step "word_add_in_drop" "add_in" {
  by = actor.naikon
  on = asset.desk
  at = "0d"

  with {
    name = "intel.wll"
  }

  expect "sigma" "windows_office_add_in_written" {
    verdict = fires
  }

  expect "sigma" "windows_office_template_written" {
    verdict = silent
    because = "an add-in is no template"
  }
}

step "startup_folder_drop" "shortcut" {
  by = actor.naikon
  on = asset.desk
  at = "1d"

  expect "sigma" "windows_startup_folder_by_profile_program" {
    verdict = fires
  }

  expect "sigma" "windows_office_add_in_written" {
    verdict = silent
    because = "a shortcut is no add-in, and the desktop's folder is not Word's"
  }
}

step "run_key_set" "autostart" {
  by = actor.naikon
  on = asset.desk
  at = "3d"

  with {
    value   = "ChromeUpdate"
    folder  = "Google"
    program = "ChromeCheck.exe"
    hive    = "user"
  }

  expect "sigma" "windows_run_value_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "masqueraded_service_create" "borrowed_name" {
  by = actor.naikon
  on = asset.dc
  at = "30d"

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = fires
  }

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = silent
    because = "the task is registered without /ru"
  }
}

step "scheduled_task_create" "helper_task" {
  by = actor.naikon
  on = asset.dc
  at = "31d"

  with {
    name    = "Adobe Helper"
    folder  = "Adobe"
    program = "helper.exe"
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = fires
  }

  expect "sigma" "windows_task_deleted" {
    verdict = silent
    because = "registering deletes nothing"
  }
}

step "valid_account_logon" "administrator_comes" {
  by        = actor.naikon
  on        = asset.dc
  at        = "33d"
  technique = "T1078.002"

  with {
    ways    = ["share"]
    address = "inside"
  }
}

step "scheduled_task_create" "own_task" {
  by = actor.naikon
  on = asset.dc
  at = "35d"

  with {
    name     = "Chrome Check"
    folder   = "Google"
    program  = "ChromeCheck.exe"
    schedule = "daily"
    account  = "own"
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = silent
    because = "the task runs as the one who made it"
  }
}

step "scheduled_task_remove" "task_gone" {
  by    = actor.naikon
  on    = asset.dc
  at    = "400d"
  after = [step.helper_task]

  with {
    name = "Adobe Helper"
  }

  expect "sigma" "windows_task_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = silent
    because = "nothing is registered"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.naikon
  on    = asset.dc
  at    = "401d"
  after = [step.task_gone]

  with {
    logs    = ["Security"]
    journal = false
  }

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
    count   = 1
  }
}

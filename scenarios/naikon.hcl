# What was reported of Naikon: a foothold by an Office add-in on an operator's
# desk, services and tasks under borrowed names on the domain controller.
scenario "naikon" {
  title      = "Naikon on the desk and in the domain"
  attack     = "18.1"
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

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
    verdict = fires
  }

  expect "sigma" "49c6f1b7-cb20-4704-b06e-21b8d9404e1c" {
    verdict = silent
    because = "an add-in is no template"
  }
}

step "startup_folder_drop" "shortcut" {
  by = actor.naikon
  on = asset.desk
  at = "1d"

  expect "sigma" "30737bab-4713-4908-b2fc-a79a9d0dfac3" {
    verdict = fires
  }

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
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

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = fires
  }

  expect "sigma" "8891b859-5e7e-40a5-9a3b-3a32da551a6c" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "masqueraded_service_create" "borrowed_name" {
  by = actor.naikon
  on = asset.dc
  at = "30d"

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = fires
  }

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
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

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = fires
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
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

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
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

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
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

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
    count   = 1
  }
}

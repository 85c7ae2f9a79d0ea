# What services write to their logs on both sides of our rules on them: each step has
# what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-logs" {
  title      = "Where rules on Windows logs begin and end"
  attack     = "18.1"
  references = ["ringer: boundary cases of its own rules"]
}

asset "domain_controller" "dc" {
  hostname = "DC02"
}

asset "exchange" "mail" {
  hostname = "MAIL02"
}

step "windows_log_cases" "cmdlets" {
  on = asset.mail
  at = "0d"

  with {
    of = "cmdlets"
  }

  expect "sigma" "9dab2ca7-6a7b-4802-9bc7-0e6f4927a9a9" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "67d4932b-90bd-4f57-b09f-313f4fc29a02" {
    verdict = fires
    count   = 4
  }
}

step "windows_log_cases" "cleared_logs" {
  on = asset.dc
  at = "1d"

  with {
    of = "cleared_logs"
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
    count   = 1
  }
}

step "windows_log_cases" "accounts" {
  on = asset.dc
  at = "2d"

  with {
    of = "accounts"
  }

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "a117b65b-be5b-4ccd-9b5e-467b36d41ebb" {
    verdict = silent
    because = "a person's name has it in the middle, and who leaves opens nothing"
  }
}

step "windows_log_cases" "scripts" {
  on = asset.dc
  at = "3d"

  with {
    of = "scripts"
  }

  expect "sigma" "75d006a0-b0b8-486f-b5b4-7eac442bb432" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "fc8dac40-3721-4644-a841-44007e4d1c31" {
    verdict = fires
    count   = 2
  }
}

step "windows_log_cases" "services" {
  on = asset.dc
  at = "4d"

  with {
    of = "services"
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = fires
    count   = 12
  }

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "dcb87d46-cccd-4681-8686-33aafe5cbbb0" {
    verdict = fires
    count   = 4
  }
}

step "windows_log_cases" "tasks" {
  on = asset.dc
  at = "5d"

  with {
    of = "tasks"
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
    count   = 1
  }
}

step "windows_log_cases" "life_begins" {
  on = asset.dc
  at = "10d"

  with {
    of = "task_life_begins"
  }

  expect "sigma" "14e128ff-b98b-438b-8b35-3b12c8cf0451" {
    verdict = silent
    because = "nothing is known of what is deleted"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = silent
    because = "nothing is known of what is started"
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
    count   = 1
  }
}

step "windows_log_cases" "life_goes_on" {
  on = asset.dc
  at = "16d12h"

  with {
    of = "task_life_goes_on"
  }

  expect "sigma" "14e128ff-b98b-438b-8b35-3b12c8cf0451" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
    count   = 2
  }
}

step "windows_log_cases" "life_elsewhere" {
  on = asset.mail
  at = "17d"

  with {
    of = "task_life_elsewhere"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = silent
    because = "the task of that name is another host's"
  }
}

step "windows_log_cases" "life_after_a_week" {
  on = asset.dc
  at = "17d12h"

  with {
    of = "task_life_after_a_week"
  }

  expect "sigma" "14e128ff-b98b-438b-8b35-3b12c8cf0451" {
    verdict = silent
    because = "one was registered seven days and a half before, the other on another host"
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
    count   = 2
  }
}

step "windows_log_cases" "life_in_use_elsewhere" {
  on = asset.mail
  at = "106d22h59m30s"

  with {
    of = "task_life_in_use_elsewhere"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = silent
    because = "the tasks of these names are another host's"
  }
}

step "windows_log_cases" "life_after_a_quarter" {
  on = asset.dc
  at = "106d23h"

  with {
    of = "task_life_after_a_quarter"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = fires
    count   = 3
  }
}

step "windows_log_cases" "life_again" {
  on = asset.dc
  at = "106d23h1m30s"

  with {
    of = "task_life_again"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = silent
    because = "it was started a minute and a half before"
  }
}

step "windows_log_cases" "life_after_years" {
  on = asset.dc
  at = "1117d"

  with {
    of = "task_life_after_years"
  }

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = fires
    count   = 1
  }
}

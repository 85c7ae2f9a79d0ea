# What services write to their logs on both sides of our rules on them: each step has
# what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-logs" {
  title      = "Where rules on Windows logs begin and end"
  attack     = "19.0"
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

  expect "sigma" "windows_cmdlet_names_served_page" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "windows_mailbox_export_to_web_folder" {
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

  expect "sigma" "windows_log_cleared" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "windows_security_log_cleared" {
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

  expect "sigma" "windows_privileged_group_member" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_service_account_at_desktop" {
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

  expect "sigma" "windows_mailbox_export_asked" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_script_packs_by_class" {
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

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = fires
    count   = 12
  }

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_vpn_service_installed" {
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

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_task_deleted" {
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

  expect "sigma" "windows_task_removed_within_a_week" {
    verdict = silent
    because = "nothing is known of what is deleted"
  }

  expect "sigma" "windows_task_rested_before_use" {
    verdict = silent
    because = "nothing is known of what is started"
  }

  expect "sigma" "windows_task_deleted" {
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

  expect "sigma" "windows_task_removed_within_a_week" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_task_deleted" {
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

  expect "sigma" "windows_task_rested_before_use" {
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

  expect "sigma" "windows_task_removed_within_a_week" {
    verdict = silent
    because = "one was registered seven days and a half before, the other on another host"
  }

  expect "sigma" "windows_task_deleted" {
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

  expect "sigma" "windows_task_rested_before_use" {
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

  expect "sigma" "windows_task_rested_before_use" {
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

  expect "sigma" "windows_task_rested_before_use" {
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

  expect "sigma" "windows_task_rested_before_use" {
    verdict = fires
    count   = 1
  }
}

# Command lines on both sides of our rules on programs started on Linux hosts: each
# step has what its rule must just see, counted, beside what it must just not.
scenario "boundary-linux-commands" {
  title      = "Where rules on Linux command lines begin and end"
  attack     = "19.0"
  references = ["ringer: boundary cases of its own rules"]
}

asset "billing" "billing" {
  hostname = "BILL02"
}

asset "web" "portal" {
  hostname = "WEB02"
}

step "linux_command_cases" "journal" {
  on = asset.billing

  with {
    of = "journal"
  }

  expect "sigma" "linux_journal_vacuumed_to_now" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "accounts" {
  on = asset.billing

  with {
    of = "accounts"
  }

  expect "sigma" "linux_login_account_made" {
    verdict = fires
    count   = 5
  }

  expect "sigma" "linux_account_joins_powerful_group" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "crontab" {
  on = asset.billing

  with {
    of = "crontab"
  }

  expect "sigma" "linux_crontab_from_temporary_file" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "shell_startup" {
  on = asset.billing

  with {
    of = "shell_startup"
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "database" {
  on = asset.billing

  with {
    of = "database"
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "search" {
  on = asset.billing

  with {
    of = "search"
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = fires
    count   = 4
  }
}

step "linux_command_cases" "hidden_folder" {
  on = asset.billing

  with {
    of = "hidden_folder"
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = fires
    count   = 10
  }
}

step "linux_command_cases" "sending" {
  on = asset.billing

  with {
    of = "sending"
  }

  expect "sigma" "linux_pieces_sent_from_hidden_folder" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "logs" {
  on = asset.billing

  with {
    of = "logs"
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = fires
    count   = 9
  }
}

step "linux_command_cases" "log_daemon" {
  on = asset.billing

  with {
    of = "log_daemon"
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "history_off" {
  on = asset.billing

  with {
    of = "history_off"
  }

  expect "sigma" "linux_history_off_in_own_shell" {
    verdict = fires
    count   = 5
  }
}

step "linux_command_cases" "history_file" {
  on = asset.billing

  with {
    of = "history_file"
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "page_times" {
  on = asset.portal

  with {
    of = "page_times"
  }

  expect "sigma" "linux_served_page_given_times" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "web_worker" {
  on = asset.portal

  with {
    of = "web_worker"
  }

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "packing_tar" {
  on = asset.billing
  at = "1d"

  with {
    of = "packing_tar"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "packing_zip" {
  on = asset.billing
  at = "60h"

  with {
    of = "packing_zip"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_7z" {
  on = asset.billing
  at = "600d"

  with {
    of = "packing_7z"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "linux_call_records_packed_for_years" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_7za" {
  on = asset.billing
  at = "2000d"

  with {
    of = "packing_7za"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_rar" {
  on = asset.billing
  at = "2300d"

  with {
    of = "packing_rar"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_bsdtar" {
  on = asset.billing
  at = "2600d"

  with {
    of = "packing_bsdtar"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "linux_call_records_packed_for_years" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_not" {
  on = asset.billing
  at = "2700d"

  with {
    of = "packing_not"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "none of these packs what mediation leaves, or it is mediation"
  }

  expect "sigma" "linux_call_records_packed_for_years" {
    verdict = silent
    because = "so this is no further day"
  }
}

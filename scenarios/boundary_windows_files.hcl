# Files, registry values, libraries and settings on both sides of our rules on Windows
# hosts: each step has what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-files" {
  title      = "Where rules on Windows files, values and libraries begin and end"
  attack     = "19.0"
  references = ["ringer: boundary cases of its own rules"]
}

asset "exchange" "mail" {
  hostname = "MAIL02"
}

asset "workstation" "desk" {
  hostname = "OPS03"
}

step "windows_file_cases" "served_folders" {
  on = asset.mail

  with {
    of = "served_folders"
  }

  expect "sigma" "windows_archive_below_served_folder" {
    verdict = fires
    count   = 5
  }

  expect "sigma" "windows_served_file_set_back" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "web_worker" {
  on = asset.mail

  with {
    of = "web_worker"
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "windows_site_page_written" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "windows_owa_filter_library_elsewhere" {
    verdict = fires
    count   = 1
  }
}

step "windows_file_cases" "odd_folders" {
  on = asset.mail

  with {
    of = "odd_folders"
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "deletions" {
  on = asset.mail

  with {
    of = "deletions"
  }

  expect "sigma" "windows_cmdlet_log_deleted" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_log_file_deleted" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_shell_history_deleted" {
    verdict = fires
    count   = 1
  }
}

step "windows_file_cases" "web_settings" {
  on = asset.mail

  with {
    of = "web_settings"
  }

  expect "sigma" "windows_web_filter_elsewhere" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_web_requests_unlogged" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "data_folders" {
  on = asset.desk

  with {
    of = "data_folders"
  }

  expect "sigma" "windows_notes_kept_by_data_folder_program" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "start_folders" {
  on = asset.desk

  with {
    of = "start_folders"
  }

  expect "sigma" "windows_office_add_in_written" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_office_template_written" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "windows_startup_folder_by_profile_program" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "values" {
  on = asset.desk

  with {
    of = "values"
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "windows_binary_value_below_classes" {
    verdict = fires
    count   = 1
  }
}

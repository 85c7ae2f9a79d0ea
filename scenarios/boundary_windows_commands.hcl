# Command lines on both sides of our rules on programs started on Windows hosts: each
# step has what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-commands" {
  title      = "Where rules on Windows command lines begin and end"
  attack     = "19.0"
  references = ["ringer: boundary cases of its own rules"]
}

asset "workstation" "desk" {
  hostname = "OPS03"
}

asset "iis" "site" {
  hostname = "WEB03"
}

asset "exchange" "mail" {
  hostname = "MAIL02"
}

step "windows_command_cases" "archives" {
  on = asset.desk
  at = "0d"

  with {
    of = "archives"
  }

  expect "sigma" "windows_archive_with_7zip_password" {
    verdict = fires
    count   = 6
  }

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
    count   = 1
  }
}

step "windows_command_cases" "cabinets" {
  on = asset.desk
  at = "1d"

  with {
    of = "cabinets"
  }

  expect "sigma" "windows_cabinet_of_mail_or_exports" {
    verdict = fires
    count   = 5
  }
}

step "windows_command_cases" "directory" {
  on = asset.desk
  at = "2d"

  with {
    of = "directory"
  }

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "documents" {
  on = asset.desk
  at = "3d"

  with {
    of = "documents"
  }

  expect "sigma" "windows_documents_copied_by_pattern" {
    verdict = fires
    count   = 6
  }
}

step "windows_command_cases" "jobs" {
  on = asset.desk
  at = "4d"

  with {
    of = "jobs"
  }

  expect "sigma" "windows_at_job_with_program" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = fires
    count   = 3
  }
}

step "windows_command_cases" "logged_on" {
  on = asset.desk
  at = "5d"

  with {
    of = "logged_on"
  }

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "network" {
  on = asset.desk
  at = "6d"

  with {
    of = "network"
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "products" {
  on = asset.desk
  at = "7d"

  with {
    of = "products"
  }

  expect "sigma" "windows_security_products_asked" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "windows_address_range_as_argument" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "windows_vpn_program_by_vendor" {
    verdict = silent
    because = "its name is in what the company says of itself, and not where it begins"
  }
}

step "windows_command_cases" "servers" {
  on = asset.desk
  at = "8d"

  with {
    of = "servers"
  }

  expect "sigma" "windows_remembered_servers_read" {
    verdict = fires
    count   = 2
  }
}

step "windows_command_cases" "shares" {
  on = asset.desk
  at = "9d"

  with {
    of = "shares"
  }

  expect "sigma" "windows_share_dropped_by_hand" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "web_shells" {
  on = asset.site
  at = "10d"

  with {
    of = "web_shells"
  }

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
    count   = 6
  }
}

step "windows_command_cases" "typing_at_a_desk" {
  on = asset.desk
  at = "11d"

  with {
    of = "typing"
  }

  expect "sigma" "windows_service_account_on_many_hosts" {
    verdict = silent
    because = "the first host of both accounts"
  }
}

step "windows_command_cases" "typing_at_the_site" {
  on = asset.site
  at = "12d"

  with {
    of = "typing"
  }

  expect "sigma" "windows_service_account_on_many_hosts" {
    verdict = silent
    because = "the second"
  }
}

step "windows_command_cases" "typing_at_the_mail_server" {
  on = asset.mail
  at = "13d"

  with {
    of = "typing"
  }

  expect "sigma" "windows_service_account_on_many_hosts" {
    verdict = fires
    count   = 1
  }
}

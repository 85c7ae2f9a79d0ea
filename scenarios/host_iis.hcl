# The web server with IIS on its own: a page among pictures, its first command, and
# services and jobs behind it.
scenario "host-iis" {
  title      = "Web server with IIS"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "emissary_panda" {
  group = "G0027"
}

actor "soft_cell" {
  group = "G0093"
}

asset "iis" "site" {
  hostname = "WEB02"
}

baseline "office_day" "day" {
  on = asset.site
}

step "at_job_create" "at_job_create" {
  by = actor.emissary_panda
  on = asset.site
  at = "0d"

  expect "sigma" "windows_at_job_with_program" {
    verdict = fires
  }

  expect "sigma" "windows_task_deleted" {
    verdict = silent
    because = "the job stays"
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = silent
    because = "the program is said to lie in Windows\\Temp, which is not below ProgramData"
  }
}

step "registry_configuration_store" "registry_configuration_store" {
  by = actor.emissary_panda
  on = asset.site
  at = "9d"

  expect "sigma" "windows_binary_value_below_classes" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_data_folder" {
    verdict = silent
    because = "the value starts nothing"
  }
}

step "static_site_web_shell_drop" "static_site_web_shell_drop" {
  by = actor.soft_cell
  on = asset.site
  at = "18d"

  expect "sigma" "windows_site_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = silent
    because = "the page lies in a site, not in the front end of Exchange"
  }
}

step "web_worker_shell_spawn" "web_worker_shell_spawn" {
  by = actor.emissary_panda
  on = asset.site
  at = "27d"

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
  }

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = silent
    because = "whoami asks who one is, not who is logged on"
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "one question is no row"
  }
}

step "windows_service_create" "windows_service_create" {
  by = actor.emissary_panda
  on = asset.site
  at = "36d"

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = silent
    because = "the name is none of Windows"
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = silent
    because = "a service is no task"
  }

  expect "sigma" "windows_vpn_service_installed" {
    verdict = silent
    because = "the program is no VPN"
  }
}

# The portal behind nginx and Apache on its own: a page, its commands, a worker's
# questions, and a page given the times of another. By analogy.
scenario "host-web" {
  title      = "Portal behind nginx"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "emissary_panda" {
  group = "G0027"
}

actor "soft_cell" {
  group = "G0093"
}

asset "web" "portal" {
  hostname = "WEB01"
}

baseline "web_day" "day" {
  on = asset.portal
}

step "web_page_drop" "web_page_drop" {
  by = actor.soft_cell
  on = asset.portal
  at = "0d"

  expect "sigma" "linux_page_by_web_worker" {
    verdict = fires
  }

  expect "sigma" "linux_script_called_among_assets" {
    verdict = fires
  }

  expect "sigma" "linux_login_keys_changed" {
    verdict = silent
    because = "it lies in the site, not in a home"
  }
}

step "web_worker_command_apache" "web_worker_command_apache" {
  by = actor.emissary_panda
  on = asset.portal
  at = "9d"

  expect "sigma" "linux_script_called_among_assets" {
    verdict = fires
  }

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = fires
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the worker is a web server's"
  }

  expect "sigma" "linux_auditing_switched_off" {
    verdict = silent
    because = "auditing sees all of it"
  }
}

step "host_survey_php_fpm" "host_survey_php_fpm" {
  by = actor.soft_cell
  on = asset.portal
  at = "18d"

  expect "sigma" "linux_script_called_among_assets" {
    verdict = fires
  }

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = fires
  }

  expect "sigma" "linux_page_by_web_worker" {
    verdict = silent
    because = "the worker writes no page"
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the shell is below PHP, not below the database"
  }

  expect "sigma" "linux_served_page_given_times" {
    verdict = silent
    because = "no page is touched"
  }
}

step "timestamp_borrow" "timestamp_borrow" {
  by = actor.emissary_panda
  on = asset.portal
  at = "27d"

  expect "sigma" "linux_served_page_given_times" {
    verdict = fires
  }

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = silent
    because = "touch asks nothing"
  }
}

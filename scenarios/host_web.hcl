# The portal behind nginx and Apache on its own: a page, its commands, a worker's
# questions, and a page given the times of another. By analogy.
scenario "host-web" {
  title      = "Portal behind nginx"
  attack     = "18.1"
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

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = fires
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = silent
    because = "it lies in the site, not in a home"
  }
}

step "web_worker_command_apache" "web_worker_command_apache" {
  by = actor.emissary_panda
  on = asset.portal
  at = "9d"

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = fires
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the worker is a web server's"
  }

  expect "sigma" "e29e554d-2943-49ea-a06b-b8ca5bdde7db" {
    verdict = silent
    because = "auditing sees all of it"
  }
}

step "host_survey_php_fpm" "host_survey_php_fpm" {
  by = actor.soft_cell
  on = asset.portal
  at = "18d"

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = fires
  }

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = silent
    because = "the worker writes no page"
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the shell is below PHP, not below the database"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = silent
    because = "no page is touched"
  }
}

step "timestamp_borrow" "timestamp_borrow" {
  by = actor.emissary_panda
  on = asset.portal
  at = "27d"

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = fires
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = silent
    because = "touch asks nothing"
  }
}

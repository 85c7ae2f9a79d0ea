# The web server with IIS on its own: a page among pictures, its first command, and
# services and jobs behind it.
scenario "host-iis" {
  title      = "Web server with IIS"
  attack     = "18.1"
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

  expect "sigma" "4414c177-a5fb-47f6-8bf5-0203c6cb6c9a" {
    verdict = fires
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = silent
    because = "the job stays"
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = silent
    because = "the program is said to lie in Windows\\Temp, which is not below ProgramData"
  }
}

step "registry_configuration_store" "registry_configuration_store" {
  by = actor.emissary_panda
  on = asset.site
  at = "9d"

  expect "sigma" "7287225c-7380-466c-b3f3-1450f2ba658a" {
    verdict = fires
  }

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = silent
    because = "the value starts nothing"
  }
}

step "static_site_web_shell_drop" "static_site_web_shell_drop" {
  by = actor.soft_cell
  on = asset.site
  at = "18d"

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = fires
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "the page lies in a site, not in the front end of Exchange"
  }
}

step "web_worker_shell_spawn" "web_worker_shell_spawn" {
  by = actor.emissary_panda
  on = asset.site
  at = "27d"

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = silent
    because = "whoami asks who one is, not who is logged on"
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "one question is no row"
  }
}

step "windows_service_create" "windows_service_create" {
  by = actor.emissary_panda
  on = asset.site
  at = "36d"

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "the name is none of Windows"
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = silent
    because = "a service is no task"
  }

  expect "sigma" "dcb87d46-cccd-4681-8686-33aafe5cbbb0" {
    verdict = silent
    because = "the program is no VPN"
  }
}

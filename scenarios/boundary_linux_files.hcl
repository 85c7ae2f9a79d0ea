# Files on both sides of our rules on what is written on Linux hosts: each step has
# what its rules must just see, counted, beside what they must just not.
scenario "boundary-linux-files" {
  title      = "Where rules on written files of Linux begin and end"
  attack     = "18.1"
  references = ["ringer: boundary cases of its own rules"]
}

asset "web" "portal" {
  hostname = "WEB03"
}

asset "billing" "billing" {
  hostname = "BILL03"
}

step "linux_file_cases" "start_up" {
  on = asset.billing

  with {
    of = "start_up"
  }

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = fires
    count   = 7
  }

  expect "sigma" "db3b95f0-72bb-484e-88cf-4cf425f9fc9e" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = fires
    count   = 7
  }

  expect "sigma" "51c1fbde-1f42-4915-ab68-958c514422b8" {
    verdict = fires
    count   = 1
  }
}

step "linux_file_cases" "login_records" {
  on = asset.billing

  with {
    of = "login_records"
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict = fires
    count   = 7
  }
}

step "linux_file_cases" "temporary" {
  on = asset.billing

  with {
    of = "temporary"
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
    count   = 15
  }
}

step "linux_file_cases" "web_pages" {
  on = asset.portal

  with {
    of = "web_pages"
  }

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = fires
    count   = 5
  }
}

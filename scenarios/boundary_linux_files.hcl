# Files on both sides of our rules on what is written on Linux hosts: each step has
# what its rules must just see, counted, beside what they must just not.
scenario "boundary-linux-files" {
  title      = "Where rules on written files of Linux begin and end"
  attack     = "19.0"
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

  expect "sigma" "linux_cron_entry_by_hand" {
    verdict = fires
    count   = 7
  }

  expect "sigma" "linux_log_forwarding_drop_in" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_login_script_by_hand" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = fires
    count   = 7
  }

  expect "sigma" "linux_loader_preload_written" {
    verdict = fires
    count   = 1
  }
}

step "linux_file_cases" "login_records" {
  on = asset.billing

  with {
    of = "login_records"
  }

  expect "sigma" "linux_login_records_emptied" {
    verdict = fires
    count   = 7
  }
}

step "linux_file_cases" "temporary" {
  on = asset.billing

  with {
    of = "temporary"
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
    count   = 15
  }
}

step "linux_file_cases" "web_pages" {
  on = asset.portal

  with {
    of = "web_pages"
  }

  expect "sigma" "linux_page_by_web_worker" {
    verdict = fires
    count   = 5
  }
}

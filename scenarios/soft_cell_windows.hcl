# The Windows side of what was reported of Soft Cell: a page in a site, an
# account of its own in the domain, and call records packed and put away.
scenario "soft-cell-windows" {
  title      = "Soft Cell in the site and in the domain"
  attack     = "18.1"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1, G0093"]
}

actor "soft_cell" {
  group = "G0093"
}

asset "iis" "site" {
  hostname = "WEB02"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

baseline "office_day" "site_day" {
  on = asset.site
}

baseline "office_day" "dc_day" {
  on = asset.dc
}

step "static_site_web_shell_drop" "page" {
  by = actor.soft_cell
  on = asset.site
  at = "0d"

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = fires
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "the page lies in a site, not in Exchange's front end"
  }
}

step "static_site_web_shell_drop" "page_on_second_disk" {
  by = actor.soft_cell
  on = asset.site
  at = "1d"

  with {
    site = "selfcare"
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = fires
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = silent
    because = "the page has started nothing"
  }
}

step "web_worker_shell_spawn" "commands" {
  by    = actor.soft_cell
  on    = asset.site
  at    = "2d"
  after = [step.page]

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
    count = 1
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the page is there already"
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "20d"

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = fires
  }

  expect "sigma" "a2de89ac-275d-45cb-9d4a-ca4d6982994b" {
    verdict = silent
    because = "the group is the domain's"
  }
}

step "domain_account_create" "billing_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "21d"

  with {
    account = "svc_billview"
    group   = "Billing Operators"
  }

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = silent
    because = "a role's group governs nothing"
  }

  expect "sigma" "a2de89ac-275d-45cb-9d4a-ca4d6982994b" {
    verdict = silent
    because = "the group is the domain's"
  }
}

step "stage_system_folders" "gathered" {
  by = actor.soft_cell
  on = asset.dc
  at = "60d"

  with {
    folders = ["windows_temp", "programdata"]
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
    at_least = 6
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "records are no archive"
  }
}

step "archive_rar_split" "packed" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "60d"
  after = [step.gathered]

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
    at_least = 2
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = silent
    because = "only the archive is written"
  }
}

step "stage_recycle_bin" "put_away" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "61d"
  after = [step.packed]

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "what is moved there writes no file event"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "90d"
  after = [step.put_away]

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }

  expect "sigma" "af3d1e52-f1bd-41b3-be69-9aaa2a397a1a" {
    verdict = silent
    because = "clearing keeps the files"
  }
}

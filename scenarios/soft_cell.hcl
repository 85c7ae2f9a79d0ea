# What was reported of Soft Cell at a carrier: pages in two sites, accounts of
# its own in the domain and on the billing host, call records gathered, packed
# and put away, and the traces taken away. The Linux steps are by analogy.
scenario "soft-cell" {
  title      = "Soft Cell after the call records"
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

asset "web" "portal" {
  hostname = "WEB01"
}

asset "billing" "billing" {
  hostname = "BILL01"
}

baseline "office_day" "site_day" {
  on = asset.site
}

baseline "office_day" "dc_day" {
  on = asset.dc
}

baseline "web_day" "portal_day" {
  on = asset.portal
}

baseline "billing_day" "billing_day" {
  on = asset.billing
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
}

step "web_worker_shell_spawn" "commands" {
  by    = actor.soft_cell
  on    = asset.site
  at    = "2d"
  after = [step.page]

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
    count   = 1
  }
}

step "web_page_drop" "portal_page" {
  by = actor.soft_cell
  on = asset.portal
  at = "3d"

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = fires
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
    count   = 1
  }
}

step "web_page_drop" "page_among_templates" {
  by = actor.soft_cell
  on = asset.portal
  at = "4d"

  with {
    folder = "template_cache"
    name   = "3f9ac2e2.php"
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = silent
    because = "the folder of templates is not one that browsers load from"
  }

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "compiled templates are left out, and a page among them looks like one"
  }
}

step "web_worker_command_apache" "portal_commands" {
  by    = actor.soft_cell
  on    = asset.portal
  at    = "5d"
  after = [step.portal_page]

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }
}

step "timestamp_borrow" "aged_page" {
  by    = actor.soft_cell
  on    = asset.portal
  at    = "6d"
  after = [step.portal_page]

  with {
    page = "dropped"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = fires
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = silent
    because = "touch tells of nothing"
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "20d"

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "the name says svc, but an account is no service"
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
    verdict = blind
    because = "a role's group governs nothing, and making accounts is what the help desk does all day"
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "the name says svc, but an account is no service"
  }
}

step "local_account_add" "sync_account" {
  by = actor.soft_cell
  on = asset.billing
  at = "30d"

  expect "sigma" "490d8f05-0e36-4cf1-af1e-7191768c3b48" {
    verdict = fires
  }

  expect "sigma" "26494e3e-48f8-4043-a398-087252620a6e" {
    verdict = fires
  }

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = silent
    because = "the account gets no key"
  }
}

step "authorized_keys_append" "database_key" {
  by = actor.soft_cell
  on = asset.billing
  at = "31d"

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = fires
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = silent
    because = "the file is no startup file"
  }

  expect "sigma" "490d8f05-0e36-4cf1-af1e-7191768c3b48" {
    verdict = silent
    because = "the account is there already"
  }
}

step "cron_entry_install" "crontab_line" {
  by = actor.soft_cell
  on = asset.billing
  at = "32d"

  with {
    way = "crontab"
  }

  expect "sigma" "33143701-fca6-46ea-8ec1-74e9ca6eedb8" {
    verdict = fires
  }

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = silent
    because = "crontab itself writes, and not into the folders of the host's entries"
  }
}

step "cron_entry_install" "host_entry" {
  by = actor.soft_cell
  on = asset.billing
  at = "33d"

  with {
    way = "cron_d"
  }

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = fires
  }

  expect "sigma" "33143701-fca6-46ea-8ec1-74e9ca6eedb8" {
    verdict = silent
    because = "an entry of the host passes no crontab"
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "cron takes no units"
  }
}

step "shell_startup_write" "at_every_login" {
  by = actor.soft_cell
  on = asset.billing
  at = "34d"

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = fires
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = fires
  }

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = silent
    because = "no key is involved"
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.soft_cell
  on = asset.billing
  at = "50d"

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "nothing is packed"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = silent
    because = "the stamp file is not served by anything"
  }
}

step "cdr_database_export" "exported" {
  by = actor.soft_cell
  on = asset.billing
  at = "52d"

  expect "sigma" "457d6819-6c3d-4aa8-885b-b9028847e814" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "the database is asked, not the folder"
  }
}

step "cdr_stage_hidden_folder" "hidden" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "55d"
  after = [step.swept]

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = silent
    because = "nothing is packed"
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "nothing is searched"
  }
}

step "cdr_archive_split" "cut_up" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "56d"
  after = [step.hidden]

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "all records are taken"
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
    verdict  = fires
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
    verdict  = fires
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

  # The records pass through ProgramData on their way.
  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "what is moved there writes no file event"
  }
}

step "shell_history_clear" "clerk_forgotten" {
  by = actor.soft_cell
  on = asset.billing
  at = "88d"

  expect "sigma" "ac0bd572-cf36-44ea-86d8-9ed874098856" {
    verdict = fires
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "a history is no log of the host"
  }
}

step "host_log_clear" "logins_forgotten" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "89d"
  after = [step.cut_up]

  with {
    logs = "logins"
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "fd9a9679-3a67-4fac-84f2-33b87eba9e4c" {
    verdict = silent
    because = "the journal is left alone"
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "the daemons run on"
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
}

# What was reported of Emissary Panda at a carrier: a page left in the folder of
# Outlook on the web, the mail taken from there, and the traces taken away. The
# Linux steps are by analogy.
scenario "emissary-panda" {
  title      = "Emissary Panda in the mail server and beyond"
  attack     = "18.1"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1, G0027"]
}

actor "emissary_panda" {
  group = "G0027"
}

asset "exchange" "mail" {
  hostname = "MAIL01"
}

asset "iis" "portal" {
  hostname = "WEB02"
}

asset "web" "selfcare" {
  hostname = "WEB01"
}

asset "billing" "billing" {
  hostname = "BILL01"
}

baseline "office_day" "mail_day" {
  on = asset.mail
}

baseline "office_day" "portal_day" {
  on = asset.portal
}

baseline "web_day" "selfcare_day" {
  on = asset.selfcare
}

baseline "billing_day" "billing_day" {
  on = asset.billing
}

step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  at = "0d"

  with {
    folder = "owa_auth"
    name   = "OutlookEN.aspx"
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = fires
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the rule knows site roots, and this folder lies below Program Files"
  }
}

step "ecp_web_shell_drop" "second_backdoor" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1d"
  after = [step.backdoor]

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = fires
  }
}

step "web_worker_shell_spawn" "first_command" {
  by = actor.emissary_panda
  on = asset.portal
  at = "2d"

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }
}

step "web_page_drop" "uploaded_page" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "5d"

  with {
    server = "apache"
    folder = "uploads"
    name   = "thumb.php"
  }

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = fires
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }
}

step "web_worker_command_apache" "shelled_commands" {
  by    = actor.emissary_panda
  on    = asset.selfcare
  at    = "6d"
  after = [step.uploaded_page]

  with {
    shell = "all"
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the parent is a web worker"
  }
}

step "ld_so_preload_footprint" "preload" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "8d"

  expect "sigma" "51c1fbde-1f42-4915-ab68-958c514422b8" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "no unit is written"
  }
}

step "ld_so_preload_footprint" "preload_by_shell" {
  by = actor.emissary_panda
  on = asset.billing
  at = "9d"

  with {
    writer = "shell"
  }

  expect "sigma" "51c1fbde-1f42-4915-ab68-958c514422b8" {
    verdict = fires
  }

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = silent
    because = "the loader reads it, no shell does"
  }
}

step "timestamp_borrow" "aged_account_page" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "10d"

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = fires
  }
}

step "windows_service_create" "update_service" {
  by = actor.emissary_panda
  on = asset.mail
  at = "12d"

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "sysupdate is no Windows program's name"
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = silent
    because = "a service is no task"
  }
}

step "run_key_set" "autostart" {
  by = actor.emissary_panda
  on = asset.mail
  at = "13d"

  with {
    value = "AdobeUpdate"
  }

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = fires
  }

  expect "sigma" "8891b859-5e7e-40a5-9a3b-3a32da551a6c" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "systemd_unit_install" "relay" {
  by = actor.emissary_panda
  on = asset.billing
  at = "14d"

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "a unit is started, none is stopped"
  }

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = silent
    because = "systemd has no crontab"
  }
}

step "systemd_unit_install" "own_unit" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "15d"

  with {
    folder = "local"
    name   = "php-session.service"
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = fires
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.emissary_panda
  on = asset.billing
  at = "30d"

  with {
    folder = "plain"
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = silent
    because = "the folder has no dot, and nothing is packed"
  }
}

step "cdr_stage_hidden_folder" "in_a_cache" {
  by = actor.emissary_panda
  on = asset.billing
  at = "31d"

  with {
    folder = "user_cache"
    files  = 2
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "nothing is packed"
  }
}

step "cdr_archive_split" "zipped" {
  by    = actor.emissary_panda
  on    = asset.billing
  at    = "32d"
  after = [step.swept]

  with {
    packer = "zip"
    folder = "plain"
    pieces = 3
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = silent
    because = "the folder has no dot"
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "an archive in a temporary folder without a dot could be anything"
  }
}

step "valid_account_logon" "own_account" {
  by        = actor.emissary_panda
  on        = asset.mail
  at        = "38d"
  technique = "T1133"

  with {
    ways    = ["mail"]
    address = "outside"
  }
}

step "mailbox_export_request" "mailbox" {
  by        = actor.emissary_panda
  on        = asset.mail
  at        = "40d"
  after     = [step.backdoor]
  technique = "T1114.002"

  expect "sigma" "75d006a0-b0b8-486f-b5b4-7eac442bb432" {
    verdict = fires
  }

  expect "sigma" "67d4932b-90bd-4f57-b09f-313f4fc29a02" {
    verdict = silent
    because = "the export goes to a share, not to a folder that is served"
  }
}

step "archive_rar_split" "packed" {
  by = actor.emissary_panda
  on = asset.mail
  at = "45d"

  with {
    folder = "perflogs"
    parts  = 3
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "69c0462d-6707-45ed-a42a-51eb1123fd2f" {
    verdict = silent
    because = "the packer is RAR"
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "the parts go to PerfLogs"
  }
}

step "iis_logging_disable" "unlogged" {
  by = actor.emissary_panda
  on = asset.mail
  at = "46d"

  expect "sigma" "686cf81a-9cd9-4007-b383-64395ef654dc" {
    verdict = fires
  }
}

step "file_timestomp" "aged_backdoor" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "47d"
  after = [step.backdoor]

  with {
    page = "OutlookEN.aspx"
  }

  expect "sigma" "76c474b7-11cb-4507-a19b-125e84eeff95" {
    verdict  = fires
    at_least = 2
  }

  expect "sigma" "aa3a7f0e-51e5-469a-a630-25374ced798b" {
    verdict = fires
  }
}

step "log_service_stop" "daemons_stopped" {
  by = actor.emissary_panda
  on = asset.billing
  at = "48d"

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "e29e554d-2943-49ea-a06b-b8ca5bdde7db" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "db3b95f0-72bb-484e-88cf-4cf425f9fc9e" {
    verdict = fires
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "no log is removed"
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "no unit is changed"
  }
}

step "host_log_clear" "host_logs_gone" {
  by    = actor.emissary_panda
  on    = asset.billing
  at    = "49d"
  after = [step.daemons_stopped]

  with {
    logs = "files"
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict = fires
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "fd9a9679-3a67-4fac-84f2-33b87eba9e4c" {
    verdict = silent
    because = "the journal is left alone"
  }
}

step "host_log_clear" "journal_gone" {
  by    = actor.emissary_panda
  on    = asset.billing
  at    = "49d"
  after = [step.host_logs_gone]

  with {
    logs = "journal"
  }

  expect "sigma" "fd9a9679-3a67-4fac-84f2-33b87eba9e4c" {
    verdict = fires
    count   = 1
  }
}

step "tool_files_delete" "cleaned" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "50d"
  after = [step.packed, step.mailbox]

  with {
    what = ["packer", "web_logs", "cmdlet_logs", "prefetch", "history"]
  }

  expect "sigma" "8fa44dab-2f57-43b1-82b2-cd971c1c1d3d" {
    verdict = fires
  }

  expect "sigma" "9178e989-2923-47bf-8db3-2a836c9cddb5" {
    verdict = fires
  }

  expect "sigma" "af3d1e52-f1bd-41b3-be69-9aaa2a397a1a" {
    verdict = silent
    because = "event logs are left alone"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "50d"
  after = [step.cleaned]

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
    count   = 2
  }
}

step "shell_history_clear" "typed_away" {
  by = actor.emissary_panda
  on = asset.billing
  at = "50d"

  with {
    account = "admin"
    builtin = true
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "a history is no log of the host"
  }

  expect "sigma" "ac0bd572-cf36-44ea-86d8-9ed874098856" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "typed into the shell at hand it makes no process"
  }
}

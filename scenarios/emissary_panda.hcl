# What was reported of Emissary Panda at a carrier: a page left in the folder of
# Outlook on the web, the mail taken from there, and the traces taken away.
scenario "emissary-panda" {
  title      = "Emissary Panda in the mail server"
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

baseline "office_day" "mail_day" {
  on = asset.mail
}

baseline "office_day" "portal_day" {
  on = asset.portal
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

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = silent
    because = "a page that lies there has started nothing"
  }
}

step "web_worker_shell_spawn" "first_command" {
  by = actor.emissary_panda
  on = asset.portal
  at = "2d"

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the command comes through a page that is there already"
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
    verdict = fires
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

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = silent
    because = "no log is cleared: the next requests are not written"
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
    verdict = fires
    at_least = 2
  }

  expect "sigma" "aa3a7f0e-51e5-469a-a630-25374ced798b" {
    verdict = fires
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "a changed time writes no page"
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
    count = 2
  }

  expect "sigma" "af3d1e52-f1bd-41b3-be69-9aaa2a397a1a" {
    verdict = silent
    because = "clearing keeps the files"
  }
}

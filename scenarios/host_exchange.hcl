# The mail server on its own: pages and filters in its front end, mail and records
# packed and staged, and what was done about the traces.
scenario "host-exchange" {
  title      = "Mail server"
  attack     = "18.1"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "emissary_panda" {
  group = "G0027"
}

actor "soft_cell" {
  group = "G0093"
}

asset "exchange" "mail" {
  hostname = "MAIL01"
}

baseline "office_day" "day" {
  on = asset.mail
}

step "ecp_web_shell_drop" "ecp_web_shell_drop" {
  by = actor.emissary_panda
  on = asset.mail
  at = "0d"

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = fires
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the control panel is no site of inetpub"
  }
}

step "isapi_filter_register" "isapi_filter_register" {
  by = actor.emissary_panda
  on = asset.mail
  at = "9d"

  expect "sigma" "805296d5-756c-4793-b321-3d72f9e67665" {
    verdict = fires
  }

  expect "sigma" "f662ee8c-8676-43cf-9d28-ee915b349018" {
    verdict = fires
  }

  expect "sigma" "686cf81a-9cd9-4007-b383-64395ef654dc" {
    verdict = silent
    because = "the setting that changes is not that of logging"
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "the library goes to the client access folder, not to the front end"
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = silent
    because = "a filter is mapped, it starts nothing"
  }
}

step "known_name_side_load" "known_name_side_load" {
  by = actor.emissary_panda
  on = asset.mail
  at = "18d"

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "the programs bear their own names"
  }
}

step "offline_address_book_file_write" "offline_address_book_file_write" {
  by = actor.emissary_panda
  on = asset.mail
  at = "27d"

  expect "sigma" "9dab2ca7-6a7b-4802-9bc7-0e6f4927a9a9" {
    verdict = fires
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the writer is the file server in the kernel, which has no program file"
  }
}

step "owa_web_shell_drop" "owa_web_shell_drop" {
  by = actor.emissary_panda
  on = asset.mail
  at = "36d"

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = fires
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "the folder lies below Program Files, not below a site"
  }
}

step "account_discovery" "account_discovery" {
  by = actor.emissary_panda
  on = asset.mail
  at = "45d"

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = fires
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "one of the programs tells of the network: quser counts, the others ask for accounts"
  }

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = silent
    because = "net user asks for names, no program asks the directory for all of it"
  }

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = silent
    because = "nobody is given a range of addresses"
  }
}

step "archive_cabinet" "archive_cabinet" {
  by = actor.soft_cell
  on = asset.mail
  at = "54d"

  expect "sigma" "901af624-9f2c-45a8-b54f-9f8a11fca4c2" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "a cabinet is not among the endings of that rule"
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "makecab goes by its own name"
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = silent
    because = "makecab takes no password"
  }
}

step "archive_tool_variants" "archive_tool_variants" {
  by = actor.soft_cell
  on = asset.mail
  at = "63d"

  expect "sigma" "69c0462d-6707-45ed-a42a-51eb1123fd2f" {
    verdict = fires
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = fires
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "the archives lie below ProgramData"
  }

  expect "sigma" "901af624-9f2c-45a8-b54f-9f8a11fca4c2" {
    verdict = silent
    because = "neither packer is makecab"
  }
}

step "mailbox_export_request" "mailbox_export_request" {
  by = actor.emissary_panda
  on = asset.mail
  at = "72d"

  expect "sigma" "75d006a0-b0b8-486f-b5b4-7eac442bb432" {
    verdict = fires
  }

  expect "sigma" "67d4932b-90bd-4f57-b09f-313f4fc29a02" {
    verdict = silent
    because = "the export goes to a share that is not served"
  }
}

step "stage_remote_web_folder" "stage_remote_web_folder" {
  by = actor.emissary_panda
  on = asset.mail
  at = "81d"

  expect "sigma" "9a7567d4-a9d8-40ff-a9fe-07a34dbbe464" {
    verdict = fires
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "what is staged is no page"
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = silent
    because = "nor below a site"
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "a web folder is no recycle bin"
  }
}

step "file_timestomp" "file_timestomp" {
  by = actor.emissary_panda
  on = asset.mail
  at = "90d"

  expect "sigma" "aa3a7f0e-51e5-469a-a630-25374ced798b" {
    verdict = fires
  }

  expect "sigma" "76c474b7-11cb-4507-a19b-125e84eeff95" {
    verdict = fires
  }
}

step "iis_logging_disable" "iis_logging_disable" {
  by = actor.emissary_panda
  on = asset.mail
  at = "99d"

  expect "sigma" "686cf81a-9cd9-4007-b383-64395ef654dc" {
    verdict = fires
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = silent
    because = "an administrator's shell starts appcmd"
  }
}

step "tool_files_delete" "tool_files_delete" {
  by = actor.emissary_panda
  on = asset.mail
  at = "108d"

  expect "sigma" "8fa44dab-2f57-43b1-82b2-cd971c1c1d3d" {
    verdict = fires
  }

  expect "sigma" "9178e989-2923-47bf-8db3-2a836c9cddb5" {
    verdict = fires
  }

  expect "sigma" "af3d1e52-f1bd-41b3-be69-9aaa2a397a1a" {
    verdict = silent
    because = "these logs are no event logs"
  }
}

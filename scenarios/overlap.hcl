# Three actors at one carrier, on the same hosts, from 2017 to 2021: Soft Cell in
# the first year and back for the call records in each of the next two, Naikon
# from the first to the third, Emissary Panda from the second to the fourth, in
# the mail server before the public wave of early 2021. Each clears up behind
# itself. Who did what is as reported; the days, and which actor met which host
# when, are ours.
scenario "overlap" {
  title      = "Three actors on the same hosts, for four years"
  attack     = "18.1"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1, G0093, G0019, G0027"]
}

actor "soft_cell" {
  group = "G0093"
}

actor "naikon" {
  group = "G0019"
}

actor "emissary_panda" {
  group = "G0027"
}

asset "iis" "portal" {
  hostname = "WEB02"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

asset "domain_controller" "dc2" {
  hostname = "DC02"
}

asset "workstation" "desk" {
  hostname = "OPS02"
}

asset "exchange" "mail" {
  hostname = "MAIL01"
}

asset "billing" "billing" {
  hostname = "BILL01"
}

baseline "office_day" "portal_day" {
  on = asset.portal
}

baseline "office_day" "dc_day" {
  on = asset.dc
}

baseline "office_day" "dc2_day" {
  on = asset.dc2
}

baseline "office_day" "desk_day" {
  on = asset.desk
}

baseline "office_day" "mail_day" {
  on = asset.mail
}

baseline "billing_day" "billing_day" {
  on = asset.billing
}

step "static_site_web_shell_drop" "page" {
  by = actor.soft_cell
  on = asset.portal
  at = "0d"

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = fires
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = silent
    because = "the page lies in a site, not in Exchange's front end"
  }
}

step "web_worker_shell_spawn" "commands" {
  by    = actor.soft_cell
  on    = asset.portal
  at    = "2d"
  after = [step.page]

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "14d"

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "an account is no service"
  }
}

step "scheduled_task_create" "portal_task" {
  by = actor.soft_cell
  on = asset.portal
  at = "16d"

  with {
    name   = "Carrier Helper"
    folder = "Carrier"
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = silent
    because = "it is made, not deleted"
  }
}

step "vendor_tool_side_load" "vendor_tool" {
  by = actor.soft_cell
  on = asset.dc
  at = "17d"

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }
}

step "vpn_client_install" "second_way_in" {
  by = actor.soft_cell
  on = asset.dc2
  at = "20d"

  expect "sigma" "dcb87d46-cccd-4681-8686-33aafe5cbbb0" {
    verdict = fires
  }

  expect "sigma" "a01e24b6-07f9-420f-ab4e-1ab85fbc8940" {
    verdict = fires
  }

  expect "sigma" "7a18fbaa-0207-482a-b628-cc055f83ebf2" {
    verdict = fires
  }

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = silent
    because = "the client lies in a folder of its own, below Program Files"
  }
}

step "directory_export" "directory" {
  by = actor.soft_cell
  on = asset.dc
  at = "25d"

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = fires
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
  }

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = silent
    because = "the directory is read, not a range of addresses"
  }
}

step "archive_rar_split" "packed" {
  by = actor.soft_cell
  on = asset.dc
  at = "30d"

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
  }

  expect "sigma" "69c0462d-6707-45ed-a42a-51eb1123fd2f" {
    verdict = silent
    because = "the packer is RAR"
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.soft_cell
  on = asset.billing
  at = "40d"

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "they are looked for, not packed"
  }
}

step "cdr_archive_split" "first_year" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "41d"
  after = [step.swept]

  with {
    folder = "font_unix"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "they are packed, not looked for"
  }
}

step "scheduled_task_create" "short_task" {
  by = actor.soft_cell
  on = asset.dc
  at = "50d"

  with {
    name    = "Carrier Check"
    account = "own"
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = silent
    because = "it runs as the one who made it"
  }
}

step "scheduled_task_remove" "short_task_gone" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "53d"
  after = [step.short_task]

  with {
    name = "Carrier Check"
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
  }

  expect "sigma" "14e128ff-b98b-438b-8b35-3b12c8cf0451" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = silent
    because = "it is deleted, not made"
  }
}

step "event_log_clear" "controller_emptied" {
  by = actor.soft_cell
  on = asset.dc
  at = "60d"

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }
}

step "host_log_clear" "billing_emptied" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "61d"
  after = [step.first_year]

  with {
    logs = "files"
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = fires
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict = fires
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "the daemons go on"
  }
}

step "masqueraded_service_create" "borrowed_name" {
  by = actor.naikon
  on = asset.dc
  at = "200d"

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = silent
    because = "its task is no system's"
  }
}

step "scheduled_task_create" "resting_task" {
  by = actor.naikon
  on = asset.dc2
  at = "210d"

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = silent
    because = "it is made, not deleted"
  }
}

step "run_key_set" "autostart" {
  by = actor.naikon
  on = asset.desk
  at = "230d"

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = fires
  }

  expect "sigma" "8891b859-5e7e-40a5-9a3b-3a32da551a6c" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "chrome_frame_side_load" "frame_helper" {
  by = actor.naikon
  on = asset.desk
  at = "235d"

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }
}

step "word_add_in_drop" "add_in" {
  by = actor.naikon
  on = asset.desk
  at = "240d"

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
    verdict = fires
  }

  expect "sigma" "49c6f1b7-cb20-4704-b06e-21b8d9404e1c" {
    verdict = silent
    because = "an add-in is no template"
  }
}

step "security_software_discovery" "products" {
  by = actor.naikon
  on = asset.desk
  at = "250d"

  expect "sigma" "46f04094-f940-4641-a9a7-6c5a53c3ba8f" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "products are asked for, not the network"
  }
}

step "network_discovery" "network" {
  by = actor.naikon
  on = asset.desk
  at = "251d"

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = fires
  }

  expect "sigma" "46f04094-f940-4641-a9a7-6c5a53c3ba8f" {
    verdict = silent
    because = "the network is asked for, not products"
  }
}

step "archive_cabinet" "cabinet" {
  by = actor.soft_cell
  on = asset.mail
  at = "300d"

  expect "sigma" "901af624-9f2c-45a8-b54f-9f8a11fca4c2" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "a cabinet is no archive of RAR's"
  }
}

step "cdr_archive_split" "second_year" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "406d"
  after = [step.first_year]

  with {
    folder = "ice_cache"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "they are packed, not looked for"
  }
}

step "web_worker_shell_spawn" "portal_commands" {
  by = actor.emissary_panda
  on = asset.portal
  at = "520d"

  with {
    page = "error.aspx"
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
  }
}

step "known_name_side_load" "known_name" {
  by = actor.emissary_panda
  on = asset.mail
  at = "522d"

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }
}

step "windows_service_create" "update_service" {
  by = actor.emissary_panda
  on = asset.mail
  at = "525d"

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "sysupdate is no Windows program's name"
  }
}

step "run_key_set" "mail_autostart" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "526d"
  after = [step.update_service]

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

step "registry_configuration_store" "stored_settings" {
  by = actor.emissary_panda
  on = asset.portal
  at = "530d"

  expect "sigma" "7287225c-7380-466c-b3f3-1450f2ba658a" {
    verdict = fires
  }

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = silent
    because = "no key that starts anything"
  }
}

step "scheduled_task_start" "task_awake" {
  by    = actor.naikon
  on    = asset.dc2
  at    = "640d"
  after = [step.resting_task]

  expect "sigma" "dbad3d96-19d2-40fa-be77-059bf0a24cb1" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = silent
    because = "the task is there already"
  }
}

step "cdr_archive_split" "third_year" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "771d"
  after = [step.second_year]

  with {
    folder = "pulse_shm"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "d37d4fc9-afb0-4b07-b32d-706c004103d9" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "they are packed, not looked for"
  }
}

step "scheduled_task_remove" "resting_task_gone" {
  by    = actor.naikon
  on    = asset.dc2
  at    = "900d"
  after = [step.task_awake]

  with {
    name = "Samsung RunHelp"
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
  }

  expect "sigma" "14e128ff-b98b-438b-8b35-3b12c8cf0451" {
    verdict = silent
    because = "it had been there for nearly two years"
  }
}

step "event_log_clear" "desk_emptied" {
  by    = actor.naikon
  on    = asset.desk
  at    = "901d"
  after = [step.network]

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }
}

step "event_log_clear" "second_controller_emptied" {
  by    = actor.naikon
  on    = asset.dc2
  at    = "902d"
  after = [step.resting_task_gone]

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }
}

step "keystroke_log_write" "notes" {
  by = actor.emissary_panda
  on = asset.mail
  at = "960d"

  expect "sigma" "5402195b-f469-4ef2-bdae-11a0d6f95f3e" {
    verdict = fires
  }
}

step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  at = "1380d"

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

step "mailbox_export_request" "mailbox" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1390d"
  after = [step.backdoor]

  expect "sigma" "75d006a0-b0b8-486f-b5b4-7eac442bb432" {
    verdict = fires
  }

  expect "sigma" "67d4932b-90bd-4f57-b09f-313f4fc29a02" {
    verdict = silent
    because = "the export goes to a share, not to a folder that is served"
  }
}

step "archive_rar_split" "mail_packed" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1391d"
  after = [step.mailbox]

  with {
    folder = "perflogs"
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "the parts go to PerfLogs"
  }
}

step "file_timestomp" "aged_backdoor" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1392d"
  after = [step.backdoor]

  with {
    page = "OutlookEN.aspx"
  }

  expect "sigma" "aa3a7f0e-51e5-469a-a630-25374ced798b" {
    verdict = fires
  }

  expect "sigma" "76c474b7-11cb-4507-a19b-125e84eeff95" {
    verdict = fires
  }
}

step "iis_logging_disable" "unlogged" {
  by = actor.emissary_panda
  on = asset.mail
  at = "1393d"

  expect "sigma" "686cf81a-9cd9-4007-b383-64395ef654dc" {
    verdict = fires
  }
}

step "tool_files_delete" "cleaned" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1440d"
  after = [step.mail_packed, step.mailbox]

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

step "event_log_clear" "mail_emptied" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1441d"
  after = [step.cleaned]

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }
}

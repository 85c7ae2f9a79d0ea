# It expects something of SigmaHQ's rules: run it with --rules.
scenario "sigmahq-emissary-panda" {
  title      = "SigmaHQ on Emissary Panda in the mail server and beyond"
  attack     = "19.0"
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

step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  at = "0d"

  expect "sigma" "bd1212e5-78da-431e-95fa-c58e3237a8e6" {
    verdict = fires
    shape   = edr
  }

  expect "sigma" "bd1212e5-78da-431e-95fa-c58e3237a8e6" {
    verdict = silent
    shape   = native
    because = "CommandLine is not a field of a Sysmon file event"
  }

  expect "sigma" "6b269392-9eba-40b5-acb6-55c882b20ba6" {
    verdict = fires
    shape   = edr
  }

  expect "sigma" "39f1f9f2-9636-45de-98f6-a4046aa8e4b9" {
    verdict = silent
    because = "knows folders below inetpub only; this one lies below Program Files"
  }

  expect "sigma" "7280c9f3-a5af-45d0-916a-bc01cb4151c9" {
    verdict = silent
    because = "the writer would have to be the mailbox replication service"
  }

  expect "sigma" "89c42960-f244-4dad-9151-ae9b1a3287a2" {
    verdict = silent
    because = "the worker is listed, but with the folders of Apache and Tomcat"
  }
}

step "ecp_web_shell_drop" "second_backdoor" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1d"
  after = [step.backdoor]

  expect "sigma" "6b269392-9eba-40b5-acb6-55c882b20ba6" {
    verdict = silent
    because = "CommandLine is not a field of a Sysmon file event"
  }

  expect "sigma" "39f1f9f2-9636-45de-98f6-a4046aa8e4b9" {
    verdict = silent
    because = "knows folders below inetpub only"
  }
}

step "web_worker_shell_spawn" "first_command" {
  by = actor.emissary_panda
  on = asset.portal
  at = "2d"

  expect "sigma" "8202070f-edeb-4d31-a010-a26c72ac5600" {
    verdict = fires
  }

  expect "sigma" "fa3c117a-bc0d-416e-a31b-0c0e80653efb" {
    verdict = fires
  }

  expect "sigma" "bed2a484-9348-4143-8a8a-b801c979301c" {
    verdict = fires
  }

  expect "sigma" "4ebc877f-4612-45cb-b3a5-8e3834db36c9" {
    verdict = silent
    because = "none of its patterns for children: a plain whoami is not whoami /priv"
  }

  expect "sigma" "f64e5c19-879c-4bae-b471-6d84c8339677" {
    verdict = silent
    because = "looks only for the help calls of perl, python and wget"
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

  expect "sigma" "c0d3734d-330f-4a03-aae2-65dacc6a8222" {
    verdict = silent
    because = "reads the start of programs, and a file is written"
  }

  expect "sigma" "7ff9db12-1b94-4a79-ba68-a2402c5d6729" {
    verdict = blind
    because = "no rule of the set looks at scripts below a Linux document root; this one reads requests, and knows =whoami but not =id"
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

  expect "sigma" "c0d3734d-330f-4a03-aae2-65dacc6a8222" {
    verdict = fires
  }

  expect "sigma" "42df45e7-e6e9-43b5-8f26-bec5b39cc239" {
    verdict = fires
  }

  expect "sigma" "9a0d8ca0-2385-4020-b6c6-cb6153ca56f3" {
    verdict = fires
  }

  expect "sigma" "818f7b24-0fba-4c49-a073-8b755573b9c7" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "wants the web server as the parent, and the shell stays between"
  }
}

step "ld_so_preload_footprint" "preload" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "8d"

  expect "sigma" "4b3cb710-5e83-4715-8c45-8b2b5b3e5751" {
    verdict = fires
  }

  expect "sigma" "7e3c4651-c347-40c4-b1d4-d48590fdf684" {
    verdict = fires
  }

  expect "sigma" "86157017-c2b1-4d4a-8c33-93b8e67e4af4" {
    verdict = silent
    because = "neither tee nor this path is listed"
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = silent
    because = "the dots are inside the name"
  }

  expect "sigma" "977ef627-4539-4875-adf4-ed8f780c4922" {
    verdict = silent
    because = "reads the configuration of auditing"
  }
}

step "windows_service_create" "update_service" {
  by = actor.emissary_panda
  on = asset.mail
  at = "12d"

  expect "sigma" "85ff530b-261d-48c6-a441-facaa2e81e48" {
    verdict = fires
  }

  expect "sigma" "1b2ae822-6fe1-43ba-aa7c-d1a3b3d1d5f2" {
    verdict = silent
    because = "allows nine characters below ProgramData"
  }

  expect "sigma" "17a1be64-8d88-40bf-b5ff-a4f7a50ebcc8" {
    verdict = silent
    because = "ProgramData is not among its folders"
  }

  expect "sigma" "5e993621-67d4-488a-b9ae-b420d08b96cb" {
    verdict = silent
    because = "looks for AppData and for a loopback share"
  }

  expect "sigma" "a07f0359-4c90-4dc4-a681-8ffea40b4f47" {
    verdict = silent
    because = "its folders are others"
  }

  expect "sigma" "c4e92a97-a9ff-4392-9d2d-7a4c642768ca" {
    verdict = silent
    because = "wants a client without a process id"
  }
}

step "run_key_set" "autostart" {
  by = actor.emissary_panda
  on = asset.mail
  at = "13d"

  expect "sigma" "20f0ee37-5942-4e45-b7d5-c5b5db9df5cd" {
    verdict = fires
  }

  expect "sigma" "24357373-078f-44ed-9ac4-6d334a668a11" {
    verdict = fires
  }

  expect "sigma" "02ee49e2-e294-4d0f-9278-f5b3212fc588" {
    verdict = silent
    because = "its entry for ProgramData has a stray quote"
  }

  expect "sigma" "8d85cf08-bf97-4260-ba49-986a2a65129c" {
    verdict = silent
    because = "the value would have to name PowerShell"
  }
}

step "systemd_unit_install" "relay" {
  by = actor.emissary_panda
  on = asset.billing
  at = "14d"

  expect "sigma" "1bac86ba-41aa-4f62-9d6b-405eac99b485" {
    verdict = fires
  }

  expect "sigma" "2625cc59-0634-40d0-821e-cb67382a3dd7" {
    verdict = fires
  }

  expect "sigma" "de25eeb8-3655-4643-ac3a-b662d3f26b6b" {
    verdict = silent
    because = "reads stop and disable"
  }

  expect "sigma" "31545105-3444-4584-bebf-c466353230d2" {
    verdict = silent
    because = "the unit came by cp, not by touch"
  }
}

step "cdr_stage_hidden_folder" "in_a_cache" {
  by = actor.emissary_panda
  on = asset.billing
  at = "31d"

  with {
    folder = "user_cache"
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = fires
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "leaves out all below a folder .cache"
  }
}

step "cdr_archive_split" "zipped" {
  by = actor.emissary_panda
  on = asset.billing
  at = "32d"

  with {
    packer = "zip"
    folder = "plain"
    pieces = 3
  }

  expect "sigma" "a3b5e3e9-1b49-4119-8b8e-0344a01f21ee" {
    verdict = fires
  }

  expect "sigma" "2dad0cba-c62a-4a4f-949f-5f6ecd619769" {
    verdict = fires
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = silent
    because = "the folder has no dot"
  }
}

step "mailbox_export_request" "mailbox" {
  by        = actor.emissary_panda
  on        = asset.mail
  at        = "40d"
  technique = "T1114.002"

  expect "sigma" "25676e10-2121-446e-80a4-71ff8506af47" {
    verdict = fires
  }

  expect "sigma" "516376b4-05cd-4122-bae0-ad7641c38d48" {
    verdict = fires
  }

  expect "sigma" "91c945bc-2ad1-4799-a591-4d00198a1215" {
    verdict = fires
  }

  expect "sigma" "4a241dea-235b-4a7e-8d76-50d817b146c4" {
    verdict = silent
    because = "knows the path without quotes only"
  }

  expect "sigma" "889719ef-dd62-43df-86c3-768fb08dc7c0" {
    verdict = silent
    because = "the cmdlet stands in a script, not on the command line"
  }

  expect "sigma" "2837e152-93c8-43d2-85ba-c3cd3c2ae614" {
    verdict = silent
    because = "knows Outlook, not Exchange"
  }
}

step "archive_rar_split" "packed" {
  by = actor.emissary_panda
  on = asset.mail
  at = "45d"

  expect "sigma" "faa48cae-6b25-4f00-a094-08947fef582f" {
    verdict = fires
  }

  expect "sigma" "6f3e2987-db24-4c78-a860-b4f4095a7095" {
    verdict = fires
  }

  expect "sigma" "4ede543c-e098-43d9-a28f-dd784a13132f" {
    verdict = fires
  }

  expect "sigma" "4ebc877f-4612-45cb-b3a5-8e3834db36c9" {
    verdict = silent
    because = "the parent would have to be a web server"
  }

  expect "sigma" "9fbf5927-5261-4284-a71d-f681029ea574" {
    verdict = silent
    because = "knows 7-Zip only"
  }
}

step "iis_logging_disable" "unlogged" {
  by = actor.emissary_panda
  on = asset.mail
  at = "46d"

  expect "sigma" "e4ed6030-ffe5-4e6a-8a8a-ab3c1ab9d94e" {
    verdict = fires
  }

  expect "sigma" "e8ebd53a-30c2-45bd-81bb-74befba07bdb" {
    verdict = fires
  }

  expect "sigma" "a5b40a90-baf5-4bf7-a6f7-373494881d22" {
    verdict = silent
    because = "reads the same event for another setting"
  }
}

step "iis_logging_disable" "one_site_unlogged" {
  by = actor.emissary_panda
  on = asset.portal
  at = "46d"

  with {
    scope = "site"
  }

  expect "sigma" "e8ebd53a-30c2-45bd-81bb-74befba07bdb" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "reads the setting for all sites; a single site's log file is switched off by another"
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

  expect "sigma" "c6438007-e081-42ce-9483-b067fbef33c3" {
    verdict = fires
  }

  expect "sigma" "9f383dc0-fdeb-4d56-acbc-9f9f4f8f20f3" {
    verdict = silent
    because = "the writer would have to be the DNS server"
  }
}

step "log_service_stop" "daemons_stopped" {
  by = actor.emissary_panda
  on = asset.billing
  at = "48d"

  expect "sigma" "de25eeb8-3655-4643-ac3a-b662d3f26b6b" {
    verdict = fires
  }

  expect "sigma" "bed26dea-4525-47f4-b24a-76e30e44ffb0" {
    verdict = fires
  }

  expect "sigma" "53059bc0-1472-438b-956a-7508a94a91f0" {
    verdict = silent
    because = "knows firewalls"
  }

  expect "sigma" "e3a8a052-111f-4606-9aee-f28ebeb76776" {
    verdict = silent
    because = "knows firewalls and two agents"
  }

  expect "sigma" "49f5dfc1-f92e-4d34-96fa-feba3f6acf36" {
    verdict = silent
    because = "the log daemon is not in its list"
  }

  expect "sigma" "c830f15d-6f6e-430f-8074-6f73d6807841" {
    verdict = silent
    because = "reads /etc/rsyslog.conf, not its drop-ins"
  }

  expect "sigma" "977ef627-4539-4875-adf4-ed8f780c4922" {
    verdict = silent
    because = "rules are emptied in the kernel, no file of theirs is touched"
  }

  expect "sigma" "2625cc59-0634-40d0-821e-cb67382a3dd7" {
    verdict = silent
    because = "stop is neither start nor reload"
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

  expect "sigma" "80915f59-9b56-4616-9de0-fd0dea6c12fe" {
    verdict = fires
  }

  expect "sigma" "3fcc9b35-39e4-44c0-a2ad-9e82b6902b31" {
    verdict = fires
  }

  expect "sigma" "c52a914f-3d8b-4b2a-bb75-b3991e75f8ba" {
    verdict = fires
  }

  expect "sigma" "41e5c73d-9983-4b69-bd03-e13b67e9623c" {
    verdict = silent
    because = "what follows the redirection is another actor's"
  }

  expect "sigma" "1182f3b3-e716-4efa-99ab-d2685d04360f" {
    verdict = silent
    because = "no history is removed"
  }

  expect "sigma" "977ef627-4539-4875-adf4-ed8f780c4922" {
    verdict = silent
    because = "reads the configuration of auditing"
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

  expect "sigma" "3fcc9b35-39e4-44c0-a2ad-9e82b6902b31" {
    verdict = fires
  }

  expect "sigma" "80915f59-9b56-4616-9de0-fd0dea6c12fe" {
    verdict = silent
    because = "reads rm, shred and unlink"
  }
}

step "tool_files_delete" "cleaned" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "50d"
  after = [step.packed]

  with {
    what = ["packer", "web_logs", "cmdlet_logs", "prefetch", "history"]
  }

  expect "sigma" "54786ddc-5b8a-11ed-9b6a-0242ac120002" {
    verdict = fires
  }

  expect "sigma" "3eb8c339-a765-48cc-a150-4364c04652bf" {
    verdict = fires
  }

  expect "sigma" "0a1f9d29-6465-4776-b091-7f43b26e4c89" {
    verdict = fires
  }

  expect "sigma" "26b692dc-1722-49b2-b496-a8258aa6371d" {
    verdict = fires
  }

  expect "sigma" "a55349d8-9588-4c5a-8e3b-1925fe2a4ffe" {
    verdict = silent
    because = "asks for a path that begins without a drive"
  }

  expect "sigma" "f4ff7323-b5fc-4323-8b52-6b9408e15788" {
    verdict = silent
    because = "the history is named in a script, not on a command line"
  }

  expect "sigma" "204b17ae-4007-471b-917b-b917b315c5db" {
    verdict = silent
    because = "wants a wildcard of programs"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "50d"
  after = [step.cleaned]

  expect "sigma" "cc36992a-4671-4f21-a91d-6c2b72a2edf5" {
    verdict = fires
  }

  expect "sigma" "d99b79d2-0a6f-4f46-ad8b-260b6e17f982" {
    verdict = fires
  }

  expect "sigma" "a62b37e0-45d3-48d9-a517-90c1a1b0186b" {
    verdict = fires
  }

  expect "sigma" "add64136-62e5-48ea-807e-88638d02df1e" {
    verdict = fires
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

  expect "sigma" "1182f3b3-e716-4efa-99ab-d2685d04360f" {
    verdict = fires
  }

  expect "sigma" "eae8ce9f-bde9-47a6-8e79-f20d18419910" {
    verdict = fires
  }

  expect "sigma" "fdc88d25-96fb-4b7c-9633-c0e417fdbd4e" {
    verdict = fires
  }

  expect "sigma" "d7821ff1-4527-4e33-9f84-d0d57fa2fb66" {
    verdict = silent
    because = "the history is removed, not printed"
  }
}

# What was reported of Emissary Panda at a carrier: a page left in the folder of
# Outlook on the web, the mail taken from there, and the traces taken away. The
# Linux steps are by analogy.
scenario "emissary-panda" {
  title      = "Emissary Panda in the mail server and beyond"
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

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "the rule knows site roots, and this folder lies below Program Files"
  }
}

step "ecp_web_shell_drop" "second_backdoor" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1d"
  after = [step.backdoor]

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }
}

step "web_worker_shell_spawn" "first_command" {
  by = actor.emissary_panda
  on = asset.portal
  at = "2d"

  expect "sigma" "windows_web_worker_starts_shell" {
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

  expect "sigma" "linux_page_by_web_worker" {
    verdict = fires
  }

  expect "sigma" "linux_script_called_among_assets" {
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

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "linux_script_called_among_assets" {
    verdict = fires
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the parent is a web worker"
  }
}

step "ld_so_preload_footprint" "preload" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "8d"

  expect "sigma" "linux_loader_preload_written" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "linux_unit_by_hand" {
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

  expect "sigma" "linux_loader_preload_written" {
    verdict = fires
  }

  expect "sigma" "linux_login_script_by_hand" {
    verdict = silent
    because = "the loader reads it, no shell does"
  }
}

step "timestamp_borrow" "aged_account_page" {
  by = actor.emissary_panda
  on = asset.selfcare
  at = "10d"

  expect "sigma" "linux_served_page_given_times" {
    verdict = fires
  }
}

step "windows_service_create" "update_service" {
  by = actor.emissary_panda
  on = asset.mail
  at = "12d"

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = silent
    because = "sysupdate is no Windows program's name"
  }

  expect "sigma" "windows_task_program_in_data_folder" {
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

  expect "sigma" "windows_run_value_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "systemd_unit_install" "relay" {
  by = actor.emissary_panda
  on = asset.billing
  at = "14d"

  expect "sigma" "linux_unit_by_hand" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "a unit is started, none is stopped"
  }

  expect "sigma" "linux_cron_entry_by_hand" {
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

  expect "sigma" "linux_unit_by_hand" {
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

  expect "sigma" "linux_call_records_searched" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
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

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_call_records_packed" {
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

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = silent
    because = "the folder has no dot"
  }

  expect "sigma" "linux_records_in_temporary_folder" {
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

  expect "sigma" "windows_mailbox_export_asked" {
    verdict = fires
  }

  expect "sigma" "windows_mailbox_export_to_web_folder" {
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

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "windows_archive_with_7zip_password" {
    verdict = silent
    because = "the packer is RAR"
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = silent
    because = "the parts go to PerfLogs"
  }
}

step "iis_logging_disable" "unlogged" {
  by = actor.emissary_panda
  on = asset.mail
  at = "46d"

  expect "sigma" "windows_web_requests_unlogged" {
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

  expect "sigma" "windows_served_file_set_back" {
    verdict  = fires
    at_least = 2
  }

  expect "sigma" "windows_script_sets_creation_time" {
    verdict = fires
  }
}

step "log_service_stop" "daemons_stopped" {
  by = actor.emissary_panda
  on = asset.billing
  at = "48d"

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_auditing_switched_off" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_log_forwarding_drop_in" {
    verdict = fires
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "no log is removed"
  }

  expect "sigma" "linux_unit_by_hand" {
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

  expect "sigma" "linux_login_records_emptied" {
    verdict = fires
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "linux_journal_vacuumed_to_now" {
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

  expect "sigma" "linux_journal_vacuumed_to_now" {
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

  expect "sigma" "windows_cmdlet_log_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_shell_history_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_log_file_deleted" {
    verdict = silent
    because = "event logs are left alone"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "50d"
  after = [step.cleaned]

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
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

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "a history is no log of the host"
  }

  expect "sigma" "linux_history_off_in_own_shell" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "typed into the shell at hand it makes no process"
  }
}

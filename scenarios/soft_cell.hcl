# What was reported of Soft Cell at a carrier: pages in two sites, accounts of
# its own in the domain and on the billing host, call records gathered, packed
# and put away, and the traces taken away. The Linux steps are by analogy.
scenario "soft-cell" {
  title      = "Soft Cell after the call records"
  attack     = "19.0"
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

  expect "sigma" "windows_site_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_outlook_front_page_written" {
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

  expect "sigma" "windows_site_page_written" {
    verdict = fires
  }
}

step "web_worker_shell_spawn" "commands" {
  by    = actor.soft_cell
  on    = asset.site
  at    = "2d"
  after = [step.page]

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
    count   = 1
  }
}

step "web_page_drop" "portal_page" {
  by = actor.soft_cell
  on = asset.portal
  at = "3d"

  expect "sigma" "linux_page_by_web_worker" {
    verdict = fires
  }

  expect "sigma" "linux_script_called_among_assets" {
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

  expect "sigma" "linux_script_called_among_assets" {
    verdict = silent
    because = "the folder of templates is not one that browsers load from"
  }

  expect "sigma" "linux_page_by_web_worker" {
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

  expect "sigma" "linux_web_worker_looks_around" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "linux_script_called_among_assets" {
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

  expect "sigma" "linux_served_page_given_times" {
    verdict = fires
  }

  expect "sigma" "linux_web_worker_looks_around" {
    verdict = silent
    because = "touch tells of nothing"
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "20d"

  expect "sigma" "windows_privileged_group_member" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
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

  expect "sigma" "windows_privileged_group_member" {
    verdict = blind
    because = "a role's group governs nothing, and making accounts is what the help desk does all day"
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = silent
    because = "the name says svc, but an account is no service"
  }
}

step "local_account_add" "sync_account" {
  by = actor.soft_cell
  on = asset.billing
  at = "30d"

  expect "sigma" "linux_login_account_made" {
    verdict = fires
  }

  expect "sigma" "linux_account_joins_powerful_group" {
    verdict = fires
  }

  expect "sigma" "linux_login_keys_changed" {
    verdict = silent
    because = "the account gets no key"
  }
}

step "authorized_keys_append" "database_key" {
  by = actor.soft_cell
  on = asset.billing
  at = "31d"

  expect "sigma" "linux_login_keys_changed" {
    verdict = fires
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = silent
    because = "the file is no startup file"
  }

  expect "sigma" "linux_login_account_made" {
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

  expect "sigma" "linux_crontab_from_temporary_file" {
    verdict = fires
  }

  expect "sigma" "linux_cron_entry_by_hand" {
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

  expect "sigma" "linux_cron_entry_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_crontab_from_temporary_file" {
    verdict = silent
    because = "an entry of the host passes no crontab"
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = silent
    because = "cron takes no units"
  }
}

step "shell_startup_write" "at_every_login" {
  by = actor.soft_cell
  on = asset.billing
  at = "34d"

  expect "sigma" "linux_login_script_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = fires
  }

  expect "sigma" "linux_login_keys_changed" {
    verdict = silent
    because = "no key is involved"
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.soft_cell
  on = asset.billing
  at = "50d"

  expect "sigma" "linux_call_records_searched" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "nothing is packed"
  }

  expect "sigma" "linux_served_page_given_times" {
    verdict = silent
    because = "the stamp file is not served by anything"
  }
}

step "cdr_database_export" "exported" {
  by = actor.soft_cell
  on = asset.billing
  at = "52d"

  expect "sigma" "linux_call_records_copied_from_database" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = silent
    because = "the database is asked, not the folder"
  }
}

step "cdr_stage_hidden_folder" "hidden" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "55d"
  after = [step.swept]

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = silent
    because = "nothing is packed"
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = silent
    because = "nothing is searched"
  }
}

step "cdr_archive_split" "cut_up" {
  by    = actor.soft_cell
  on    = asset.billing
  at    = "56d"
  after = [step.hidden]

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_searched" {
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

  expect "sigma" "windows_records_in_system_folder" {
    verdict  = fires
    at_least = 6
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = silent
    because = "records are no archive"
  }
}

step "archive_rar_split" "packed" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "60d"
  after = [step.gathered]

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict  = fires
    at_least = 2
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = silent
    because = "only the archive is written"
  }
}

step "stage_recycle_bin" "put_away" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "61d"
  after = [step.packed]

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
  }

  # The records pass through ProgramData on their way.
  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = silent
    because = "what is moved there writes no file event"
  }
}

step "shell_history_clear" "clerk_forgotten" {
  by = actor.soft_cell
  on = asset.billing
  at = "88d"

  expect "sigma" "linux_history_off_in_own_shell" {
    verdict = fires
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_logs_removed_by_hand" {
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

  expect "sigma" "linux_login_records_emptied" {
    verdict  = fires
    at_least = 3
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "linux_journal_vacuumed_to_now" {
    verdict = silent
    because = "the journal is left alone"
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "the daemons run on"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "90d"
  after = [step.put_away]

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
    verdict = fires
  }
}

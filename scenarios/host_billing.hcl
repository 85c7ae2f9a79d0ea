# The billing host on its own: ways to come back, call records taken, packed, staged
# and moved on, and the traces taken away. All by analogy with what was reported
# of Windows.
scenario "host-billing" {
  title      = "Billing host"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "emissary_panda" {
  group = "G0027"
}

actor "soft_cell" {
  group = "G0093"
}

asset "billing" "billing" {
  hostname = "BILL01"
}

baseline "billing_day" "day" {
  on = asset.billing
}

step "authorized_keys_append" "authorized_keys_append" {
  by = actor.soft_cell
  on = asset.billing
  at = "0d"

  expect "sigma" "linux_login_keys_changed" {
    verdict = fires
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = silent
    because = "the file is none that a shell reads at its start"
  }

  expect "sigma" "linux_login_script_by_hand" {
    verdict = silent
    because = "nor one that all shells read"
  }

  expect "sigma" "linux_login_account_made" {
    verdict = silent
    because = "the account is there already"
  }
}

step "cron_entry_install" "cron_entry_install" {
  by = actor.soft_cell
  on = asset.billing
  at = "9d"

  expect "sigma" "linux_cron_entry_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_crontab_from_temporary_file" {
    verdict = fires
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = silent
    because = "a cron entry is no unit"
  }

  expect "sigma" "linux_login_script_by_hand" {
    verdict = silent
    because = "and no script of a login"
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "the cron log keeps its line"
  }
}

step "ld_so_preload_footprint" "ld_so_preload_footprint" {
  by = actor.emissary_panda
  on = asset.billing
  at = "18d"

  expect "sigma" "linux_loader_preload_written" {
    verdict = fires
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = silent
    because = "the loader reads the file, not systemd"
  }

  expect "sigma" "linux_login_script_by_hand" {
    verdict = silent
    because = "and no login does"
  }

  expect "sigma" "linux_auditing_switched_off" {
    verdict = silent
    because = "auditing stays on"
  }
}

step "local_account_add" "local_account_add" {
  by = actor.soft_cell
  on = asset.billing
  at = "27d"

  expect "sigma" "linux_account_joins_powerful_group" {
    verdict = fires
  }

  expect "sigma" "linux_login_account_made" {
    verdict = fires
  }

  expect "sigma" "linux_login_keys_changed" {
    verdict = silent
    because = "no key is left"
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = silent
    because = "its start file is the one that every new account gets"
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = silent
    because = "no history is touched"
  }
}

step "shell_startup_write" "shell_startup_write" {
  by = actor.soft_cell
  on = asset.billing
  at = "36d"

  expect "sigma" "linux_login_script_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = fires
  }

  expect "sigma" "linux_login_keys_changed" {
    verdict = silent
    because = "start files hold no key"
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = silent
    because = "nor a unit"
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = silent
    because = "the history beside it stays"
  }
}

step "systemd_unit_install" "systemd_unit_install" {
  by = actor.emissary_panda
  on = asset.billing
  at = "45d"

  expect "sigma" "linux_unit_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "systemctl starts here and stops nothing"
  }

  expect "sigma" "linux_cron_entry_by_hand" {
    verdict = silent
    because = "a unit is no cron entry"
  }

  expect "sigma" "linux_loader_preload_written" {
    verdict = silent
    because = "the loader has nothing to do with it"
  }
}

step "cdr_database_export" "cdr_database_export" {
  by = actor.soft_cell
  on = asset.billing
  at = "54d"

  expect "sigma" "linux_call_records_copied_from_database" {
    verdict = fires
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = silent
    because = "the database is asked, no file is searched"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "the export is as the database gave it"
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "the database's log goes on"
  }
}

step "cdr_sweep_newer" "cdr_sweep_newer" {
  by = actor.soft_cell
  on = asset.billing
  at = "63d"

  expect "sigma" "linux_call_records_searched" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "copies are not packed"
  }

  expect "sigma" "linux_served_page_given_times" {
    verdict = silent
    because = "touch is at a stamp file, not at a page"
  }
}

step "cdr_archive_split" "cdr_archive_split" {
  by = actor.soft_cell
  on = asset.billing
  at = "72d"

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = silent
    because = "all records are taken, none is searched for"
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the mediation account's shell does it"
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "nothing is removed"
  }
}

step "cdr_stage_hidden_folder" "cdr_stage_hidden_folder" {
  by = actor.emissary_panda
  on = asset.billing
  at = "81d"

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = silent
    because = "copies are not packed"
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "nor are they anywhere else"
  }

  expect "sigma" "linux_call_records_searched" {
    verdict = silent
    because = "they are taken by name"
  }
}

step "remote_stage_copy" "remote_stage_copy" {
  by = actor.emissary_panda
  on = asset.billing
  at = "90d"

  expect "sigma" "linux_pieces_sent_from_hidden_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_packed" {
    verdict = silent
    because = "the pieces are packed already"
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = silent
    because = "pieces do not end as call records do"
  }

  expect "sigma" "linux_served_page_given_times" {
    verdict = silent
    because = "what arrives is no page"
  }
}

step "host_log_clear" "host_log_clear" {
  by = actor.emissary_panda
  on = asset.billing
  at = "99d"

  expect "sigma" "linux_journal_vacuumed_to_now" {
    verdict = fires
  }

  expect "sigma" "linux_login_records_emptied" {
    verdict = fires
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "logs are emptied, their daemon goes on"
  }

  expect "sigma" "linux_auditing_switched_off" {
    verdict = silent
    because = "auditing too"
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = silent
    because = "histories are no logs"
  }
}

step "log_service_stop" "log_service_stop" {
  by = actor.emissary_panda
  on = asset.billing
  at = "108d"

  expect "sigma" "linux_auditing_switched_off" {
    verdict = fires
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = fires
  }

  expect "sigma" "linux_log_forwarding_drop_in" {
    verdict = fires
  }

  expect "sigma" "linux_unit_by_hand" {
    verdict = silent
    because = "no unit is changed"
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "what was logged stays"
  }

  expect "sigma" "linux_login_records_emptied" {
    verdict = silent
    because = "and so do the records of logins"
  }
}

step "shell_history_clear" "shell_history_clear" {
  by = actor.emissary_panda
  on = asset.billing
  at = "117d"

  expect "sigma" "linux_history_off_in_own_shell" {
    verdict = fires
  }

  expect "sigma" "linux_history_removed_or_linked" {
    verdict = fires
  }

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = silent
    because = "histories are no logs"
  }

  expect "sigma" "linux_shell_startup_without_editor" {
    verdict = silent
    because = "no start file is changed"
  }
}

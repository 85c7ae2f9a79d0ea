# The domain controller on its own: accounts, services and tasks, the directory
# read, call records packed and put away, logs cleared.
scenario "host-domain-controller" {
  title      = "Domain controller"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "emissary_panda" {
  group = "G0027"
}

actor "naikon" {
  group = "G0019"
}

actor "soft_cell" {
  group = "G0093"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

baseline "office_day" "day" {
  on = asset.dc
}

step "domain_account_create" "domain_account_create" {
  by = actor.soft_cell
  on = asset.dc
  at = "0d"

  expect "sigma" "windows_privileged_group_member" {
    verdict = fires
  }

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = silent
    because = "the directory is written, and by name"
  }

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = silent
    because = "nobody asks who is logged on"
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = silent
    because = "the account bears a service's name, but is none"
  }
}

step "masqueraded_service_create" "masqueraded_service_create" {
  by = actor.naikon
  on = asset.dc
  at = "9d"

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = fires
  }

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = silent
    because = "its task is of the account itself"
  }

  expect "sigma" "windows_vpn_service_installed" {
    verdict = silent
    because = "the name borrowed is not that of a VPN"
  }

  expect "sigma" "windows_run_value_data_folder" {
    verdict = silent
    because = "no Run value is set"
  }
}

step "scheduled_task_create" "scheduled_task_create" {
  by = actor.soft_cell
  on = asset.dc
  at = "18d"

  expect "sigma" "windows_task_created_for_system" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_deleted" {
    verdict = silent
    because = "a task that is registered stays"
  }

  expect "sigma" "windows_run_value_data_folder" {
    verdict = silent
    because = "the scheduler starts it, no Run value"
  }
}

step "valid_account_logon" "valid_account_logon" {
  by = actor.soft_cell
  on = asset.dc
  at = "27d"

  with {
    ways = ["share", "mail"]
  }
}

step "vendor_tool_side_load" "vendor_tool_side_load" {
  by = actor.soft_cell
  on = asset.dc
  at = "36d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "the tool bears its own name"
  }
}

step "vpn_client_install" "vpn_client_install" {
  by = actor.soft_cell
  on = asset.dc
  at = "45d"

  expect "sigma" "windows_vpn_program_by_vendor" {
    verdict = fires
  }

  expect "sigma" "windows_vpn_service_installed" {
    verdict = fires
  }

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = silent
    because = "a genuine client lies in Program Files"
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = silent
    because = "SEVPNCLIENT is no name of Windows"
  }
}

step "directory_export" "directory_export" {
  by = actor.soft_cell
  on = asset.dc
  at = "54d"

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = fires
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
  }

  expect "sigma" "windows_address_range_as_argument" {
    verdict = silent
    because = "the finder is given no address"
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "the finder is renamed too, but is no RAR"
  }
}

step "archive_rar_split" "archive_rar_split" {
  by = actor.emissary_panda
  on = asset.dc
  at = "63d"

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = fires
  }

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
  }

  expect "sigma" "windows_archive_with_7zip_password" {
    verdict = silent
    because = "the packer is RAR"
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "RAR goes by its own name"
  }

  expect "sigma" "windows_cabinet_of_mail_or_exports" {
    verdict = silent
    because = "nor is it makecab"
  }
}

step "keystroke_log_write" "keystroke_log_write" {
  by = actor.emissary_panda
  on = asset.dc
  at = "72d"

  expect "sigma" "windows_notes_kept_by_data_folder_program" {
    verdict = fires
  }

  expect "sigma" "windows_startup_folder_by_profile_program" {
    verdict = silent
    because = "the file that grows lies beside its program"
  }
}

step "stage_recycle_bin" "stage_recycle_bin" {
  by = actor.soft_cell
  on = asset.dc
  at = "81d"

  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = silent
    because = "the records are as they were exported"
  }

  expect "sigma" "windows_documents_copied_by_pattern" {
    verdict = silent
    because = "call records are no documents"
  }
}

step "event_log_clear" "event_log_clear" {
  by = actor.naikon
  on = asset.dc
  at = "90d"

  expect "sigma" "windows_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }
}

step "scheduled_task_remove" "scheduled_task_remove" {
  by = actor.naikon
  on = asset.dc
  at = "99d"

  expect "sigma" "windows_task_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = silent
    because = "a task that goes is not registered"
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = silent
    because = "it was created long before"
  }
}

step "share_disconnect" "share_disconnect" {
  by = actor.emissary_panda
  on = asset.dc
  at = "108d"

  expect "sigma" "windows_share_dropped_by_hand" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "one net use, which asks nothing"
  }
}

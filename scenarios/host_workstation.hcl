# A network operator's desk on its own: start-up places, what was asked of host and
# network, documents gathered and packed.
scenario "host-workstation" {
  title      = "Operator's desk"
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

asset "workstation" "desk" {
  hostname = "OPS02"
}

baseline "office_day" "day" {
  on = asset.desk
}

step "chrome_frame_side_load" "chrome_frame_side_load" {
  by = actor.naikon
  on = asset.desk
  at = "0d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_notes_kept_by_data_folder_program" {
    verdict = silent
    because = "it maps a library and writes nothing"
  }
}

step "run_key_set" "run_key_set" {
  by = actor.emissary_panda
  on = asset.desk
  at = "9d"

  expect "sigma" "windows_run_value_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = silent
    because = "ProgramData belongs to no profile"
  }
}

step "startup_folder_drop" "startup_folder_drop" {
  by = actor.naikon
  on = asset.desk
  at = "18d"

  expect "sigma" "windows_startup_folder_by_profile_program" {
    verdict = fires
  }

  expect "sigma" "windows_office_add_in_written" {
    verdict = silent
    because = "the start folder is that of the desktop"
  }
}

step "word_add_in_drop" "word_add_in_drop" {
  by = actor.naikon
  on = asset.desk
  at = "27d"

  expect "sigma" "windows_office_add_in_written" {
    verdict = fires
  }

  expect "sigma" "windows_office_template_written" {
    verdict = silent
    because = "a .wll is no template"
  }
}

step "network_discovery" "network_discovery" {
  by = actor.naikon
  on = asset.desk
  at = "36d"

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = fires
  }

  expect "sigma" "windows_security_products_asked" {
    verdict = silent
    because = "the security centre is not asked"
  }

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = silent
    because = "nobody asks who is logged on"
  }

  expect "sigma" "windows_address_range_as_argument" {
    verdict = silent
    because = "all five ask of this host only"
  }
}

step "registry_query" "registry_query" {
  by = actor.emissary_panda
  on = asset.desk
  at = "45d"

  expect "sigma" "windows_remembered_servers_read" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "reg.exe tells of no network"
  }
}

step "remote_system_scan" "remote_system_scan" {
  by = actor.soft_cell
  on = asset.desk
  at = "54d"

  expect "sigma" "windows_address_range_as_argument" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "ping, net view and nltest ask of others, not of this host"
  }

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = silent
    because = "a list of controllers is no list of accounts"
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "the scanner has a name of its own and the version resource of no packer"
  }
}

step "security_software_discovery" "security_software_discovery" {
  by = actor.naikon
  on = asset.desk
  at = "63d"

  expect "sigma" "windows_security_products_asked" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "netsh and WMIC are two programs, and it takes three"
  }

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = silent
    because = "a person asks, and not for people"
  }
}

step "archive_library_powershell" "archive_library_powershell" {
  by = actor.emissary_panda
  on = asset.desk
  at = "72d"

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = fires
  }

  expect "sigma" "windows_script_packs_by_class" {
    verdict = fires
  }

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = silent
    because = "a zip of PowerShell has no hidden names"
  }

  expect "sigma" "windows_script_sets_creation_time" {
    verdict = silent
    because = "the script sets no time"
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = silent
    because = "what is packed are documents, and the archives are no call records"
  }
}

step "documents_auto_collect" "documents_auto_collect" {
  by = actor.emissary_panda
  on = asset.desk
  at = "81d"

  expect "sigma" "windows_documents_copied_by_pattern" {
    verdict = fires
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = silent
    because = "documents are no call records"
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = silent
    because = "they are gathered below ProgramData"
  }
}

step "stage_system_folders" "stage_system_folders" {
  by = actor.soft_cell
  on = asset.desk
  at = "90d"

  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = silent
    because = "the records are as they were exported"
  }

  expect "sigma" "windows_documents_copied_by_pattern" {
    verdict = silent
    because = "they come from the exports, not from users' folders"
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = silent
    because = "the recycle bin is not among the folders"
  }
}

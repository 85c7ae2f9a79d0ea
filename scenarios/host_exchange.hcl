# The mail server on its own: pages and filters in its front end, mail and records
# packed and staged, and what was done about the traces.
scenario "host-exchange" {
  title      = "Mail server"
  attack     = "19.0"
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

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "the control panel is no site of inetpub"
  }
}

step "isapi_filter_register" "isapi_filter_register" {
  by = actor.emissary_panda
  on = asset.mail
  at = "9d"

  expect "sigma" "windows_owa_filter_library_elsewhere" {
    verdict = fires
  }

  expect "sigma" "windows_web_filter_elsewhere" {
    verdict = fires
  }

  expect "sigma" "windows_web_requests_unlogged" {
    verdict = silent
    because = "the setting that changes is not that of logging"
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = silent
    because = "the library goes to the client access folder, not to the front end"
  }

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = silent
    because = "a filter is mapped, it starts nothing"
  }
}

step "known_name_side_load" "known_name_side_load" {
  by = actor.emissary_panda
  on = asset.mail
  at = "18d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "the programs bear their own names"
  }
}

step "offline_address_book_file_write" "offline_address_book_file_write" {
  by = actor.emissary_panda
  on = asset.mail
  at = "27d"

  expect "sigma" "windows_cmdlet_names_served_page" {
    verdict = fires
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "the writer is the file server in the kernel, which has no program file"
  }
}

step "owa_web_shell_drop" "owa_web_shell_drop" {
  by = actor.emissary_panda
  on = asset.mail
  at = "36d"

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "the folder lies below Program Files, not below a site"
  }
}

step "account_discovery" "account_discovery" {
  by = actor.emissary_panda
  on = asset.mail
  at = "45d"

  expect "sigma" "windows_logged_on_users_asked_by_service" {
    verdict = fires
  }

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "one of the programs tells of the network: quser counts, the others ask for accounts"
  }

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = silent
    because = "net user asks for names, no program asks the directory for all of it"
  }

  expect "sigma" "windows_address_range_as_argument" {
    verdict = silent
    because = "nobody is given a range of addresses"
  }
}

step "archive_cabinet" "archive_cabinet" {
  by = actor.soft_cell
  on = asset.mail
  at = "54d"

  expect "sigma" "windows_cabinet_of_mail_or_exports" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = silent
    because = "a cabinet is not among the endings of that rule"
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = silent
    because = "makecab goes by its own name"
  }

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = silent
    because = "makecab takes no password"
  }
}

step "archive_tool_variants" "archive_tool_variants" {
  by = actor.soft_cell
  on = asset.mail
  at = "63d"

  expect "sigma" "windows_archive_with_7zip_password" {
    verdict = fires
  }

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_rar_by_another_name" {
    verdict = fires
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = silent
    because = "the archives lie below ProgramData"
  }

  expect "sigma" "windows_cabinet_of_mail_or_exports" {
    verdict = silent
    because = "neither packer is makecab"
  }
}

step "mailbox_export_request" "mailbox_export_request" {
  by = actor.emissary_panda
  on = asset.mail
  at = "72d"

  expect "sigma" "windows_mailbox_export_asked" {
    verdict = fires
  }

  expect "sigma" "windows_mailbox_export_to_web_folder" {
    verdict = silent
    because = "the export goes to a share that is not served"
  }
}

step "stage_remote_web_folder" "stage_remote_web_folder" {
  by = actor.emissary_panda
  on = asset.mail
  at = "81d"

  expect "sigma" "windows_archive_below_served_folder" {
    verdict = fires
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = silent
    because = "what is staged is no page"
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "nor below a site"
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = silent
    because = "a web folder is no recycle bin"
  }
}

step "file_timestomp" "file_timestomp" {
  by = actor.emissary_panda
  on = asset.mail
  at = "90d"

  expect "sigma" "windows_script_sets_creation_time" {
    verdict = fires
  }

  expect "sigma" "windows_served_file_set_back" {
    verdict = fires
  }
}

step "iis_logging_disable" "iis_logging_disable" {
  by = actor.emissary_panda
  on = asset.mail
  at = "99d"

  expect "sigma" "windows_web_requests_unlogged" {
    verdict = fires
  }

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = silent
    because = "an administrator's shell starts appcmd"
  }
}

step "tool_files_delete" "tool_files_delete" {
  by = actor.emissary_panda
  on = asset.mail
  at = "108d"

  expect "sigma" "windows_cmdlet_log_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_shell_history_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_log_file_deleted" {
    verdict = silent
    because = "these logs are no event logs"
  }
}

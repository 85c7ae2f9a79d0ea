# Three actors at one carrier, on the same hosts, from 2017 to 2021: Soft Cell in
# the first year and back for the call records in each of the next two, Naikon
# from the first to the third, Emissary Panda from the second to the fourth, in
# the mail server before the public wave of early 2021. Each clears up behind
# itself. Who did what is as reported; the days, and which actor met which host
# when, are ours.
scenario "overlap" {
  title      = "Three actors on the same hosts, for four years"
  attack     = "19.0"
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

  expect "sigma" "windows_site_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = silent
    because = "the page lies in a site, not in Exchange's front end"
  }
}

step "web_worker_shell_spawn" "commands" {
  by    = actor.soft_cell
  on    = asset.portal
  at    = "2d"
  after = [step.page]

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "14d"

  expect "sigma" "windows_privileged_group_member" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
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

  expect "sigma" "windows_task_created_for_system" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_deleted" {
    verdict = silent
    because = "it is made, not deleted"
  }
}

step "vendor_tool_side_load" "vendor_tool" {
  by = actor.soft_cell
  on = asset.dc
  at = "17d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }
}

step "vpn_client_install" "second_way_in" {
  by = actor.soft_cell
  on = asset.dc2
  at = "20d"

  expect "sigma" "windows_vpn_service_installed" {
    verdict = fires
  }

  expect "sigma" "windows_vpn_program_by_vendor" {
    verdict = fires
  }

  expect "sigma" "windows_service_account_on_many_hosts" {
    verdict = fires
  }

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = silent
    because = "the client lies in a folder of its own, below Program Files"
  }
}

step "directory_export" "directory" {
  by = actor.soft_cell
  on = asset.dc
  at = "25d"

  expect "sigma" "windows_directory_read_without_limit" {
    verdict = fires
  }

  expect "sigma" "windows_records_in_system_folder" {
    verdict = fires
  }

  expect "sigma" "windows_address_range_as_argument" {
    verdict = silent
    because = "the directory is read, not a range of addresses"
  }
}

step "archive_rar_split" "packed" {
  by = actor.soft_cell
  on = asset.dc
  at = "30d"

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = fires
  }

  expect "sigma" "windows_archive_with_7zip_password" {
    verdict = silent
    because = "the packer is RAR"
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.soft_cell
  on = asset.billing
  at = "40d"

  expect "sigma" "linux_call_records_searched" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_packed" {
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

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
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

  expect "sigma" "windows_task_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_task_removed_within_a_week" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = silent
    because = "it is deleted, not made"
  }
}

step "event_log_clear" "controller_emptied" {
  by = actor.soft_cell
  on = asset.dc
  at = "60d"

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
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

  expect "sigma" "linux_logs_removed_by_hand" {
    verdict = fires
  }

  expect "sigma" "linux_login_records_emptied" {
    verdict = fires
  }

  expect "sigma" "linux_log_daemon_stopped" {
    verdict = silent
    because = "the daemons go on"
  }
}

step "masqueraded_service_create" "borrowed_name" {
  by = actor.naikon
  on = asset.dc
  at = "200d"

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
    verdict = silent
    because = "its task is no system's"
  }
}

step "scheduled_task_create" "resting_task" {
  by = actor.naikon
  on = asset.dc2
  at = "210d"

  expect "sigma" "windows_task_created_for_system" {
    verdict = fires
  }

  expect "sigma" "windows_task_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_task_deleted" {
    verdict = silent
    because = "it is made, not deleted"
  }
}

step "run_key_set" "autostart" {
  by = actor.naikon
  on = asset.desk
  at = "230d"

  expect "sigma" "windows_run_value_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "chrome_frame_side_load" "frame_helper" {
  by = actor.naikon
  on = asset.desk
  at = "235d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }
}

step "word_add_in_drop" "add_in" {
  by = actor.naikon
  on = asset.desk
  at = "240d"

  expect "sigma" "windows_office_add_in_written" {
    verdict = fires
  }

  expect "sigma" "windows_office_template_written" {
    verdict = silent
    because = "an add-in is no template"
  }
}

step "security_software_discovery" "products" {
  by = actor.naikon
  on = asset.desk
  at = "250d"

  expect "sigma" "windows_security_products_asked" {
    verdict = fires
  }

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = silent
    because = "products are asked for, not the network"
  }
}

step "network_discovery" "network" {
  by = actor.naikon
  on = asset.desk
  at = "251d"

  expect "sigma" "windows_network_questions_in_a_row" {
    verdict = fires
  }

  expect "sigma" "windows_security_products_asked" {
    verdict = silent
    because = "the network is asked for, not products"
  }
}

step "archive_cabinet" "cabinet" {
  by = actor.soft_cell
  on = asset.mail
  at = "300d"

  expect "sigma" "windows_cabinet_of_mail_or_exports" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
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

  expect "sigma" "windows_web_worker_starts_shell" {
    verdict = fires
  }
}

step "known_name_side_load" "known_name" {
  by = actor.emissary_panda
  on = asset.mail
  at = "522d"

  expect "sigma" "windows_unsigned_library_in_data_folder" {
    verdict = fires
  }
}

step "windows_service_create" "update_service" {
  by = actor.emissary_panda
  on = asset.mail
  at = "525d"

  expect "sigma" "windows_service_program_in_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_service_borrows_program_name" {
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

  expect "sigma" "windows_run_value_data_folder" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_user_profile" {
    verdict = silent
    because = "ProgramData is not among the folders of this rule"
  }
}

step "registry_configuration_store" "stored_settings" {
  by = actor.emissary_panda
  on = asset.portal
  at = "530d"

  expect "sigma" "windows_binary_value_below_classes" {
    verdict = fires
  }

  expect "sigma" "windows_run_value_data_folder" {
    verdict = silent
    because = "no key that starts anything"
  }
}

step "scheduled_task_start" "task_awake" {
  by    = actor.naikon
  on    = asset.dc2
  at    = "640d"
  after = [step.resting_task]

  expect "sigma" "windows_task_rested_before_use" {
    verdict = fires
  }

  expect "sigma" "windows_task_created_for_system" {
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

  expect "sigma" "linux_call_records_packed" {
    verdict = fires
  }

  expect "sigma" "linux_packing_in_hidden_folder" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_packed_for_years" {
    verdict = fires
  }

  expect "sigma" "linux_call_records_searched" {
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

  expect "sigma" "windows_task_deleted" {
    verdict = fires
  }

  expect "sigma" "windows_task_removed_within_a_week" {
    verdict = silent
    because = "it had been there for nearly two years"
  }
}

step "event_log_clear" "desk_emptied" {
  by    = actor.naikon
  on    = asset.desk
  at    = "901d"
  after = [step.network]

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
    verdict = fires
  }
}

step "event_log_clear" "second_controller_emptied" {
  by    = actor.naikon
  on    = asset.dc2
  at    = "902d"
  after = [step.resting_task_gone]

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
    verdict = fires
  }
}

step "keystroke_log_write" "notes" {
  by = actor.emissary_panda
  on = asset.mail
  at = "960d"

  expect "sigma" "windows_notes_kept_by_data_folder_program" {
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

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }

  expect "sigma" "windows_site_page_written" {
    verdict = silent
    because = "the rule knows site roots, and this folder lies below Program Files"
  }
}

step "mailbox_export_request" "mailbox" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1390d"
  after = [step.backdoor]

  expect "sigma" "windows_mailbox_export_asked" {
    verdict = fires
  }

  expect "sigma" "windows_mailbox_export_to_web_folder" {
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

  expect "sigma" "windows_archive_with_hidden_names" {
    verdict = fires
  }

  expect "sigma" "windows_archive_in_odd_folder" {
    verdict = fires
  }

  expect "sigma" "windows_recycle_bin_on_command_line" {
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

  expect "sigma" "windows_script_sets_creation_time" {
    verdict = fires
  }

  expect "sigma" "windows_served_file_set_back" {
    verdict = fires
  }
}

step "iis_logging_disable" "unlogged" {
  by = actor.emissary_panda
  on = asset.mail
  at = "1393d"

  expect "sigma" "windows_web_requests_unlogged" {
    verdict = fires
  }
}

step "tool_files_delete" "cleaned" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1440d"
  after = [step.mail_packed, step.mailbox]

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

step "event_log_clear" "mail_emptied" {
  by    = actor.emissary_panda
  on    = asset.mail
  at    = "1441d"
  after = [step.cleaned]

  expect "sigma" "windows_security_log_cleared" {
    verdict = fires
  }

  expect "sigma" "windows_log_cleared" {
    verdict = fires
  }
}

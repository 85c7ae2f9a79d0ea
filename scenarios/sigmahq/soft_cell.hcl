# It expects something of SigmaHQ's rules: run it with --rules.
scenario "sigmahq-soft-cell" {
  title      = "SigmaHQ on Soft Cell after the call records"
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

step "static_site_web_shell_drop" "page" {
  by = actor.soft_cell
  on = asset.site
  at = "0d"

  expect "sigma" "39f1f9f2-9636-45de-98f6-a4046aa8e4b9" {
    verdict = fires
  }

  expect "sigma" "bd1212e5-78da-431e-95fa-c58e3237a8e6" {
    verdict = silent
    because = "looks in Exchange's folders"
  }

  expect "sigma" "6b269392-9eba-40b5-acb6-55c882b20ba6" {
    verdict = silent
    because = "looks for Exchange's worker"
  }
}

step "static_site_web_shell_drop" "page_on_second_disk" {
  by = actor.soft_cell
  on = asset.site
  at = "1d"

  with {
    site = "selfcare"
  }

  expect "sigma" "39f1f9f2-9636-45de-98f6-a4046aa8e4b9" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "knows inetpub and three other roots, not a site's own folder"
  }
}

step "web_page_drop" "portal_page" {
  by = actor.soft_cell
  on = asset.portal
  at = "3d"

  expect "sigma" "c0d3734d-330f-4a03-aae2-65dacc6a8222" {
    verdict = silent
    because = "reads the start of programs, and a file is written"
  }

  expect "sigma" "7ff9db12-1b94-4a79-ba68-a2402c5d6729" {
    verdict = blind
    because = "no rule of the set looks at scripts below a Linux document root; this one reads requests, and knows =whoami but not =id"
  }
}

step "web_worker_command_apache" "portal_commands" {
  by    = actor.soft_cell
  on    = asset.portal
  at    = "5d"
  after = [step.portal_page]

  expect "sigma" "818f7b24-0fba-4c49-a073-8b755573b9c7" {
    verdict = fires
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

  expect "sigma" "b45e3d6f-42c6-47d8-a478-df6bd6cf534c" {
    verdict = fires
  }

  expect "sigma" "f34047d9-20d3-4e8b-8672-0a35cc50dc71" {
    verdict = fires
  }

  expect "sigma" "7ff9db12-1b94-4a79-ba68-a2402c5d6729" {
    verdict = silent
    because = "the command travels in the body of a POST"
  }

  expect "sigma" "a39d7fa7-3fbd-4dc2-97e1-d87f546b1bbc" {
    verdict = silent
    because = "programs of /usr/bin are started, the page is read"
  }

  expect "sigma" "880973f3-9708-491c-a77b-2a35a1921158" {
    verdict = silent
    because = "nothing is piped into the shell"
  }

  expect "sigma" "1543ae20-cbdf-4ec1-8d12-7664d667a825" {
    verdict = silent
    because = "no rights are changed and no shell is copied"
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

  expect "sigma" "c0d3734d-330f-4a03-aae2-65dacc6a8222" {
    verdict = fires
  }

  expect "sigma" "31545105-3444-4584-bebf-c466353230d2" {
    verdict = silent
    because = "reads touch -t on units, not touch -r on pages"
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = silent
    because = "no name begins with a dot"
  }
}

step "domain_account_create" "monitor_account" {
  by = actor.soft_cell
  on = asset.dc
  at = "20d"

  expect "sigma" "cd219ff3-fa99-45d4-8380-a7d15116c6dc" {
    verdict = fires
  }

  expect "sigma" "66b6be3d-55d0-4f47-9855-d69df21740ea" {
    verdict = fires
  }

  expect "sigma" "c43c26be-2e87-46c7-8661-284588c5a53e" {
    verdict = fires
  }

  expect "sigma" "d95de845-b83c-4a9a-8a6a-4fc802ebf6c0" {
    verdict = silent
    because = "leaves out every /add"
  }

  expect "sigma" "7b449a5e-1db5-4dd0-a2dc-4e3a67282538" {
    verdict = silent
    because = "the name would have to end in a dollar sign"
  }

  expect "sigma" "c265cf08-3f99-46c1-8d59-328247057d57" {
    verdict = silent
    because = "waits for a local group"
  }
}

step "local_account_add" "sync_account" {
  by = actor.soft_cell
  on = asset.billing
  at = "30d"

  expect "sigma" "759d0d51-bc99-4b5e-9add-8f5b2c8e7512" {
    verdict = fires
  }

  expect "sigma" "0ac15ec3-d24f-4246-aa2a-3077bb1cf90e" {
    verdict = silent
    because = "the new account has a number of its own; the group comes later, in another line"
  }

  expect "sigma" "6a50f16c-3b7b-42d1-b081-0fdd3ba70a73" {
    verdict = silent
    because = "knows groups root and sudoers, and here it is sudo"
  }

  expect "sigma" "ddb26b76-4447-4807-871f-1b035b2bfa5d" {
    verdict = silent
    because = "no file below /etc/sudoers.d is written"
  }
}

step "authorized_keys_append" "database_key" {
  by = actor.soft_cell
  on = asset.billing
  at = "31d"

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = silent
    because = "the folder's name is the third argument, and two are read"
  }

  expect "sigma" "13f08f54-e705-4498-91fd-cce9d9cee9f1" {
    verdict = silent
    because = "reads /etc/profile.d"
  }

  expect "sigma" "ddb26b76-4447-4807-871f-1b035b2bfa5d" {
    verdict = blind
    because = "no rule of the set names authorized_keys; this one, the nearest, reads /etc/sudoers.d"
  }
}

step "cron_entry_install" "jobs" {
  by = actor.soft_cell
  on = asset.billing
  at = "32d"

  expect "sigma" "6b14bac8-3e3a-4324-8109-42f0546a347f" {
    verdict = fires
  }

  expect "sigma" "6c4e2f43-d94d-4ead-b64d-97e53fa2bd05" {
    verdict = fires
  }

  expect "sigma" "af202fd3-7bff-4212-a25a-fb34606cfcbe" {
    verdict = fires
  }

  expect "sigma" "c2e234de-03a3-41e1-b39a-1e56dc17ba67" {
    verdict = silent
    because = "wants crontab -r"
  }

  expect "sigma" "403ed92c-b7ec-4edd-9947-5b535ee12d46" {
    verdict = silent
    because = "wants crontab -l"
  }

  expect "sigma" "86157017-c2b1-4d4a-8c33-93b8e67e4af4" {
    verdict = silent
    because = "cp is no editor of its list"
  }
}

step "shell_startup_write" "at_every_login" {
  by = actor.soft_cell
  on = asset.billing
  at = "34d"

  expect "sigma" "13f08f54-e705-4498-91fd-cce9d9cee9f1" {
    verdict = fires
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
  }

  expect "sigma" "86157017-c2b1-4d4a-8c33-93b8e67e4af4" {
    verdict = silent
    because = "its paths have neither profile.d nor .bashrc"
  }

  expect "sigma" "eae8ce9f-bde9-47a6-8e79-f20d18419910" {
    verdict = silent
    because = "knows histories, not startup files"
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = silent
    because = "sed is not among its tools"
  }
}

step "cdr_sweep_newer" "swept" {
  by = actor.soft_cell
  on = asset.billing
  at = "50d"

  expect "sigma" "d3feb4ee-ff1d-4d3d-bd10-5b28a238cc72" {
    verdict = fires
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = fires
  }

  expect "sigma" "8344c0e5-5783-47cc-9cf9-a0f7fd03e6cf" {
    verdict = silent
    because = "reads -perm"
  }

  expect "sigma" "6adfbf8f-52be-4444-9bac-81b539624146" {
    verdict = silent
    because = "the search does not begin in the current folder, and starts no shell"
  }

  expect "sigma" "df3fcaea-2715-4214-99c5-0056ea59eb35" {
    verdict = silent
    because = "numbers are looked for, not passwords"
  }

  expect "sigma" "0cf7a157-8879-41a2-8f55-388dd23746b7" {
    verdict = silent
    because = "looks for .htpasswd"
  }
}

step "cdr_database_export" "exported" {
  by = actor.soft_cell
  on = asset.billing
  at = "52d"

  expect "sigma" "d84c0ded-edd7-4123-80ed-348bb3ccc4d5" {
    verdict = fires
  }

  expect "sigma" "30bcce26-51c5-49f2-99c8-7b59e3af36c7" {
    verdict = fires
  }

  expect "sigma" "818f7b24-0fba-4c49-a073-8b755573b9c7" {
    verdict = silent
    because = "a database server is no web server"
  }

  expect "sigma" "880973f3-9708-491c-a77b-2a35a1921158" {
    verdict = silent
    because = "the output goes to a file, not into a shell"
  }

  expect "sigma" "35a05c60-9012-49b6-a11f-6bab741c9f74" {
    verdict = silent
    because = "the writer would have to be wget"
  }
}

step "cdr_stage_hidden_folder" "hidden" {
  by = actor.soft_cell
  on = asset.billing
  at = "55d"

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = fires
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
  }

  expect "sigma" "5cd16c8f-44a6-4654-81e7-a84d6db507d4" {
    verdict = silent
    because = "reads programs started from /dev/shm"
  }

  expect "sigma" "312b42b1-bded-4441-8b58-163a3af58775" {
    verdict = silent
    because = "reads programs started from /tmp"
  }

  expect "sigma" "35a05c60-9012-49b6-a11f-6bab741c9f74" {
    verdict = silent
    because = "the writer would have to be wget"
  }

  expect "sigma" "fa4aaed5-4fe0-498d-bbc0-08e3346387ba" {
    verdict = silent
    because = "neither passwd nor shadow is copied"
  }
}

step "cdr_stage_hidden_folder" "in_plain_sight" {
  by = actor.soft_cell
  on = asset.billing
  at = "55d"

  with {
    folder = "plain"
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = silent
    because = "no name begins with a dot"
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "knows staging by the dot, and this folder has none"
  }
}

step "cdr_archive_split" "cut_up" {
  by = actor.soft_cell
  on = asset.billing
  at = "56d"

  expect "sigma" "a3b5e3e9-1b49-4119-8b8e-0344a01f21ee" {
    verdict = fires
  }

  expect "sigma" "2dad0cba-c62a-4a4f-949f-5f6ecd619769" {
    verdict = fires
  }

  expect "sigma" "c52a914f-3d8b-4b2a-bb75-b3991e75f8ba" {
    verdict = silent
    because = "reads truncate and dd"
  }

  expect "sigma" "eae8ce9f-bde9-47a6-8e79-f20d18419910" {
    verdict = silent
    because = "no history is named"
  }
}

step "cdr_archive_split" "bundled_options" {
  by = actor.soft_cell
  on = asset.billing
  at = "57d"

  with {
    packer = "tar_bundled"
    folder = "plain"
  }

  expect "sigma" "2dad0cba-c62a-4a4f-949f-5f6ecd619769" {
    verdict = fires
  }

  expect "sigma" "a3b5e3e9-1b49-4119-8b8e-0344a01f21ee" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "reads -c in the first argument; tar takes it without a dash"
  }
}

step "archive_rar_split" "packed" {
  by = actor.soft_cell
  on = asset.dc
  at = "60d"

  expect "sigma" "faa48cae-6b25-4f00-a094-08947fef582f" {
    verdict = fires
  }

  expect "sigma" "afe52666-401e-4a02-b4ff-5d128990b8cb" {
    verdict = fires
  }

  expect "sigma" "4ede543c-e098-43d9-a28f-dd784a13132f" {
    verdict = fires
  }

  expect "sigma" "1ac14d38-3dfc-4635-92c7-e3fd1c5f5bfc" {
    verdict = silent
    because = "no memory dump is packed"
  }
}

step "stage_recycle_bin" "put_away" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "61d"
  after = [step.packed]

  expect "sigma" "cd8b36ac-8e4a-4c2f-a402-a29b8fbd5bca" {
    verdict = silent
    because = "looks for names that only look like the recycle bin"
  }

  expect "sigma" "3dfd06d2-eaf4-4532-9555-68aca59f57c4" {
    verdict = silent
    because = "no program is started there"
  }
}

step "stage_system_folders" "gathered" {
  by = actor.soft_cell
  on = asset.dc
  at = "62d"

  expect "sigma" "1277f594-a7d1-4f28-a2d3-73af5cbeab43" {
    verdict = fires
  }

  expect "sigma" "fff9d2b7-e11c-4a69-93d3-40ef66189767" {
    verdict = silent
    because = "reads System32 and its like"
  }

  expect "sigma" "3dfd06d2-eaf4-4532-9555-68aca59f57c4" {
    verdict = silent
    because = "data is no program"
  }
}

step "shell_history_clear" "clerk_forgotten" {
  by = actor.soft_cell
  on = asset.billing
  at = "88d"

  expect "sigma" "fdc88d25-96fb-4b7c-9633-c0e417fdbd4e" {
    verdict = fires
  }

  expect "sigma" "1182f3b3-e716-4efa-99ab-d2685d04360f" {
    verdict = fires
  }

  expect "sigma" "eae8ce9f-bde9-47a6-8e79-f20d18419910" {
    verdict = fires
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
  }

  expect "sigma" "d7821ff1-4527-4e33-9f84-d0d57fa2fb66" {
    verdict = silent
    because = "the history is removed, not printed"
  }

  expect "sigma" "80915f59-9b56-4616-9de0-fd0dea6c12fe" {
    verdict = silent
    because = "it does not lie below /var/log"
  }

  expect "sigma" "3fcc9b35-39e4-44c0-a2ad-9e82b6902b31" {
    verdict = silent
    because = "it is no syslog"
  }
}

step "host_log_clear" "logins_forgotten" {
  by = actor.soft_cell
  on = asset.billing
  at = "89d"

  with {
    logs = "logins"
  }

  expect "sigma" "c52a914f-3d8b-4b2a-bb75-b3991e75f8ba" {
    verdict = fires
  }

  expect "sigma" "30aed7b6-d2c1-4eaf-9382-b6bc43e50c57" {
    verdict = fires
  }

  expect "sigma" "2953194b-e33c-4859-b9e8-05948c167447" {
    verdict = silent
    because = "dd is not used"
  }

  expect "sigma" "977ef627-4539-4875-adf4-ed8f780c4922" {
    verdict = silent
    because = "reads the configuration of auditing"
  }

  expect "sigma" "80915f59-9b56-4616-9de0-fd0dea6c12fe" {
    verdict = known_gap
    until   = "2027-12-31"
    because = "truncate and redirections are not among its tools"
  }
}

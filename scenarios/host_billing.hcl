# The billing host on its own: ways to come back, call records taken, packed, staged
# and moved on, and the traces taken away. All by analogy with what was reported
# of Windows.
scenario "host-billing" {
  title      = "Billing host"
  attack     = "18.1"
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

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = fires
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = silent
    because = "the file is none that a shell reads at its start"
  }

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = silent
    because = "nor one that all shells read"
  }

  expect "sigma" "490d8f05-0e36-4cf1-af1e-7191768c3b48" {
    verdict = silent
    because = "the account is there already"
  }
}

step "cron_entry_install" "cron_entry_install" {
  by = actor.soft_cell
  on = asset.billing
  at = "9d"

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = fires
  }

  expect "sigma" "33143701-fca6-46ea-8ec1-74e9ca6eedb8" {
    verdict = fires
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "a cron entry is no unit"
  }

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = silent
    because = "and no script of a login"
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "the cron log keeps its line"
  }
}

step "ld_so_preload_footprint" "ld_so_preload_footprint" {
  by = actor.emissary_panda
  on = asset.billing
  at = "18d"

  expect "sigma" "51c1fbde-1f42-4915-ab68-958c514422b8" {
    verdict = fires
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "the loader reads the file, not systemd"
  }

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = silent
    because = "and no login does"
  }

  expect "sigma" "e29e554d-2943-49ea-a06b-b8ca5bdde7db" {
    verdict = silent
    because = "auditing stays on"
  }
}

step "local_account_add" "local_account_add" {
  by = actor.soft_cell
  on = asset.billing
  at = "27d"

  expect "sigma" "26494e3e-48f8-4043-a398-087252620a6e" {
    verdict = fires
  }

  expect "sigma" "490d8f05-0e36-4cf1-af1e-7191768c3b48" {
    verdict = fires
  }

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = silent
    because = "no key is left"
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = silent
    because = "its start file is the one that every new account gets"
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = silent
    because = "no history is touched"
  }
}

step "shell_startup_write" "shell_startup_write" {
  by = actor.soft_cell
  on = asset.billing
  at = "36d"

  expect "sigma" "6ef0c718-e11d-4fd5-ad6e-ee57d25564ff" {
    verdict = fires
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = fires
  }

  expect "sigma" "e807e27b-3f2c-483e-a0b6-4f94baf56090" {
    verdict = silent
    because = "start files hold no key"
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "nor a unit"
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = silent
    because = "the history beside it stays"
  }
}

step "systemd_unit_install" "systemd_unit_install" {
  by = actor.emissary_panda
  on = asset.billing
  at = "45d"

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = fires
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "systemctl starts here and stops nothing"
  }

  expect "sigma" "3b701bdd-7765-4f1c-aab9-628d4e3e1b7f" {
    verdict = silent
    because = "a unit is no cron entry"
  }

  expect "sigma" "51c1fbde-1f42-4915-ab68-958c514422b8" {
    verdict = silent
    because = "the loader has nothing to do with it"
  }
}

step "cdr_database_export" "cdr_database_export" {
  by = actor.soft_cell
  on = asset.billing
  at = "54d"

  expect "sigma" "457d6819-6c3d-4aa8-885b-b9028847e814" {
    verdict = fires
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "the database is asked, no file is searched"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "the export is as the database gave it"
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "the database's log goes on"
  }
}

step "cdr_sweep_newer" "cdr_sweep_newer" {
  by = actor.soft_cell
  on = asset.billing
  at = "63d"

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "copies are not packed"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = silent
    because = "touch is at a stamp file, not at a page"
  }
}

step "cdr_archive_split" "cdr_archive_split" {
  by = actor.soft_cell
  on = asset.billing
  at = "72d"

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
    because = "all records are taken, none is searched for"
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the mediation account's shell does it"
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "nothing is removed"
  }
}

step "cdr_stage_hidden_folder" "cdr_stage_hidden_folder" {
  by = actor.emissary_panda
  on = asset.billing
  at = "81d"

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = silent
    because = "copies are not packed"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "nor are they anywhere else"
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = silent
    because = "they are taken by name"
  }
}

step "remote_stage_copy" "remote_stage_copy" {
  by = actor.emissary_panda
  on = asset.billing
  at = "90d"

  expect "sigma" "e0fd4152-42fa-4e92-9777-359431c3db24" {
    verdict = fires
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "the pieces are packed already"
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = silent
    because = "pieces do not end as call records do"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = silent
    because = "what arrives is no page"
  }
}

step "host_log_clear" "host_log_clear" {
  by = actor.emissary_panda
  on = asset.billing
  at = "99d"

  expect "sigma" "fd9a9679-3a67-4fac-84f2-33b87eba9e4c" {
    verdict = fires
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict = fires
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = fires
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = silent
    because = "logs are emptied, their daemon goes on"
  }

  expect "sigma" "e29e554d-2943-49ea-a06b-b8ca5bdde7db" {
    verdict = silent
    because = "auditing too"
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = silent
    because = "histories are no logs"
  }
}

step "log_service_stop" "log_service_stop" {
  by = actor.emissary_panda
  on = asset.billing
  at = "108d"

  expect "sigma" "e29e554d-2943-49ea-a06b-b8ca5bdde7db" {
    verdict = fires
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = fires
  }

  expect "sigma" "db3b95f0-72bb-484e-88cf-4cf425f9fc9e" {
    verdict = fires
  }

  expect "sigma" "0e46d012-e5f7-40b0-90d1-a24ca167d300" {
    verdict = silent
    because = "no unit is changed"
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "what was logged stays"
  }

  expect "sigma" "46b0d609-606b-4ee1-84fe-3d027b9144e8" {
    verdict = silent
    because = "and so do the records of logins"
  }
}

step "shell_history_clear" "shell_history_clear" {
  by = actor.emissary_panda
  on = asset.billing
  at = "117d"

  expect "sigma" "ac0bd572-cf36-44ea-86d8-9ed874098856" {
    verdict = fires
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = fires
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = silent
    because = "histories are no logs"
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = silent
    because = "no start file is changed"
  }
}

# The domain controller on its own: accounts, services and tasks, the directory
# read, call records packed and put away, logs cleared.
scenario "host-domain-controller" {
  title      = "Domain controller"
  attack     = "18.1"
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

  expect "sigma" "50f9fed2-2633-42a0-9bb6-bae42bfdeca0" {
    verdict = fires
  }

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = silent
    because = "the directory is written, and by name"
  }

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = silent
    because = "nobody asks who is logged on"
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "the account bears a service's name, but is none"
  }
}

step "masqueraded_service_create" "masqueraded_service_create" {
  by = actor.naikon
  on = asset.dc
  at = "9d"

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = fires
  }

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = silent
    because = "its task is of the account itself"
  }

  expect "sigma" "dcb87d46-cccd-4681-8686-33aafe5cbbb0" {
    verdict = silent
    because = "the name borrowed is not that of a VPN"
  }

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = silent
    because = "no Run value is set"
  }
}

step "scheduled_task_create" "scheduled_task_create" {
  by = actor.soft_cell
  on = asset.dc
  at = "18d"

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = fires
  }

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = silent
    because = "a task that is registered stays"
  }

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
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

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "the tool bears its own name"
  }
}

step "vpn_client_install" "vpn_client_install" {
  by = actor.soft_cell
  on = asset.dc
  at = "45d"

  expect "sigma" "a01e24b6-07f9-420f-ab4e-1ab85fbc8940" {
    verdict = fires
  }

  expect "sigma" "dcb87d46-cccd-4681-8686-33aafe5cbbb0" {
    verdict = fires
  }

  expect "sigma" "15304de7-b872-4b7e-aafc-a466e558a983" {
    verdict = silent
    because = "a genuine client lies in Program Files"
  }

  expect "sigma" "64d3dbd1-da49-42d9-8c53-928768dc6c88" {
    verdict = silent
    because = "SEVPNCLIENT is no name of Windows"
  }
}

step "directory_export" "directory_export" {
  by = actor.soft_cell
  on = asset.dc
  at = "54d"

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = fires
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
  }

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = silent
    because = "the finder is given no address"
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "the finder is renamed too, but is no RAR"
  }
}

step "archive_rar_split" "archive_rar_split" {
  by = actor.emissary_panda
  on = asset.dc
  at = "63d"

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
  }

  expect "sigma" "69c0462d-6707-45ed-a42a-51eb1123fd2f" {
    verdict = silent
    because = "the packer is RAR"
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "RAR goes by its own name"
  }

  expect "sigma" "901af624-9f2c-45a8-b54f-9f8a11fca4c2" {
    verdict = silent
    because = "nor is it makecab"
  }
}

step "keystroke_log_write" "keystroke_log_write" {
  by = actor.emissary_panda
  on = asset.dc
  at = "72d"

  expect "sigma" "5402195b-f469-4ef2-bdae-11a0d6f95f3e" {
    verdict = fires
  }

  expect "sigma" "30737bab-4713-4908-b2fc-a79a9d0dfac3" {
    verdict = silent
    because = "the file that grows lies beside its program"
  }
}

step "stage_recycle_bin" "stage_recycle_bin" {
  by = actor.soft_cell
  on = asset.dc
  at = "81d"

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "the records are as they were exported"
  }

  expect "sigma" "7169aea7-587a-4366-8bf3-1878005d7b11" {
    verdict = silent
    because = "call records are no documents"
  }
}

step "event_log_clear" "event_log_clear" {
  by = actor.naikon
  on = asset.dc
  at = "90d"

  expect "sigma" "f3535123-88e3-47b9-a1d3-6a1b471b9f94" {
    verdict = fires
  }

  expect "sigma" "cda43c69-5484-4f9e-8a48-f3b09fbd10ad" {
    verdict = fires
  }
}

step "scheduled_task_remove" "scheduled_task_remove" {
  by = actor.naikon
  on = asset.dc
  at = "99d"

  expect "sigma" "5b4e1799-58bd-4366-91cd-9991ea122559" {
    verdict = fires
  }

  expect "sigma" "a67bcd23-afe4-4d4e-9c86-32251227a373" {
    verdict = silent
    because = "a task that goes is not registered"
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = silent
    because = "it was created long before"
  }
}

step "share_disconnect" "share_disconnect" {
  by = actor.emissary_panda
  on = asset.dc
  at = "108d"

  expect "sigma" "7076768d-b2f1-45eb-a3bb-6b72540a5c3f" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "one net use, which asks nothing"
  }
}

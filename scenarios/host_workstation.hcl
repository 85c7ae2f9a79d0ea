# A network operator's desk on its own: start-up places, what was asked of host and
# network, documents gathered and packed.
scenario "host-workstation" {
  title      = "Operator's desk"
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

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
  }

  expect "sigma" "5402195b-f469-4ef2-bdae-11a0d6f95f3e" {
    verdict = silent
    because = "it maps a library and writes nothing"
  }
}

step "run_key_set" "run_key_set" {
  by = actor.emissary_panda
  on = asset.desk
  at = "9d"

  expect "sigma" "b1a24d14-934b-449c-ae2f-225a5f07edb8" {
    verdict = fires
  }

  expect "sigma" "8891b859-5e7e-40a5-9a3b-3a32da551a6c" {
    verdict = silent
    because = "ProgramData belongs to no profile"
  }
}

step "startup_folder_drop" "startup_folder_drop" {
  by = actor.naikon
  on = asset.desk
  at = "18d"

  expect "sigma" "30737bab-4713-4908-b2fc-a79a9d0dfac3" {
    verdict = fires
  }

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
    verdict = silent
    because = "the start folder is that of the desktop"
  }
}

step "word_add_in_drop" "word_add_in_drop" {
  by = actor.naikon
  on = asset.desk
  at = "27d"

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
    verdict = fires
  }

  expect "sigma" "49c6f1b7-cb20-4704-b06e-21b8d9404e1c" {
    verdict = silent
    because = "a .wll is no template"
  }
}

step "network_discovery" "network_discovery" {
  by = actor.naikon
  on = asset.desk
  at = "36d"

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = fires
  }

  expect "sigma" "46f04094-f940-4641-a9a7-6c5a53c3ba8f" {
    verdict = silent
    because = "the security centre is not asked"
  }

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = silent
    because = "nobody asks who is logged on"
  }

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = silent
    because = "all five ask of this host only"
  }
}

step "registry_query" "registry_query" {
  by = actor.emissary_panda
  on = asset.desk
  at = "45d"

  expect "sigma" "cedab29b-a018-44af-aa3f-e4e201b66a28" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "reg.exe tells of no network"
  }
}

step "remote_system_scan" "remote_system_scan" {
  by = actor.soft_cell
  on = asset.desk
  at = "54d"

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "ping, net view and nltest ask of others, not of this host"
  }

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = silent
    because = "a list of controllers is no list of accounts"
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = silent
    because = "the scanner has a name of its own and the version resource of no packer"
  }
}

step "security_software_discovery" "security_software_discovery" {
  by = actor.naikon
  on = asset.desk
  at = "63d"

  expect "sigma" "46f04094-f940-4641-a9a7-6c5a53c3ba8f" {
    verdict = fires
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = silent
    because = "netsh and WMIC are two programs, and it takes three"
  }

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = silent
    because = "a person asks, and not for people"
  }
}

step "archive_library_powershell" "archive_library_powershell" {
  by = actor.emissary_panda
  on = asset.desk
  at = "72d"

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
  }

  expect "sigma" "fc8dac40-3721-4644-a841-44007e4d1c31" {
    verdict = fires
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = silent
    because = "a zip of PowerShell has no hidden names"
  }

  expect "sigma" "aa3a7f0e-51e5-469a-a630-25374ced798b" {
    verdict = silent
    because = "the script sets no time"
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = silent
    because = "what is packed are documents, and the archives are no call records"
  }
}

step "documents_auto_collect" "documents_auto_collect" {
  by = actor.emissary_panda
  on = asset.desk
  at = "81d"

  expect "sigma" "7169aea7-587a-4366-8bf3-1878005d7b11" {
    verdict = fires
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = silent
    because = "documents are no call records"
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "they are gathered below ProgramData"
  }
}

step "stage_system_folders" "stage_system_folders" {
  by = actor.soft_cell
  on = asset.desk
  at = "90d"

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = silent
    because = "the records are as they were exported"
  }

  expect "sigma" "7169aea7-587a-4366-8bf3-1878005d7b11" {
    verdict = silent
    because = "they come from the exports, not from users' folders"
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = silent
    because = "the recycle bin is not among the folders"
  }
}

# It expects something of SigmaHQ's rules: run it with --rules.
scenario "sigmahq-naikon" {
  title      = "SigmaHQ on Naikon on the desk and in the domain"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1, G0019"]
}

actor "naikon" {
  group = "G0019"
}

asset "workstation" "desk" {
  hostname = "OPS02"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

step "word_add_in_drop" "add_in" {
  by = actor.naikon
  on = asset.desk
  at = "0d"

  expect "sigma" "1cf465a1-2609-4c15-9b66-c32dbe4bfd67" {
    verdict = fires
  }

  expect "sigma" "a10a2c40-2c4d-49f8-b557-1a946bc55d9d" {
    verdict = silent
    because = "takes the very format of the report for ordinary"
  }

  expect "sigma" "0e20c89d-2264-44ae-8238-aeeaba609ece" {
    verdict = silent
    because = "looks for documents and templates"
  }
}

step "startup_folder_drop" "shortcut" {
  by = actor.naikon
  on = asset.desk
  at = "1d"

  expect "sigma" "2aa0a6b4-a865-495b-ab51-c28249537b75" {
    verdict = fires
  }

  expect "sigma" "28208707-fe31-437f-9a7f-4b1108b94d2e" {
    verdict = silent
    because = "a shortcut is not among its extensions"
  }

  expect "sigma" "92fa78e7-4d39-45f1-91a3-8b23f3f1088d" {
    verdict = silent
    because = "the writer would have to be PowerShell"
  }

  expect "sigma" "52753ea4-b3a0-4365-910d-36cff487b789" {
    verdict = silent
    because = "the writer would have to be a remote desktop"
  }
}

step "run_key_set" "autostart" {
  by = actor.naikon
  on = asset.desk
  at = "3d"

  expect "sigma" "20f0ee37-5942-4e45-b7d5-c5b5db9df5cd" {
    verdict = fires
  }

  expect "sigma" "24357373-078f-44ed-9ac4-6d334a668a11" {
    verdict = fires
  }

  expect "sigma" "b29aed60-ebd1-442b-9cb5-16a1d0324adb" {
    verdict = silent
    because = "reads the branch of 32-bit programs"
  }
}

step "masqueraded_service_create" "borrowed_name" {
  by = actor.naikon
  on = asset.dc
  at = "30d"

  expect "sigma" "d5866ddf-ce8f-4aea-b28e-d96485a20d3d" {
    verdict = fires
  }

  expect "sigma" "85ff530b-261d-48c6-a441-facaa2e81e48" {
    verdict = fires
  }

  expect "sigma" "92626ddd-662c-49e3-ac59-f6535f12d189" {
    verdict = fires
  }

  expect "sigma" "9f8573c9-22b4-40e3-89c1-72bc2b8d49ab" {
    verdict = silent
    because = "knows other names, and of tasks"
  }

  expect "sigma" "883faa95-175a-4e22-8181-e5761aeb373c" {
    verdict = silent
    because = "ProgramData is not among its folders"
  }

  expect "sigma" "1b2ae822-6fe1-43ba-aa7c-d1a3b3d1d5f2" {
    verdict = silent
    because = "allows nine characters below ProgramData"
  }

  expect "sigma" "3d7679bd-0c00-440c-97b0-3f204273e6c7" {
    verdict = silent
    because = "the program would have to start something"
  }
}

step "scheduled_task_create" "helper_task" {
  by = actor.naikon
  on = asset.dc
  at = "31d"

  with {
    name    = "Adobe Helper"
    folder  = "Adobe"
    program = "helper.exe"
  }

  expect "sigma" "89ca78fd-b37c-4310-b3d3-81a023f83936" {
    verdict = fires
  }

  expect "sigma" "92626ddd-662c-49e3-ac59-f6535f12d189" {
    verdict = fires
  }

  expect "sigma" "3a734d25-df5c-4b99-8034-af1ddb5883a4" {
    verdict = silent
    because = "wants a folder and an interpreter at once"
  }

  expect "sigma" "24c8392b-aa3c-46b7-a545-43f71657fe98" {
    verdict = silent
    because = "takes the stronger account for ordinary"
  }

  expect "sigma" "81325ce1-be01-4250-944f-b4789644556f" {
    verdict = silent
    because = "ProgramData is not among its folders"
  }

  expect "sigma" "4720b7df-40c3-48fd-bbdf-fd4b3c464f0d" {
    verdict = silent
    because = "leaves the scheduler out as writer"
  }
}

step "scheduled_task_remove" "task_gone" {
  by    = actor.naikon
  on    = asset.dc
  at    = "400d"
  after = [step.helper_task]

  with {
    name = "Adobe Helper"
  }

  expect "sigma" "7595ba94-cf3b-4471-aa03-4f6baa9e5fad" {
    verdict = silent
    because = "knows a list of protective tasks"
  }

  expect "sigma" "dbc1f800-0fe0-4bc0-9c66-292c2abe3f78" {
    verdict = silent
    because = "knows a list of protective tasks"
  }

  expect "sigma" "220457c1-1c9f-4c2e-afe6-9598926222c1" {
    verdict = silent
    because = "wants all tasks named at once"
  }
}

step "event_log_clear" "emptied" {
  by    = actor.naikon
  on    = asset.dc
  at    = "401d"
  after = [step.task_gone]

  with {
    logs    = ["Security"]
    journal = false
  }

  expect "sigma" "cc36992a-4671-4f21-a91d-6c2b72a2edf5" {
    verdict = fires
  }

  expect "sigma" "d99b79d2-0a6f-4f46-ad8b-260b6e17f982" {
    verdict = fires
  }

  expect "sigma" "beaa66d6-aa1b-4e3c-80f5-e0145369bfaf" {
    verdict = silent
    because = "reading a log is not clearing it"
  }
}

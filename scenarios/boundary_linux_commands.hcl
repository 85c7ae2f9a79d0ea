# Command lines on both sides of our rules on programs started on Linux hosts: each
# step has what its rule must just see, counted, beside what it must just not.
scenario "boundary-linux-commands" {
  title      = "Where rules on Linux command lines begin and end"
  attack     = "18.1"
  references = ["ringer: boundary cases of its own rules"]
}

asset "billing" "billing" {
  hostname = "BILL02"
}

asset "web" "portal" {
  hostname = "WEB02"
}

step "linux_command_cases" "journal" {
  on = asset.billing

  with {
    of = "journal"
  }

  expect "sigma" "fd9a9679-3a67-4fac-84f2-33b87eba9e4c" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "accounts" {
  on = asset.billing

  with {
    of = "accounts"
  }

  expect "sigma" "490d8f05-0e36-4cf1-af1e-7191768c3b48" {
    verdict = fires
    count   = 5
  }

  expect "sigma" "26494e3e-48f8-4043-a398-087252620a6e" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "crontab" {
  on = asset.billing

  with {
    of = "crontab"
  }

  expect "sigma" "33143701-fca6-46ea-8ec1-74e9ca6eedb8" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "shell_startup" {
  on = asset.billing

  with {
    of = "shell_startup"
  }

  expect "sigma" "7d9f9366-787e-4819-979d-2ae0b1497494" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "database" {
  on = asset.billing

  with {
    of = "database"
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "search" {
  on = asset.billing

  with {
    of = "search"
  }

  expect "sigma" "f5df4fce-3781-4798-a5a4-9af68072c303" {
    verdict = fires
    count   = 4
  }
}

step "linux_command_cases" "hidden_folder" {
  on = asset.billing

  with {
    of = "hidden_folder"
  }

  expect "sigma" "3103542b-0a41-4aa8-a68b-1bdda4574cab" {
    verdict = fires
    count   = 10
  }
}

step "linux_command_cases" "sending" {
  on = asset.billing

  with {
    of = "sending"
  }

  expect "sigma" "e0fd4152-42fa-4e92-9777-359431c3db24" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "logs" {
  on = asset.billing

  with {
    of = "logs"
  }

  expect "sigma" "088e9026-6d9b-486e-96e5-f41541c3c24b" {
    verdict = fires
    count   = 9
  }
}

step "linux_command_cases" "log_daemon" {
  on = asset.billing

  with {
    of = "log_daemon"
  }

  expect "sigma" "bd464d3d-6402-4c3f-a9a0-d5c0c121c9c6" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "history_off" {
  on = asset.billing

  with {
    of = "history_off"
  }

  expect "sigma" "ac0bd572-cf36-44ea-86d8-9ed874098856" {
    verdict = fires
    count   = 5
  }
}

step "linux_command_cases" "history_file" {
  on = asset.billing

  with {
    of = "history_file"
  }

  expect "sigma" "be20de0b-df8c-4aea-9e06-200f2b11b4fb" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "page_times" {
  on = asset.portal

  with {
    of = "page_times"
  }

  expect "sigma" "4d507771-6f16-4178-b591-8d4ced05b4d3" {
    verdict = fires
    count   = 6
  }
}

step "linux_command_cases" "web_worker" {
  on = asset.portal

  with {
    of = "web_worker"
  }

  expect "sigma" "ee139f37-d9ef-49ea-a740-de4a6a183c33" {
    verdict = fires
    count   = 7
  }
}

step "linux_command_cases" "packing_tar" {
  on = asset.billing
  at = "1d"

  with {
    of = "packing_tar"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 3
  }
}

step "linux_command_cases" "packing_zip" {
  on = asset.billing
  at = "60h"

  with {
    of = "packing_zip"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_7z" {
  on = asset.billing
  at = "600d"

  with {
    of = "packing_7z"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "d37d4fc9-afb0-4b07-b32d-706c004103d9" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_7za" {
  on = asset.billing
  at = "2000d"

  with {
    of = "packing_7za"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_rar" {
  on = asset.billing
  at = "2300d"

  with {
    of = "packing_rar"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_bsdtar" {
  on = asset.billing
  at = "2600d"

  with {
    of = "packing_bsdtar"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "d37d4fc9-afb0-4b07-b32d-706c004103d9" {
    verdict = fires
    count   = 1
  }
}

step "linux_command_cases" "packing_not" {
  on = asset.billing
  at = "2700d"

  with {
    of = "packing_not"
  }

  expect "sigma" "56ae7623-6a50-499d-a089-267baae4735c" {
    verdict = silent
    because = "none of these packs what mediation leaves, or it is mediation"
  }

  expect "sigma" "d37d4fc9-afb0-4b07-b32d-706c004103d9" {
    verdict = silent
    because = "so this is no further day"
  }
}

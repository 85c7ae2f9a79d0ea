# Command lines on both sides of our rules on programs started on Windows hosts: each
# step has what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-commands" {
  title      = "Where rules on Windows command lines begin and end"
  attack     = "18.1"
  references = ["ringer: boundary cases of its own rules"]
}

asset "workstation" "desk" {
  hostname = "OPS03"
}

asset "iis" "site" {
  hostname = "WEB03"
}

asset "exchange" "mail" {
  hostname = "MAIL02"
}

step "windows_command_cases" "archives" {
  on = asset.desk
  at = "0d"

  with {
    of = "archives"
  }

  expect "sigma" "69c0462d-6707-45ed-a42a-51eb1123fd2f" {
    verdict = fires
    count   = 6
  }

  expect "sigma" "c21c681e-1cc9-4234-baca-4e4d7549ce53" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "1a5b808c-4851-47a7-bdd2-b8309a48e0ab" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "bba14ad5-8f8e-4b86-bde8-d41f02a7e000" {
    verdict = fires
    count   = 1
  }
}

step "windows_command_cases" "cabinets" {
  on = asset.desk
  at = "1d"

  with {
    of = "cabinets"
  }

  expect "sigma" "901af624-9f2c-45a8-b54f-9f8a11fca4c2" {
    verdict = fires
    count   = 5
  }
}

step "windows_command_cases" "directory" {
  on = asset.desk
  at = "2d"

  with {
    of = "directory"
  }

  expect "sigma" "693b433c-dd10-4f69-8446-992b673104de" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "documents" {
  on = asset.desk
  at = "3d"

  with {
    of = "documents"
  }

  expect "sigma" "7169aea7-587a-4366-8bf3-1878005d7b11" {
    verdict = fires
    count   = 6
  }
}

step "windows_command_cases" "jobs" {
  on = asset.desk
  at = "4d"

  with {
    of = "jobs"
  }

  expect "sigma" "4414c177-a5fb-47f6-8bf5-0203c6cb6c9a" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "5cbaba6e-bece-45e4-8631-eb6134dc8031" {
    verdict = fires
    count   = 3
  }
}

step "windows_command_cases" "logged_on" {
  on = asset.desk
  at = "5d"

  with {
    of = "logged_on"
  }

  expect "sigma" "dacf78ed-3246-4cd8-9d20-ed5f481e3770" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "network" {
  on = asset.desk
  at = "6d"

  with {
    of = "network"
  }

  expect "sigma" "ec31ec1e-83e2-4f98-b606-4d4cb9f41115" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "products" {
  on = asset.desk
  at = "7d"

  with {
    of = "products"
  }

  expect "sigma" "46f04094-f940-4641-a9a7-6c5a53c3ba8f" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "a56906e2-b72f-4ad6-aaaf-4748e30a359f" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "a01e24b6-07f9-420f-ab4e-1ab85fbc8940" {
    verdict = silent
    because = "its name is in what the company says of itself, and not where it begins"
  }
}

step "windows_command_cases" "servers" {
  on = asset.desk
  at = "8d"

  with {
    of = "servers"
  }

  expect "sigma" "cedab29b-a018-44af-aa3f-e4e201b66a28" {
    verdict = fires
    count   = 2
  }
}

step "windows_command_cases" "shares" {
  on = asset.desk
  at = "9d"

  with {
    of = "shares"
  }

  expect "sigma" "7076768d-b2f1-45eb-a3bb-6b72540a5c3f" {
    verdict = fires
    count   = 4
  }
}

step "windows_command_cases" "web_shells" {
  on = asset.site
  at = "10d"

  with {
    of = "web_shells"
  }

  expect "sigma" "d830941a-20f1-4a6d-8a72-76e051f3abd3" {
    verdict = fires
    count   = 6
  }
}

step "windows_command_cases" "typing_at_a_desk" {
  on = asset.desk
  at = "11d"

  with {
    of = "typing"
  }

  expect "sigma" "7a18fbaa-0207-482a-b628-cc055f83ebf2" {
    verdict = silent
    because = "the first host of both accounts"
  }
}

step "windows_command_cases" "typing_at_the_site" {
  on = asset.site
  at = "12d"

  with {
    of = "typing"
  }

  expect "sigma" "7a18fbaa-0207-482a-b628-cc055f83ebf2" {
    verdict = silent
    because = "the second"
  }
}

step "windows_command_cases" "typing_at_the_mail_server" {
  on = asset.mail
  at = "13d"

  with {
    of = "typing"
  }

  expect "sigma" "7a18fbaa-0207-482a-b628-cc055f83ebf2" {
    verdict = fires
    count   = 1
  }
}

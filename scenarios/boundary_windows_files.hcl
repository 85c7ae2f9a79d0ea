# Files, registry values, libraries and settings on both sides of our rules on Windows
# hosts: each step has what its rules must just see, counted, beside what they must just not.
scenario "boundary-windows-files" {
  title      = "Where rules on Windows files, values and libraries begin and end"
  attack     = "18.1"
  references = ["ringer: boundary cases of its own rules"]
}

asset "exchange" "mail" {
  hostname = "MAIL02"
}

asset "workstation" "desk" {
  hostname = "OPS03"
}

step "windows_file_cases" "served_folders" {
  on = asset.mail

  with {
    of = "served_folders"
  }

  expect "sigma" "9a7567d4-a9d8-40ff-a9fe-07a34dbbe464" {
    verdict = fires
    count   = 5
  }

  expect "sigma" "76c474b7-11cb-4507-a19b-125e84eeff95" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "web_worker" {
  on = asset.mail

  with {
    of = "web_worker"
  }

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "b7444fed-33a3-46e1-84ed-147c84037bd9" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "805296d5-756c-4793-b321-3d72f9e67665" {
    verdict = fires
    count   = 1
  }
}

step "windows_file_cases" "odd_folders" {
  on = asset.mail

  with {
    of = "odd_folders"
  }

  expect "sigma" "84f9034f-ec81-44d3-9890-90e5a1c78c1e" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "ba7a84f1-78c5-4bda-a66a-13eac8224c46" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "deletions" {
  on = asset.mail

  with {
    of = "deletions"
  }

  expect "sigma" "8fa44dab-2f57-43b1-82b2-cd971c1c1d3d" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "af3d1e52-f1bd-41b3-be69-9aaa2a397a1a" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "9178e989-2923-47bf-8db3-2a836c9cddb5" {
    verdict = fires
    count   = 1
  }
}

step "windows_file_cases" "web_settings" {
  on = asset.mail

  with {
    of = "web_settings"
  }

  expect "sigma" "f662ee8c-8676-43cf-9d28-ee915b349018" {
    verdict = fires
    count   = 1
  }

  expect "sigma" "686cf81a-9cd9-4007-b383-64395ef654dc" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "data_folders" {
  on = asset.desk

  with {
    of = "data_folders"
  }

  expect "sigma" "5402195b-f469-4ef2-bdae-11a0d6f95f3e" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "98c49063-48f0-4f6d-a4a9-e2f2cb2160e1" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "start_folders" {
  on = asset.desk

  with {
    of = "start_folders"
  }

  expect "sigma" "32a5c517-386d-4687-b9cc-2dd1b65770a3" {
    verdict = fires
    count   = 2
  }

  expect "sigma" "49c6f1b7-cb20-4704-b06e-21b8d9404e1c" {
    verdict = fires
    count   = 3
  }

  expect "sigma" "30737bab-4713-4908-b2fc-a79a9d0dfac3" {
    verdict = fires
    count   = 2
  }
}

step "windows_file_cases" "values" {
  on = asset.desk

  with {
    of = "values"
  }

  expect "sigma" "8891b859-5e7e-40a5-9a3b-3a32da551a6c" {
    verdict = fires
    count   = 4
  }

  expect "sigma" "7287225c-7380-466c-b3f3-1450f2ba658a" {
    verdict = fires
    count   = 1
  }
}

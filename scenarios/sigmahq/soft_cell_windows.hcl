# It expects something of SigmaHQ's rules: run it with --rules.
scenario "sigmahq-soft-cell-windows" {
  title      = "SigmaHQ on Soft Cell in the site and in the domain"
  attack     = "18.1"
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

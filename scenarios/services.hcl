# The same two steps on real daemons: PostgreSQL with pgaudit hands out invented
# call records, nginx serves a page of plain text, and what they log themselves is
# what the rules read. Needs `ringer images`; without it what asks a daemon is
# skipped.
scenario "services" {
  title      = "Real daemons, their own logs"
  attack     = "18.1"
  references = ["Cybereason, DeadRinger: Exposing Chinese Threat Actors Targeting Major Telcos, 2021", "MITRE ATT&CK v18.1"]
}

actor "soft_cell" {
  group = "G0093"
}

asset "billing" "database" {
  hostname = "BILL02"
  service  = "postgresql"
}

asset "web" "portal" {
  hostname = "WEB02"
  service  = "nginx"
}

baseline "billing_day" "billing" {
  on = asset.database
}

baseline "web_day" "requests" {
  on = asset.portal
}

step "cdr_database_export" "dumped" {
  by = actor.soft_cell
  on = asset.database
  at = "0d"
  with { way = "dump" }

  expect "sigma" "457d6819-6c3d-4aa8-885b-b9028847e814" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the server starts no shell: there is none for it"
  }
}

step "cdr_database_export" "chosen" {
  by = actor.soft_cell
  on = asset.database
  at = "30d"
  with { way = "copy" }

  expect "sigma" "457d6819-6c3d-4aa8-885b-b9028847e814" {
    verdict = fires
  }

  expect "sigma" "186152a1-a409-4cea-aa67-e2642249ab22" {
    verdict = fires
  }

  expect "sigma" "e28e4f2e-4d42-449f-bd4c-3635493703a8" {
    verdict = silent
    because = "the rows are written at the client's side"
  }
}

step "web_page_drop" "page" {
  by = actor.soft_cell
  on = asset.portal
  at = "31d"

  expect "sigma" "6a87c4bd-f87f-4d1e-9661-961766a5e6ff" {
    verdict = fires
  }

  expect "sigma" "a650865a-0879-430a-a3bb-025251643074" {
    verdict = fires
  }
}

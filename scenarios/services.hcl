# The same two steps on real daemons: PostgreSQL with pgaudit hands out invented
# call records, nginx serves a page of plain text, and what they log themselves is
# what the rules read. Needs `ringer images`; without it what asks a daemon is
# skipped.
scenario "services" {
  title      = "Real daemons, their own logs"
  attack     = "19.0"
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

  expect "sigma" "linux_call_records_copied_from_database" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the server starts no shell: there is none for it"
  }
}

step "cdr_database_export" "chosen" {
  by = actor.soft_cell
  on = asset.database
  at = "30d"
  with { way = "copy" }

  expect "sigma" "linux_call_records_copied_from_database" {
    verdict = fires
  }

  expect "sigma" "linux_records_in_temporary_folder" {
    verdict = fires
  }

  expect "sigma" "linux_database_server_starts_shell" {
    verdict = silent
    because = "the rows are written at the client's side"
  }
}

step "web_page_drop" "page" {
  by = actor.soft_cell
  on = asset.portal
  at = "31d"

  expect "sigma" "linux_script_called_among_assets" {
    verdict = fires
  }

  expect "sigma" "linux_page_by_web_worker" {
    verdict = fires
  }
}

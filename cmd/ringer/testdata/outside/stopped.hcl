# Steps that follow each other slowly (--pace 60x), so that a detector can be stopped
# between them.
scenario "stopped" {
  title = "Seen until it stops"
}

# The detector is stopped when it alerts on the first of these files.
variable "entry" {
  default = "cdr"
}

actor "us" {}

asset "billing" "billing" {
  hostname = "BILL01"
}

step "cron_entry_install" "first" {
  by = actor.us
  on = asset.billing
  at = "0m"

  with {
    way  = "cron_d"
    name = "${var.entry}-first"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }
  expect "alerts.kernel" "systemd_unit" {
    verdict = silent
    because = "a cron entry is no unit"
  }
}

step "cron_entry_install" "second" {
  by = actor.us
  on = asset.billing
  at = "4m"

  with {
    way  = "cron_d"
    name = "${var.entry}-second"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }
  expect "alerts.kernel" "systemd_unit" {
    verdict = silent
    because = "a cron entry is no unit"
  }
}

step "cron_entry_install" "third" {
  by = actor.us
  on = asset.billing
  at = "8m"

  with {
    way  = "cron_d"
    name = "${var.entry}-third"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }
  expect "alerts.kernel" "systemd_unit" {
    verdict = silent
    because = "a cron entry is no unit"
  }
}

# Steps on one Linux host that a detector outside of its container alerts on.
scenario "outside" {
  title = "Seen from outside"
}

actor "us" {}

asset "billing" "billing" {
  hostname = "BILL01"
}

step "cron_entry_install" "cron_first" {
  by = actor.us
  on = asset.billing

  with {
    way  = "cron_d"
    name = "cdr-first"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }
}

step "cron_entry_install" "cron_second" {
  by = actor.us
  on = asset.billing

  with {
    way  = "cron_d"
    name = "cdr-second"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }

  # The same alert, of a detector that hands it over too late.
  expect "alerts.slow" "cron_file" {
    verdict = fires
  }
}

step "cron_entry_install" "cron_third" {
  by = actor.us
  on = asset.billing

  with {
    way  = "cron_d"
    name = "cdr-third"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = fires
  }
}

step "authorized_keys_append" "keys_database" {
  by = actor.us
  on = asset.billing

  with {
    account = "database"
  }

  expect "alerts.kernel" "authorized_keys" {
    verdict = fires
  }
}

step "authorized_keys_append" "keys_operator" {
  by = actor.us
  on = asset.billing

  with {
    account = "operator"
  }

  expect "alerts.kernel" "authorized_keys" {
    verdict = fires
  }
}

step "authorized_keys_append" "keys_admin" {
  by = actor.us
  on = asset.billing

  with {
    account = "admin"
  }

  expect "alerts.kernel" "authorized_keys" {
    verdict = fires
  }
}

step "systemd_unit_install" "unit_vendor" {
  by = actor.us
  on = asset.billing

  with {
    folder = "vendor"
    name   = "cdr-vendor.service"
  }

  expect "alerts.kernel" "systemd_unit" {
    verdict = fires
  }
}

step "systemd_unit_install" "unit_old" {
  by = actor.us
  on = asset.billing

  with {
    folder = "vendor_old"
    name   = "cdr-old.service"
  }

  expect "alerts.kernel" "systemd_unit" {
    verdict = fires
  }
}

step "systemd_unit_install" "unit_admin" {
  by = actor.us
  on = asset.billing

  with {
    folder = "admin"
    name   = "cdr-admin.service"
  }

  expect "alerts.kernel" "systemd_unit" {
    verdict = fires
  }
}

step "host_log_clear" "logs_files" {
  by = actor.us
  on = asset.billing

  with {
    logs = "files"
  }

  expect "alerts.kernel" "log_cleared" {
    verdict = fires
  }
}

step "host_log_clear" "logs_journal" {
  by = actor.us
  on = asset.billing

  with {
    logs = "journal"
  }

  expect "alerts.kernel" "log_cleared" {
    verdict = fires
  }
}

step "host_log_clear" "logs_logins" {
  by = actor.us
  on = asset.billing

  with {
    logs = "logins"
  }

  expect "alerts.kernel" "log_cleared" {
    verdict = fires
  }
}

step "cron_entry_install" "crontab" {
  by = actor.us
  on = asset.billing

  with {
    way = "crontab"
  }

  expect "alerts.kernel" "cron_file" {
    verdict = silent
    because = "a crontab is no file in /etc/cron.d"
  }
}

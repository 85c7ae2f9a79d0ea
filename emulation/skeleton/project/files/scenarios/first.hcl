# What is performed, and what your rules must make of it. `ringer validate scenarios --rules
# rules --no-default-rules` checks it, `ringer list behaviours` tells what can be performed.
scenario "first" {
  title = "An entry of cron's on a billing host"
  tags  = ["nightly"] # `ringer run --tag nightly` chooses by them
}

# Who does it: a group of ATT&CK, or any name of your own.
actor "soft_cell" {
  group = "G0093"
}

# Where: a disposable container that stands for a billing host.
asset "billing" "billing" {}

# An ordinary day on it, on which the rules that steps name must be silent.
baseline "billing_day" "monday" {
  on = asset.billing
}

# What was reported: a crontab is loaded, and an entry is put into /etc/cron.d. It is inert.
step "cron_entry_install" "cron" {
  by = actor.soft_cell
  on = asset.billing

  # A rule is named by its file or its id.
  expect "sigma" "cron_entry_by_hand" {
    verdict = fires
  }

  expect "sigma" "crontab_from_temporary_folder" {
    verdict = fires
  }
}

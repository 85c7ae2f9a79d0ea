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

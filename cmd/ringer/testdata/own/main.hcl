scenario "own-behaviours" {
  title   = "Fifteen behaviours that are written in HCL alone"
  library = ["library"]
}

actor "red_team" {}

asset "billing" "bill" {}

asset "workstation" "work" {}

asset "collector" "logs" {}

step "user_timer_install" "user_timer_install" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_user_timer" { verdict = fires }
}

step "pam_module_drop" "pam_module_drop" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_pam_module" { verdict = fires }
}

step "autostart_entry_write" "autostart_entry_write" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_autostart" { verdict = fires }
}

step "udev_rule_install" "udev_rule_install" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_udev_rule" { verdict = fires }
}

step "at_job_enter" "at_job_enter" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_at_job" { verdict = fires }
}

step "service_key_add" "service_key_add" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_service_key" { verdict = fires }
}

step "share_sync" "share_sync" {
  by = actor.red_team
  on = asset.bill

  expect "sigma" "own_share_sync" { verdict = fires }
}

step "wmi_subscription_keep" "wmi_subscription_keep" {
  by = actor.red_team
  on = asset.work

  expect "sigma" "own_wmi_subscription" { verdict = fires }
}

step "debugger_set" "debugger_set" {
  by = actor.red_team
  on = asset.work

  expect "sigma" "own_debugger" { verdict = fires }
}

step "com_server_replace" "com_server_replace" {
  by = actor.red_team
  on = asset.work

  expect "sigma" "own_com_server" { verdict = fires }
}

step "template_replace" "template_replace" {
  by = actor.red_team
  on = asset.work

  expect "sigma" "own_office_template" { verdict = fires }
}

step "vpn_logon" "vpn_logon" {
  by = actor.red_team
  on = asset.logs

  expect "sigma" "own_vpn_logon" { verdict = fires }
}

step "identity_factor_reset" "identity_factor_reset" {
  by = actor.red_team
  on = asset.logs

  expect "sigma" "own_factor_reset" { verdict = fires }
}

step "cloud_trail_stop" "cloud_trail_stop" {
  by = actor.red_team
  on = asset.logs

  expect "sigma" "own_trail_stopped" { verdict = fires }
}

step "mysql_file_write" "mysql_file_write" {
  by = actor.red_team
  on = asset.logs

  expect "sigma" "own_outfile" { verdict = fires }
}

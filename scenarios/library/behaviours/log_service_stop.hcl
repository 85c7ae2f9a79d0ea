behaviour "log_service_stop" {
  attack    = ["T1685.004", "T1685"]
  actors    = ["emissary_panda"]
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = erasure
  summary   = "stop the audit daemon and rsyslog in name, empty the audit rules in name, and leave a drop-in for rsyslog that is a comment"
  footprint = "systemctl, cp and auditctl started from root's shell; both daemons' pid files gone, the drop-in, their last lines in the logs"
  undo      = "remove the drop-in and the file it came from, put pid files and logs back"
  source    = "ATT&CK v18.1 G0027 T1562.002, Windows logging switched off; the Linux side is by analogy"

  argument "service" {
    doc     = "which service"
    one_of  = ["rsyslog", "auditd", "both"]
    default = "both"
  }

  locals {
    unit = "pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=rsyslog comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'"
  }

  # Each daemon removes its own pid file and writes its own last line.
  group {
    when = arg.service != "auditd"
    process "log" {
      extends = template.syslog_record
      with = {
        file    = local.system_log
        program = "systemd[1]"
        message = "Stopping rsyslog.service - System Logging Service..."
      }
    }
    process "login" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "systemctl" {
        image   = "/usr/bin/systemctl"
        command = "systemctl stop rsyslog.service"
      }
    }
    process "rsyslogd" {
      image    = "/usr/sbin/rsyslogd"
      command  = "/usr/sbin/rsyslogd -n -iNONE"
      user     = "syslog"
      resident = true
      remove { path = "/run/rsyslogd.pid" }
    }
    process "audit" {
      extends = template.audit_record
      with    = { type = "SERVICE_STOP", fields = local.unit }
    }
    process "login_drop" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      write {
        path    = "/var/tmp/10-drop.conf"
        content = inert_comment("# and nothing else")
        proven  = false
      }
      process "cp" {
        image   = "/usr/bin/cp"
        command = "cp /var/tmp/10-drop.conf /etc/rsyslog.d/10-drop.conf"
        copy {
          from = "/var/tmp/10-drop.conf"
          to   = "/etc/rsyslog.d/10-drop.conf"
        }
      }
    }
  }

  group {
    when = arg.service != "rsyslog"
    process "login_rules" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "auditctl" {
        image   = "/usr/sbin/auditctl"
        command = "auditctl -D"
      }
    }
    process "audit_rules" {
      extends = template.audit_record
      with    = { type = "CONFIG_CHANGE", fields = "auid=1000 ses=3 op=remove_rule key=\"exec\" list=4 res=1" }
    }
    process "login_off" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "auditctl" {
        image   = "/usr/sbin/auditctl"
        command = "auditctl -e 0"
      }
    }
    process "audit_off" {
      extends = template.audit_record
      with    = { type = "CONFIG_CHANGE", fields = "op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1" }
    }
    process "login_stop" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "systemctl" {
        image   = "/usr/bin/systemctl"
        command = "systemctl stop auditd.service"
      }
    }
    process "auditd" {
      image    = "/usr/sbin/auditd"
      user     = "root"
      resident = true
      remove { path = "/run/auditd.pid" }
    }
    process "audit_end" {
      extends = template.audit_record
      with    = { type = "DAEMON_END", fields = "op=terminate auid=0 pid=1 res=success" }
    }
  }
}

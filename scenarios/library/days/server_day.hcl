# What every Linux host of the carrier does.
template "activities" "server" {
  activity "configuration_backup" {
    summary = "the host's configuration is packed with tar"
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = "tar -czf /srv/backup/etc.tgz /etc" }
        process "tar" {
          image   = "/usr/bin/tar"
          command = "tar -czf /srv/backup/etc.tgz /etc"
          pack {
            into = "/srv/backup/etc.tgz"
            from = ["/etc/crontab", "/etc/rsyslog.conf"]
          }
        }
      }
    }
  }
  activity "statistics_clean_up" {
    summary = "a cron job deletes statistics past their days"
    given {
      path    = "/var/log/sysstat/sa01"
      content = inert_comment("statistics of a day")
    }
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = "/usr/lib/sysstat/sa2 -A" }
        process "rm" {
          image   = "/usr/bin/rm"
          command = "rm -f /var/log/sysstat/sa01"
          remove { path = "/var/log/sysstat/sa01" }
        }
      }
    }
  }
  activity "journal_limit" {
    summary = "a cron job keeps the journal at a size"
    given {
      path    = "/var/log/journal/system@0001.journal"
      content = inert_comment("an archived journal")
    }
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = "journalctl --vacuum-size=500M" }
        process "journalctl" {
          image   = "/usr/bin/journalctl"
          command = "journalctl --vacuum-size=500M"
          remove { path = "/var/log/journal/system@0001.journal" }
        }
      }
    }
  }
  activity "monitoring_report" {
    summary = "the monitoring agent counts connections"
    process "agent" {
      extends = template.root_writer
      image   = "/usr/sbin/zabbix_agentd"
      command = "/usr/sbin/zabbix_agentd: listener #1"
      process "netstat" {
        image   = "/usr/bin/netstat"
        command = "netstat -tan"
      }
      append {
        path    = "/var/log/zabbix/zabbix_agentd.log"
        content = inert_comment("net.tcp.listen is 4")
      }
    }
  }
  # It is Ansible: a login without a terminal, and a module that was copied to where it
  # keeps its own.
  activity "configuration_management" {
    summary = "a playbook sets the message of the day"
    locals {
      module = "/root/.ansible/tmp/ansible-tmp-1614585600.1-811-3/AnsiballZ_copy.py"
    }
    process "sshd" {
      extends = template.root_program
      image   = "/usr/sbin/sshd"
      command = "sshd: root@notty"
      process "shell" {
        extends = template.shell_line
        with    = { line = "/usr/bin/python3 ${local.module}" }
        process "python" {
          image   = "/usr/bin/python3.11"
          command = "/usr/bin/python3 ${local.module}"
          write {
            path    = "/etc/motd"
            content = inert_comment("This host belongs to the carrier.")
          }
        }
      }
    }
  }
  activity "time_sync" {
    summary = "the clock's drift is written down"
    process "chronyd" {
      extends = template.root_writer
      image   = "/usr/sbin/chronyd"
      command = "/usr/sbin/chronyd -F 1"
      write {
        path    = "/var/lib/chrony/chrony.drift.tmp"
        content = inert_comment("-11.204 0.021")
        proven  = false
      }
      move {
        from   = "/var/lib/chrony/chrony.drift.tmp"
        to     = "/var/lib/chrony/chrony.drift"
        proven = false
      }
    }
    prove {
      holds {
        path    = "/var/lib/chrony/chrony.drift"
        content = inert_comment("-11.204 0.021")
      }
    }
  }
  activity "package_lists" {
    summary = "the lists of packages are fetched"
    process "init" {
      extends = template.root_writer
      image   = "/usr/lib/systemd/systemd"
      command = "/sbin/init"
      process "apt" {
        image   = "/usr/bin/apt-get"
        command = "apt-get -qq -y update"
        write {
          path    = "/var/lib/apt/lists/mirror.carrier.example_debian_dists_bookworm_InRelease"
          content = inert_comment("Suite: stable")
        }
      }
    }
  }
  activity "administrator_login" {
    summary = "an administrator logs in"
    process "sshd" {
      extends = template.root_writer
      image   = "/usr/sbin/sshd"
      command = "sshd: ops [priv]"
      append {
        path    = "/var/log/wtmp"
        content = inert_comment("ops pts/1 192.0.2.10")
      }
    }
  }
}

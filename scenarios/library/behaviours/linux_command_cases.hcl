behaviour "linux_command_cases" {
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = boundary
  summary   = "command lines that a rule on started programs must just see, beside such as it must just not"
  footprint = "programs started with the given command lines, which do nothing, and a note by whoever started them"
  undo      = "delete the notes"
  source    = "ours: other forms of what was reported, and what administrators, packages and jobs type that looks like it"

  argument "of" {
    doc     = "what the command lines are about"
    one_of  = ["journal", "accounts", "crontab", "database", "history_off", "history_file", "hidden_folder", "log_daemon", "logs", "page_times", "search", "sending", "shell_startup", "web_worker", "packing_tar", "packing_zip", "packing_7z", "packing_7za", "packing_rar", "packing_bsdtar", "packing_not"]
    default = "journal"
  }

  group {
    when = arg.of == "journal"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: seconds, minutes, hours.
          ["/usr/bin/journalctl", "journalctl --vacuum-time=1s"],
          ["/usr/bin/journalctl", "journalctl --vacuum-time 10min"],
          ["/usr/bin/journalctl", "journalctl --rotate --vacuum-time=2h"],
          # Not seen: weeks, a size, an option that there is not.
          ["/usr/bin/journalctl", "journalctl --vacuum-time=4weeks"],
          ["/usr/bin/journalctl", "journalctl --vacuum-size=500M"],
          ["/usr/bin/journalctl", "journalctl --VACUUM-TIME=1s"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "accounts"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen as an account with a shell, each of the four; the first also as one in a group with power.
          ["/usr/sbin/useradd", "useradd -s /bin/bash -G docker cdrsync"],
          ["/usr/sbin/useradd", "useradd -s /bin/sh cdrsync2"],
          ["/usr/sbin/useradd", "useradd -s /usr/bin/zsh cdrsync3"],
          ["/usr/sbin/useradd", "useradd -s /bin/dash cdrsync4"],
          # Seen as such too: by a program of another name, which lies in a folder that begins as "su" does.
          ["/opt/support/bin/newaccount", "newaccount -m -s /bin/bash cdrsync5"],
          # Seen as joining a group: groups set, and groups added by way of sudo.
          ["/usr/sbin/usermod", "usermod -G users,wheel mia"],
          ["/usr/bin/sudo", "sudo usermod -aG docker mia"],
          # Not seen by either: a diverted original; sudo, whose child is seen.
          ["/usr/sbin/useradd.distrib", "useradd.distrib -s /bin/bash -G docker cdrsync6"],
          ["/usr/bin/sudo", "sudo useradd -m -s /bin/bash -G docker cdrsync6"],
          # Not seen: others that start it, an account without a home by a program of another
          # name, accounts of services, one that gets the default shell.
          ["/usr/bin/su", "su - -c useradd -m -s /bin/bash cdrsync6"],
          ["/usr/sbin/runuser", "runuser -u root -- useradd -m -s /bin/bash cdrsync6"],
          ["/usr/sbin/sss_useradd", "sss_useradd -M -s /bin/bash cdrsync7"],
          ["/usr/sbin/useradd", "useradd --system -s /bin/bash backup2"],
          ["/usr/sbin/useradd", "useradd -r -s /bin/sh backup3"],
          ["/usr/sbin/useradd", "useradd -g docker cdrsync8"],
          # its own group is no further one
          # Not seen: a group that there is not by that name.
          ["/usr/sbin/usermod", "usermod -aG Docker mia"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
    # Not seen: a service's account by the scripts of Debian's and of Red Hat's packages.
    process "parent" {
      extends = template.root_program
      image   = "/usr/bin/dash"
      command = "/bin/sh /var/lib/dpkg/tmp.ci/preinst install"
      process "case" {
        for_each = [
          ["/usr/sbin/useradd", "useradd -r -G shadow statd"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}01.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      extends = template.root_program
      image   = "/usr/bin/dash"
      command = "/bin/sh /var/tmp/rpm-tmp.Qw3xZ1 1"
      process "case" {
        for_each = [
          ["/usr/sbin/useradd", "useradd -r -G docker exporter"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}02.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "crontab"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each folder where everyone may write.
          ["/usr/bin/crontab", "crontab /tmp/cron.new"],
          ["/usr/bin/crontab", "crontab -u mediation /var/tmp/cron.new"],
          ["/usr/bin/crontab", "crontab /dev/shm/cron.new"],
          # Not seen: the original that a wrapper was put before, for the wrapper's start is seen.
          ["/usr/bin/crontab.distrib", "crontab.distrib /tmp/cron.new"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "database"
    # Seen: each server, and each shell.
    process "parent" {
      image    = "/usr/sbin/mysqld"
      command  = "/usr/sbin/mysqld"
      user     = "mysql"
      folder   = "/var/lib/mysql"
      resident = true
      process "case" {
        extends = template.shell_line
        with    = { line = "uptime" }
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/sbin/mariadbd"
      command  = "/usr/sbin/mariadbd"
      user     = "mysql"
      folder   = "/var/lib/mysql"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/bash", "bash -c uptime"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}01.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/lib/postgresql/15/bin/postgres"
      command  = "postgres: postgres cdr [local] COPY"
      user     = "postgres"
      folder   = "/var/lib/postgresql/15/main"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/sh", "sh -c uptime"],
          # where sh is a program of its own
          # Not seen: an extension's tool, and what archives or restores the log.
          ["/usr/bin/sha256sum", "sha256sum base/1/2619"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      process "case" {
        extends = template.shell_line
        with    = { line = "pgbackrest --stanza=billing archive-get 000000010000000000000042 \"pg_wal/RECOVERYXLOG\"" }
      }
      process "case" {
        extends = template.shell_line
        with    = { line = "barman-wal-archive backup01 billing \"pg_wal/000000010000000000000042\"" }
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}02.txt"
        content = inert("all were started")
      }
    }
    # Not seen: a line that an administrator gives to the client's own prompt.
    process "parent" {
      image    = "/usr/lib/postgresql/15/bin/psql"
      command  = "psql cdr"
      user     = "postgres"
      folder   = "/var/lib/postgresql/15/main"
      resident = true
      process "case" {
        extends = template.shell_line
        with    = { line = "uptime" }
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}03.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "history_off"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each shell, its options joined, and each way to forget.
          ["/usr/bin/bash", "bash -lc unset HISTFILE; exec bash"],
          ["/usr/bin/dash", "sh -ec HISTFILE=/dev/null exec bash"],
          ["/usr/bin/zsh", "zsh -ic HISTSIZE=0; exec zsh"],
          # Seen: a shell that is not listed, and a program that starts one.
          ["/usr/bin/ksh93", "ksh -c HISTFILESIZE=0 exec ksh"],
          ["/usr/bin/su", "su - billing -c history -c"],
          # Not seen: who looks for such settings, from a folder that begins as "dash" does.
          ["/opt/dashboard/bin/policy", "policy --forbid HISTSIZE=0 --in /etc/profile.d"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "history_file"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each tool, and each shell's file.
          ["/usr/bin/rm", "rm -f /home/billing/.bash_history"],
          ["/usr/bin/shred", "shred /home/billing/.zsh_history"],
          ["/usr/bin/unlink", "unlink /home/billing/.sh_history"],
          ["/usr/bin/truncate", "truncate --size 0 /var/lib/postgresql/.psql_history"],
          # Seen: a link to nowhere, its options last; and nothing copied over it.
          ["/usr/bin/ln", "ln /dev/null -sf /home/billing/.bash_history"],
          ["/usr/bin/cp", "cp /dev/null /home/billing/.bash_history"],
          # Not seen: what reads one, from a folder that begins as "rm" does; a viewer whose own log
          # goes nowhere.
          ["/opt/rmbackup/bin/save", "save /home/billing/.bash_history"],
          ["/usr/bin/lnav", "lnav /home/billing/.bash_history -d /dev/null"],
          # Not seen: a second name for one, and another file by that name in capitals.
          ["/usr/bin/ln", "ln /home/billing/.bash_history /srv/backup/billing_history"],
          ["/usr/bin/cp", "cp /dev/null /srv/templates/.BASH_HISTORY"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "hidden_folder"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each tool, in each of the folders, whatever the file's name.
          ["/usr/bin/tar", "tar -cf /tmp/.sys/a.dat /root"],
          ["/usr/bin/zip", "zip /dev/shm/.sys/b.dat /root/b"],
          ["/usr/lib/p7zip/7z", "7z a /var/tmp/.sys/c.dat /root/c"],
          ["/usr/bin/gzip", "gzip /tmp/.sys/d"],
          ["/usr/bin/xz", "xz /tmp/.sys/e"],
          ["/usr/bin/openssl", "openssl enc -aes-256-cbc -in /root/f -out /tmp/.sys/f"],
          ["/usr/bin/gpg", "gpg -c /tmp/.sys/g"],
          ["/usr/bin/split", "split -n 4 /tmp/.sys/h"],
          # Seen: tools by other names, known by the sizes of pieces and by the archive's name.
          ["/usr/bin/busybox", "busybox split -b 10m /tmp/.sys/h"],
          ["/usr/bin/bsdtar", "bsdtar -czf /tmp/.sys/i.tgz /root"],
          # Not seen: a packed file's contents listed, sizes in megabytes, a vendor's name in capitals.
          ["/usr/bin/zipinfo", "zipinfo /tmp/.mount_viewer/app.jar"],
          ["/usr/bin/du", "du -s -B 1M /tmp/.X11-unix"],
          ["/usr/bin/unzip", "unzip -l /tmp/.driver/DRIVER.ZIP"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "log_daemon"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each daemon, named before the word, and one by its unit's path.
          ["/usr/bin/dash", "/bin/sh /usr/sbin/service rsyslog stop"],
          ["/usr/bin/dash", "/bin/sh /usr/sbin/service syslog-ng stop"],
          ["/usr/bin/dash", "/bin/sh /usr/sbin/service auditd stop"],
          ["/usr/bin/dash", "/bin/sh /usr/sbin/service filebeat stop"],
          ["/usr/bin/dash", "/bin/sh /usr/sbin/service sysmon stop"],
          ["/usr/bin/systemctl", "systemctl mask /usr/lib/systemd/system/systemd-journald.service"],
          # Seen: by way of another program.
          ["/usr/bin/sudo", "sudo systemctl stop rsyslog"],
          # Not seen: a search, a program that shows units, a word in capitals, another daemon.
          ["/usr/bin/grep", "grep -n stop /etc/init.d/rsyslog"],
          ["/usr/bin/systemctl-tui", "systemctl-tui rsyslog stop"],
          ["/usr/bin/systemctl", "systemctl STOP rsyslog.service"],
          ["/usr/bin/systemctl", "systemctl stop nginx.service"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
    # Not seen: the scripts of a package that is configured, about to go, and gone.
    process "parent" {
      for_each = ["postinst configure", "prerm remove", "postrm purge"]
      extends  = template.root_program
      image    = "/usr/bin/dash"
      command  = "/bin/sh /var/lib/dpkg/info/rsyslog.${each.value}"
      process "case" {
        image   = "/usr/bin/systemctl"
        command = "systemctl stop rsyslog.service"
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}${format("%02d", each.key + 1)}.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "logs"
    # Seen: each shell that people type into, and each tool.
    process "parent" {
      for_each = [
        ["/usr/bin/dash", "-dash", "/usr/bin/shred", "shred /var/log/auth.log"],
        ["/usr/bin/dash", "-sh", "/usr/bin/unlink", "unlink /var/log/auth.log"],
        ["/usr/bin/bash", "-su", "/usr/bin/truncate", "truncate -s 4K /var/log/auth.log"],
        ["/usr/bin/zsh", "-zsh", "/usr/bin/srm", "srm /var/log/auth.log"],
        ["/usr/bin/bash", "bash", "/usr/bin/rm", "rm /var/log/auth.log"],
        ["/usr/bin/bash", "/bin/bash", "/usr/bin/rm", "rm /var/log/auth.log"],
        ["/usr/bin/dash", "sh -i", "/usr/bin/rm", "rm /var/log/auth.log"],
        ["/usr/bin/sudo", "sudo rm /var/log/auth.log", "/usr/bin/rm", "rm /var/log/auth.log"],
      ]
      extends = template.root_program
      image   = each.value[0]
      command = each.value[1]
      process "case" {
        image   = each.value[2]
        command = each.value[3]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}${format("%02d", each.key)}.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: a tool by another name, known by the size.
          ["/usr/bin/busybox", "busybox truncate -s 0 /var/log/auth.log"],
          # Not seen: an empty folder removed, a search.
          ["/usr/bin/rmdir", "rmdir /var/log/oldportal"],
          ["/usr/bin/grep", "grep -UZ sshd /var/log/auth.log"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}08.txt"
        content = inert("all were started")
      }
    }
    # Not seen: a script that tidies up.
    process "parent" {
      extends = template.root_program
      image   = "/usr/bin/bash"
      command = "/usr/bin/bash /usr/local/sbin/tidy"
      process "case" {
        for_each = [
          ["/usr/bin/rm", "rm /var/log/auth.log.9"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}09.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "page_times"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each way to give a time, in each place.
          ["/usr/bin/touch", "touch -r /etc/hostname /var/www/selfcare/assets/logo.png"],
          ["/usr/bin/touch", "touch --reference=/etc/hosts /srv/www/portal/logo.png"],
          ["/usr/bin/touch", "touch -d 2021-07-01 /usr/lib/systemd/system/cdrsync.service"],
          ["/usr/bin/touch", "touch --date=2021-07-01 /etc/systemd/system/cdrsync.service"],
          ["/usr/bin/touch", "touch -t 202107010000 /etc/cron.d/cdrsync"],
          # Seen: a page that gets another's times by a program of another name, which lies in a
          # folder that begins as "cp" does.
          ["/usr/local/cpanel/bin/stamp", "stamp -r /var/www/selfcare/login.php /var/www/selfcare/index.php"],
          # Not seen: a program that is given a folder, which begins as "touch" does.
          ["/opt/touchstone/bin/publish", "publish -d /var/www/selfcare"],
          # Not seen: pages compared, searched, copied, removed and mirrored with a folder's option.
          ["/usr/bin/cp", "cp -r /srv/build/index.php /var/www/selfcare/index.php"],
          ["/usr/bin/diff", "diff -r /srv/build/index.php /var/www/selfcare/index.php"],
          ["/usr/bin/grep", "grep -r /login.php /var/www/selfcare/index.php"],
          ["/usr/bin/rm", "rm -r /var/www/selfcare/old.php /var/www/selfcare/index.php"],
          ["/usr/bin/rsync", "rsync -r /srv/build/index.php /var/www/selfcare/index.php"],
          # Not seen: by a program of another name, a copy that nobody can call, and a name in capitals.
          ["/usr/bin/busybox", "busybox touch -r /var/www/selfcare/login.php /var/www/selfcare/index.php.bak"],
          ["/usr/bin/busybox", "busybox touch -r /var/www/selfcare/login.php /var/www/selfcare/INDEX.PHP"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "search"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: newer by time of access or of change than some file; numbers of a list, by grep,
          # and by another program that is to print names only.
          ["/usr/bin/find", "find /srv/mediation/out -anewer /root/.stamp"],
          ["/usr/bin/find", "find /srv/mediation/out -cnewer /root/.stamp"],
          ["/usr/bin/grep", "grep -rhf /root/numbers.txt /srv/mediation/out"],
          ["/usr/bin/rg", "rg -lF -f /root/numbers.txt /srv/mediation/out"],
          # Not seen: ranges of addresses, one number, a listing, newer files of another folder.
          ["/usr/bin/grepcidr", "grepcidr -f /root/ranges.txt /srv/mediation/out/mms_20210701.cdr"],
          ["/usr/bin/grep", "grep -F 491510000001 /srv/mediation/out/voice_20210701.cdr"],
          ["/usr/bin/ls", "ls -lf -F /srv/mediation/out"],
          ["/usr/bin/find", "find /srv/mediation/conf -newer /etc/hostname"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "sending"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each tool, and each folder, to hosts where one is whoever one is here.
          ["/usr/bin/scp", "scp /tmp/p.aa web02:/srv/in/"],
          ["/usr/bin/sftp", "sftp -b /var/tmp/batch web02"],
          ["/usr/bin/rsync", "rsync -a /dev/shm/p.aa web02:/srv/in/"],
          ["/usr/bin/scp", "scp /root/.cache/p.aa web02:/srv/in/"],
          # Seen: another program that sends like scp, and a page put where it is served.
          ["/usr/bin/pscp", "pscp /tmp/p.aa mia@web02:/srv/in/"],
          ["/usr/bin/pscp", "pscp /root/index.php mia@web02:/var/www/portal/"],
          # Not seen: the server's side, which says where it begins, and the receiving end.
          ["/usr/lib/openssh/sftp-server", "/usr/lib/openssh/sftp-server -d /tmp/incoming"],
          ["/usr/bin/rsync", "rsync --server -logDtpre.iLsfxC . /tmp/incoming/"],
          # Not seen: folders of shares whose names are in capitals.
          ["/usr/bin/pscp", "pscp /TMP/site.tgz mia@nas01:/VAR/WWW/"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "shell_startup"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Seen: each tool, and each file of an account or of all.
          ["/usr/bin/sed", "sed -i -e s/022/077/ /home/billing/.bash_profile"],
          ["/usr/bin/tee", "tee -a /home/billing/.bash_login"],
          ["/usr/bin/perl", "perl -pi -e s/022/077/ /home/billing/.profile"],
          ["/usr/bin/dd", "dd of=/home/billing/.zshrc oflag=append conv=notrunc"],
          # Seen: a sed by another name, known by its arguments.
          ["/usr/bin/busybox", "busybox sed -i s/022/077/ /etc/bash.bashrc"],
          ["/usr/bin/busybox", "busybox sed -i /umask/d /home/billing/.bashrc"],
          ["/usr/bin/busybox", "busybox sed -i $a alias ll='ls -l' /home/billing/.bashrc"],
          # Not seen: what reads one.
          ["/usr/bin/ddrescue", "ddrescue /home/billing/.bashrc /mnt/rescue/bashrc"],
          ["/usr/bin/grep", "grep -I s/bin /home/billing/.profile"],
          ["/usr/bin/grep", "grep -i alias /home/billing/.bashrc"],
          # Not seen: what asks before it overwrites one.
          ["/usr/bin/cp", "cp -i /etc/skel/.bashrc /home/billing/.bashrc"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "web_worker"
    # Seen: each server that starts a program itself.
    process "parent" {
      image    = "/usr/sbin/php-fpm8.2"
      command  = "php-fpm: pool www"
      user     = "www-data"
      folder   = "/var/www"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/hostname", "hostname -f"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/sbin/httpd"
      command  = "/usr/sbin/httpd -DFOREGROUND"
      user     = "apache"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/ip", "ip addr"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}01.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/sbin/nginx"
      command  = "nginx: worker process"
      user     = "nginx"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/ss", "ss -tn"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}02.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/sbin/lighttpd"
      command  = "/usr/sbin/lighttpd -D"
      user     = "www-data"
      folder   = "/var/www"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/netstat", "netstat -tn"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}03.txt"
        content = inert("all were started")
      }
    }
    # Seen: each account whose shell starts one.
    process "parent" {
      image    = "/usr/bin/dash"
      command  = "sh -c w"
      user     = "apache"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/w", "w"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}04.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/bin/bash"
      command  = "bash -c who; last"
      user     = "nginx"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/who", "who"],
          ["/usr/bin/last", "last"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}05.txt"
        content = inert("all were started")
      }
    }
    # Not seen: a program of monitoring's that is named after the server.
    process "parent" {
      image    = "/usr/bin/nginx-prometheus-exporter"
      command  = "nginx-prometheus-exporter"
      user     = "prometheus"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/hostname", "hostname"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}06.txt"
        content = inert("all were started")
      }
    }
    # Not seen: an account that is named after the server's, and a cron job of the server's.
    process "parent" {
      image    = "/usr/bin/dash"
      command  = "sh -c hostname"
      user     = "apache-logs"
      folder   = "/"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/hostname", "hostname"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}07.txt"
        content = inert("all were started")
      }
    }
    process "parent" {
      image    = "/usr/bin/dash"
      command  = "/bin/sh -c hostname"
      user     = "www-data"
      folder   = "/var/www"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/hostname", "hostname"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}08.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_tar"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          ["/usr/bin/tar", "tar -czf /mnt/usb/out.tgz /srv/mediation/out"],
          # Seen, and no day's for the count: single files made smaller in place.
          ["/usr/bin/gzip", "gzip -k /srv/mediation/out/voice_20210701.cdr"],
          ["/usr/bin/xz", "xz -k /srv/mediation/out/voice_20210701.cdr"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_zip"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          ["/usr/bin/zip", "zip -r /mnt/usb/out.zip /srv/mediation/out"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_7z"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          ["/usr/lib/p7zip/7z", "7z a /mnt/usb/out.7z /srv/mediation/out"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_7za"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          ["/usr/lib/p7zip/7za", "7za a /mnt/usb/out.7z /srv/mediation/out"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_rar"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          ["/usr/bin/rar", "rar a /mnt/usb/out.rar /srv/mediation/out"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  # A packer that is not listed is known by the archive it makes; and who lies in a
  # copy of mediation's folder is not mediation.
  group {
    when = arg.of == "packing_bsdtar"
    process "parent" {
      extends = template.root_program
      image   = "/mnt/restored/opt/mediation/bin/collector"
      command = "/mnt/restored/opt/mediation/bin/collector"
      process "case" {
        for_each = [
          ["/usr/bin/bsdtar", "bsdtar -czf /home/billing/out.tgz -C /srv/mediation/out ."],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
  }

  group {
    when = arg.of == "packing_not"
    process "parent" {
      extends = template.root_login
      process "case" {
        for_each = [
          # Not seen: an archive's list of contents, one packed elsewhere by a name in capitals,
          # mediation's configuration.
          ["/usr/bin/zipinfo", "zipinfo -1 /srv/mediation/out/returned.zip"],
          ["/usr/bin/bsdtar", "bsdtar -cf /home/billing/OUT.TAR -C /srv/mediation/out ."],
          ["/usr/bin/tar", "tar -czf /root/conf.tgz /srv/mediation/conf"],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}00.txt"
        content = inert("all were started")
      }
    }
    # Not seen: mediation, which packs what was delivered.
    process "parent" {
      image    = "/opt/mediation/bin/collector"
      command  = "/opt/mediation/bin/collector --daily"
      user     = "mediation"
      folder   = "/srv/mediation"
      resident = true
      process "case" {
        for_each = [
          ["/usr/bin/tar", "tar -czf /srv/mediation/done/20210702.tgz -C /srv/mediation/out ."],
        ]
        image   = each.value[0]
        command = each.value[1]
      }
      write {
        path    = "/var/lib/misc/cases_${arg.of}01.txt"
        content = inert("all were started")
      }
    }
  }
}

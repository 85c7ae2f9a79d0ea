# What every Linux host of the carrier has: accounts, logs and the folders that
# programs write to. A host says under `users` which accounts it has besides.

locals {
  # Debian's, with Debian's numbers.
  system_users = [
    { name = "root", uid = 0, gid = 0, comment = "root", home = "/root", shell = "/bin/bash" },
    { name = "daemon", uid = 1, gid = 1, comment = "daemon", home = "/usr/sbin", shell = "/usr/sbin/nologin" },
    { name = "syslog", uid = 104, gid = 104, comment = "", home = "/home/syslog", shell = "/usr/sbin/nologin" },
    { name = "backup", uid = 34, gid = 34, comment = "backup", home = "/var/backups", shell = "/usr/sbin/nologin" },
    { name = "ops", uid = 1000, gid = 1000, comment = "Operations", home = "/home/ops", shell = "/bin/bash" },
  ]

  # The carrier's audit rules. The kernel takes the key of the first rule that fits, so
  # narrow rules stand before wide ones: with the wide execve rule on top, the keys
  # below it would starve. The rule on the web server's user is the one that SigmaHQ's
  # c0d3734d asks for, the key susp_activity the one that its f7158a64 reads. There are
  # no watches on reading (-p r): those record every program start.
  audit_rules = [
    "-D",
    "-b 8192",
    "-a always,exit -F arch=b64 -S execve -F euid=33 -k detect_execve_www",
    "-w /usr/sbin/useradd -p x -k user_modification",
    "-w /usr/sbin/usermod -p x -k user_modification",
    "-w /usr/bin/scp -p x -k susp_activity",
    "-w /usr/bin/wget -p x -k susp_activity",
    "-w /usr/bin/curl -p x -k susp_activity",
    "-a always,exit -F arch=b64 -S execve -k exec",
    "-a always,exit -F arch=b64 -S utimensat -k time_stomp",
    "-a always,exit -F arch=b64 -S connect -k network",
    "-w /etc/ld.so.preload -p wa -k libpath",
    "-w /etc/passwd -p wa -k identity",
    "-w /etc/group -p wa -k identity",
    "-w /etc/cron.d/ -p wa -k cron",
    "-w /etc/crontab -p wa -k cron",
    "-w /var/spool/cron/ -p wa -k cron",
    "-w /etc/systemd/ -p wa -k systemd",
    "-w /usr/lib/systemd/system/ -p wa -k systemd",
    "-w /etc/profile.d/ -p wa -k shell_profiles",
    "-w /etc/rsyslog.conf -p wa -k logging",
    "-w /etc/rsyslog.d/ -p wa -k logging",
    "-w /etc/audit/ -p wa -k audit_config",
    "-w /var/log/audit/ -p wa -k audit_log",
    "-w /var/log/auth.log -p wa -k login_log",
    "-w /var/log/auth.log.1 -p wa -k login_log",
    "-w /var/log/wtmp -p wa -k session",
    "-w /var/log/btmp -p wa -k session",
    "-w /var/log/lastlog -p wa -k session",
    "-w /run/utmp -p wa -k session",
    "-w /home/ -p wa -k home",
    "-w /root/ -p wa -k home",
    "-w /tmp/ -p wa -k world_writable",
    "-w /var/tmp/ -p wa -k world_writable",
    "-w /dev/shm/ -p wa -k world_writable",
  ]
}

template "host" "linux" {
  file {
    path    = "/etc/hostname"
    content = "${host.hostname}\n"
    days    = 700
  }
  file {
    path    = "/etc/hosts"
    content = "127.0.0.1 localhost\n127.0.1.1 ${host.hostname}\n"
    days    = 700
  }
  file {
    path    = "/etc/passwd"
    content = join("", [for user in concat(local.system_users, host.users) : passwd_line(user)])
    days    = 400
  }
  file {
    path    = "/etc/group"
    content = "adm:x:4:\nsudo:x:27:ops\n${join("", [for user in concat(local.system_users, host.users) : "${user.name}:x:${user.gid}:\n"])}"
    days    = 400
  }
  file {
    path    = "/etc/crontab"
    content = "SHELL=/bin/sh\n17 * * * * root run-parts --report /etc/cron.hourly\n"
    days    = 700
  }
  folder {
    path = "/etc/cron.d"
  }
  file {
    path    = "/etc/profile"
    content = "umask 022\n"
    days    = 700
  }
  folder {
    path = "/etc/profile.d"
  }
  file {
    path    = "/etc/rsyslog.conf"
    content = "auth,authpriv.* /var/log/auth.log\n*.*;auth,authpriv.none -/var/log/syslog\n"
    days    = 700
  }
  file {
    path    = "/etc/rsyslog.d/50-default.conf"
    content = "cron.* /var/log/cron.log\n"
    days    = 700
  }
  folder {
    path = "/etc/systemd/system/multi-user.target.wants"
  }
  file {
    path    = "/usr/lib/systemd/system/rsyslog.service"
    content = "[Unit]\nDescription=System Logging Service\n"
    days    = 700
  }
  file {
    path    = "/usr/lib/systemd/system/auditd.service"
    content = "[Unit]\nDescription=Security Auditing Service\n"
    days    = 700
  }
  folder {
    path = "/var/spool/cron/crontabs"
  }
  file {
    path    = "/root/.bashrc"
    content = "umask 077\n"
    mode    = "0600"
    days    = 700
  }
  file {
    path    = "/root/.bash_history"
    content = "systemctl status\ndf -h\n"
    mode    = "0600"
    days    = 2
  }
  file {
    path    = "/run/rsyslogd.pid"
    content = "412\n"
    days    = 30
  }
  file {
    path    = "/run/auditd.pid"
    content = "401\n"
    days    = 30
  }
  file {
    path    = "/run/utmp"
    content = "reboot ~ ${host.hostname}\n"
    days    = 30
  }
  folder {
    for_each = [
      "/tmp",
      "/var/tmp",
      "/dev/shm",
    ]
    path = each.value
    mode = "0777"
  }
  file {
    path    = "/var/log/syslog"
    content = "Mar  1 04:00:01 ${host.hostname} CRON[811]: (root) CMD (run-parts --report /etc/cron.hourly)\nMar  1 04:10:14 ${host.hostname} systemd[1]: Finished daily maintenance.\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/syslog.1"
    content = "Feb 28 04:10:14 ${host.hostname} systemd[1]: Finished daily maintenance.\n"
    mode    = "0640"
    days    = 2
  }
  file {
    path    = "/var/log/auth.log"
    content = "Mar  1 07:58:12 ${host.hostname} sshd[902]: Accepted publickey for ops from 192.0.2.10 port 50122 ssh2\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/auth.log.1"
    content = "Feb 22 09:12:41 ${host.hostname} sshd[733]: Accepted publickey for ops from 192.0.2.10 port 40022 ssh2\n"
    mode    = "0640"
    days    = 7
  }
  file {
    path    = "/var/log/mail.log.1"
    content = "Feb 28 06:25:03 ${host.hostname} postfix/qmgr[655]: removed\n"
    mode    = "0640"
    days    = 2
  }
  file {
    path    = "/var/log/cron.log"
    content = "Mar  1 04:00:01 ${host.hostname} CRON[811]: (root) CMD (run-parts --report /etc/cron.hourly)\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/audit/audit.log"
    content = "type=DAEMON_START msg=audit(1614585600.000:1): op=start ver=3.0 auid=4294967295 pid=401 uid=0 ses=4294967295 res=success\n"
    mode    = "0600"
    days    = 1
  }
  file {
    path    = "/var/log/journal/system.journal"
    content = "journal of ${host.hostname}\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/wtmp"
    content = "ops pts/0 192.0.2.10\n"
    mode    = "0664"
    days    = 1
  }
  file {
    path    = "/var/log/btmp"
    content = "root ssh 192.0.2.77\n"
    mode    = "0660"
    days    = 3
  }
  file {
    path    = "/var/log/lastlog"
    content = "ops pts/0 192.0.2.10\n"
    mode    = "0664"
    days    = 1
  }
}

package asset

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// linuxBase is what every Linux host of the carrier has: accounts, logs and the
// folders that programs write to.
func linuxBase(hostname string, accounts ...artifact.LinuxAccount) []File {
	return []File{
		{Path: "/etc/hostname", Content: textLines(hostname), Days: 700},
		{Path: "/etc/hosts", Content: textLines("127.0.0.1 localhost", "127.0.1.1 "+hostname), Days: 700},
		{Path: artifact.PasswdFile, Content: passwd(append(systemAccounts[:], accounts...)), Days: 400},
		{Path: artifact.GroupFile, Content: groups(append(systemAccounts[:], accounts...)), Days: 400},
		{Path: "/etc/crontab", Content: textLines("SHELL=/bin/sh", "17 * * * * root run-parts --report /etc/cron.hourly"), Days: 700},
		{Path: "/etc/cron.d", Folder: true},
		{Path: "/etc/profile", Content: textLines("umask 022"), Days: 700},
		{Path: "/etc/profile.d", Folder: true},
		{Path: "/etc/rsyslog.conf", Content: textLines("auth,authpriv.* /var/log/auth.log", "*.*;auth,authpriv.none -/var/log/syslog"), Days: 700},
		{Path: "/etc/rsyslog.d/50-default.conf", Content: textLines("cron.* /var/log/cron.log"), Days: 700},
		{Path: "/etc/systemd/system/multi-user.target.wants", Folder: true},
		{Path: "/usr/lib/systemd/system/rsyslog.service", Content: textLines("[Unit]", "Description=System Logging Service"), Days: 700},
		{Path: "/usr/lib/systemd/system/auditd.service", Content: textLines("[Unit]", "Description=Security Auditing Service"), Days: 700},
		{Path: "/var/spool/cron/crontabs", Folder: true},
		{Path: "/root/.bashrc", Content: textLines("umask 077"), Mode: 0o600, Days: 700},
		{Path: "/root/.bash_history", Content: textLines("systemctl status", "df -h"), Mode: 0o600, Days: 2},
		{Path: "/run/rsyslogd.pid", Content: textLines("412"), Days: 30},
		{Path: "/run/auditd.pid", Content: textLines("401"), Days: 30},
		{Path: "/run/utmp", Content: textLines("reboot ~ " + hostname), Days: 30},
		{Path: "/tmp", Folder: true, Mode: 0o777},
		{Path: "/var/tmp", Folder: true, Mode: 0o777},
		{Path: "/dev/shm", Folder: true, Mode: 0o777},
		{Path: artifact.SystemLog, Content: textLines(
			"Mar  1 04:00:01 "+hostname+" CRON[811]: (root) CMD (run-parts --report /etc/cron.hourly)",
			"Mar  1 04:10:14 "+hostname+" systemd[1]: Finished daily maintenance."), Mode: 0o640, Days: 1},
		{Path: "/var/log/syslog.1", Content: textLines("Feb 28 04:10:14 " + hostname + " systemd[1]: Finished daily maintenance."), Mode: 0o640, Days: 2},
		{Path: artifact.AuthLog, Content: textLines("Mar  1 07:58:12 " + hostname + " sshd[902]: Accepted publickey for ops from 192.0.2.10 port 50122 ssh2"), Mode: 0o640, Days: 1},
		{Path: "/var/log/auth.log.1", Content: textLines("Feb 22 09:12:41 " + hostname + " sshd[733]: Accepted publickey for ops from 192.0.2.10 port 40022 ssh2"), Mode: 0o640, Days: 7},
		{Path: "/var/log/mail.log.1", Content: textLines("Feb 28 06:25:03 " + hostname + " postfix/qmgr[655]: removed"), Mode: 0o640, Days: 2},
		{Path: artifact.CronLog, Content: textLines("Mar  1 04:00:01 " + hostname + " CRON[811]: (root) CMD (run-parts --report /etc/cron.hourly)"), Mode: 0o640, Days: 1},
		{Path: artifact.AuditLog, Content: textLines(`type=DAEMON_START msg=audit(1614585600.000:1): op=start ver=3.0 auid=4294967295 pid=401 uid=0 ses=4294967295 res=success`), Mode: 0o600, Days: 1},
		{Path: artifact.JournalFile, Content: textLines("journal of " + hostname), Mode: 0o640, Days: 1},
		{Path: "/var/log/wtmp", Content: textLines("ops pts/0 192.0.2.10"), Mode: 0o664, Days: 1},
		{Path: "/var/log/btmp", Content: textLines("root ssh 192.0.2.77"), Mode: 0o660, Days: 3},
		{Path: "/var/log/lastlog", Content: textLines("ops pts/0 192.0.2.10"), Mode: 0o664, Days: 1},
	}
}

// systemAccounts are Debian's, with Debian's numbers.
var systemAccounts = [...]artifact.LinuxAccount{
	{Name: "root", Password: "x", UID: 0, GID: 0, Comment: "root", Home: "/root", Shell: "/bin/bash"},
	{Name: "daemon", Password: "x", UID: 1, GID: 1, Comment: "daemon", Home: "/usr/sbin", Shell: "/usr/sbin/nologin"},
	{Name: "syslog", Password: "x", UID: 104, GID: 104, Comment: "", Home: "/home/syslog", Shell: "/usr/sbin/nologin"},
	{Name: "backup", Password: "x", UID: 34, GID: 34, Comment: "backup", Home: "/var/backups", Shell: "/usr/sbin/nologin"},
	{Name: "ops", Password: "x", UID: 1000, GID: 1000, Comment: "Operations", Home: "/home/ops", Shell: "/bin/bash"},
}

// passwd is the passwd file of accounts.
func passwd(accounts []artifact.LinuxAccount) []byte {
	var file []byte
	for _, account := range accounts {
		file = append(file, account.Encode()...)
	}
	return file
}

// groups is the group file of accounts: two groups of Debian's, for who may read logs
// and who may become root, and each account's own.
func groups(accounts []artifact.LinuxAccount) []byte {
	file := textLines("adm:x:4:", "sudo:x:27:ops")
	for _, account := range accounts {
		file = append(file, artifact.EncodeGroup(account.Name, account.GID)...)
	}
	return file
}

func textLines(all ...string) []byte { return []byte(strings.Join(all, "\n") + "\n") }

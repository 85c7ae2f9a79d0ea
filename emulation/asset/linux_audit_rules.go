package asset

import "github.com/ringer-lab/ringer/emulation/artifact"

// auditRules is the carrier's rule file. The kernel takes the key of the first
// rule that fits, so narrow rules stand before wide ones: with the wide execve
// rule on top, the keys below it would starve. The rule on the web server's
// user is the one that SigmaHQ's c0d3734d asks for, the key susp_activity the
// one that its f7158a64 reads. There are no watches on reading (-p r): those
// record every program start.
func auditRules(more ...string) File {
	rules := []string{
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
	}
	return File{Path: artifact.AuditRulesFile, Content: textLines(append(rules, more...)...), Mode: 0o640, Days: 400}
}

package behaviour

import "github.com/ringer-lab/ringer/emulation/effect"

// Logs, histories, the log daemon and the times of files: what shows later who
// was there.

func linuxHistoryOffCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each shell, its options joined, and each way to forget.
		root.program("/usr/bin/bash", "bash -lc unset HISTFILE; exec bash"),
		root.program("/usr/bin/dash", "sh -ec HISTFILE=/dev/null exec bash"),
		root.program("/usr/bin/zsh", "zsh -ic HISTSIZE=0; exec zsh"),
		// Seen: a shell that is not listed, and a program that starts one.
		root.program("/usr/bin/ksh93", "ksh -c HISTFILESIZE=0 exec ksh"),
		root.program("/usr/bin/su", "su - billing -c history -c"),
		// Not seen: who looks for such settings, from a folder that begins as "dash" does.
		root.program("/opt/dashboard/bin/policy", "policy --forbid HISTSIZE=0 --in /etc/profile.d"),
	)
}

func linuxHistoryFileCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each tool, and each shell's file.
		root.program("/usr/bin/rm", "rm -f /home/billing/.bash_history"),
		root.program("/usr/bin/shred", "shred /home/billing/.zsh_history"),
		root.program("/usr/bin/unlink", "unlink /home/billing/.sh_history"),
		root.program("/usr/bin/truncate", "truncate --size 0 /var/lib/postgresql/.psql_history"),
		// Seen: a link to nowhere, its options last; and nothing copied over it.
		root.program("/usr/bin/ln", "ln /dev/null -sf /home/billing/.bash_history"),
		root.program("/usr/bin/cp", "cp /dev/null /home/billing/.bash_history"),
		// Not seen: what reads one, from a folder that begins as "rm" does; a viewer whose own log
		// goes nowhere.
		root.program("/opt/rmbackup/bin/save", "save /home/billing/.bash_history"),
		root.program("/usr/bin/lnav", "lnav /home/billing/.bash_history -d /dev/null"),
		// Not seen: a second name for one, and another file by that name in capitals.
		root.program("/usr/bin/ln", "ln /home/billing/.bash_history /srv/backup/billing_history"),
		root.program("/usr/bin/cp", "cp /dev/null /srv/templates/.BASH_HISTORY"),
	)
}

func linuxLogDaemonCases(c *caseBuilder) {
	root := rootAtWork
	const service, systemctl = "/usr/bin/dash", "/usr/bin/systemctl"
	c.addStarted(root.login(),
		// Seen: each daemon, named before the word, and one by its unit's path.
		root.program(service, "/bin/sh /usr/sbin/service rsyslog stop"),
		root.program(service, "/bin/sh /usr/sbin/service syslog-ng stop"),
		root.program(service, "/bin/sh /usr/sbin/service auditd stop"),
		root.program(service, "/bin/sh /usr/sbin/service filebeat stop"),
		root.program(service, "/bin/sh /usr/sbin/service sysmon stop"),
		root.program(systemctl, "systemctl mask /usr/lib/systemd/system/systemd-journald.service"),
		// Seen: by way of another program.
		root.program("/usr/bin/sudo", "sudo systemctl stop rsyslog"),
		// Not seen: a search, a program that shows units, a word in capitals, another daemon.
		root.program("/usr/bin/grep", "grep -n stop /etc/init.d/rsyslog"),
		root.program("/usr/bin/systemctl-tui", "systemctl-tui rsyslog stop"),
		root.program(systemctl, "systemctl STOP rsyslog.service"),
		root.program(systemctl, "systemctl stop nginx.service"),
	)
	// Not seen: the scripts of a package that is configured, about to go, and gone.
	for _, script := range []string{"postinst configure", "prerm remove", "postrm purge"} {
		c.addStarted(packageScript("/bin/sh /var/lib/dpkg/info/rsyslog."+script), root.program(systemctl, "systemctl stop rsyslog.service"))
	}
}

func linuxLogCases(c *caseBuilder) {
	root := rootAtWork
	const bash, rm = "/usr/bin/bash", "/usr/bin/rm"
	// Seen: each shell that people type into, and each tool.
	for _, seen := range []struct{ shell, title, image, line string }{
		{"/usr/bin/dash", "-dash", "/usr/bin/shred", "shred /var/log/auth.log"},
		{"/usr/bin/dash", "-sh", "/usr/bin/unlink", "unlink /var/log/auth.log"},
		{bash, "-su", "/usr/bin/truncate", "truncate -s 4K /var/log/auth.log"},
		{"/usr/bin/zsh", "-zsh", "/usr/bin/srm", "srm /var/log/auth.log"},
		{bash, "bash", rm, "rm /var/log/auth.log"},
		{bash, "/bin/bash", rm, "rm /var/log/auth.log"},
		{"/usr/bin/dash", "sh -i", rm, "rm /var/log/auth.log"},
		{"/usr/bin/sudo", "sudo rm /var/log/auth.log", rm, "rm /var/log/auth.log"},
	} {
		c.addStarted(root.daemon(seen.shell, seen.title), root.program(seen.image, seen.line))
	}
	c.addStarted(root.login(),
		// Seen: a tool by another name, known by the size.
		root.program("/usr/bin/busybox", "busybox truncate -s 0 /var/log/auth.log"),
		// Not seen: an empty folder removed, a search.
		root.program("/usr/bin/rmdir", "rmdir /var/log/oldportal"),
		root.program("/usr/bin/grep", "grep -UZ sshd /var/log/auth.log"),
	)
	// Not seen: a script that tidies up.
	c.addStarted(root.daemon(bash, "/usr/bin/bash /usr/local/sbin/tidy"), root.program(rm, "rm /var/log/auth.log.9"))
}

func linuxPageTimeCases(c *caseBuilder) {
	root := rootAtWork
	const touch, page = "/usr/bin/touch", " /var/www/selfcare/index.php"
	at := func(image, line string) effect.Process { return root.program(image, line) }
	c.addStarted(root.login(),
		// Seen: each way to give a time, in each place.
		at(touch, "touch -r /etc/hostname /var/www/selfcare/assets/logo.png"),
		at(touch, "touch --reference=/etc/hosts /srv/www/portal/logo.png"),
		at(touch, "touch -d 2021-07-01 /usr/lib/systemd/system/cdrsync.service"),
		at(touch, "touch --date=2021-07-01 /etc/systemd/system/cdrsync.service"),
		at(touch, "touch -t 202107010000 /etc/cron.d/cdrsync"),
		// Seen: a page that gets another's times by a program of another name, which lies in a
		// folder that begins as "cp" does.
		at("/usr/local/cpanel/bin/stamp", "stamp -r /var/www/selfcare/login.php"+page),

		// Not seen: a program that is given a folder, which begins as "touch" does.
		at("/opt/touchstone/bin/publish", "publish -d /var/www/selfcare"),
		// Not seen: pages compared, searched, copied, removed and mirrored with a folder's option.
		at("/usr/bin/cp", "cp -r /srv/build/index.php"+page),
		at("/usr/bin/diff", "diff -r /srv/build/index.php"+page),
		at("/usr/bin/grep", "grep -r /login.php"+page),
		at("/usr/bin/rm", "rm -r /var/www/selfcare/old.php"+page),
		at("/usr/bin/rsync", "rsync -r /srv/build/index.php"+page),
		// Not seen: by a program of another name, a copy that nobody can call, and a name in capitals.
		at("/usr/bin/busybox", "busybox touch -r /var/www/selfcare/login.php"+page+".bak"),
		at("/usr/bin/busybox", "busybox touch -r /var/www/selfcare/login.php /var/www/selfcare/INDEX.PHP"),
	)
}

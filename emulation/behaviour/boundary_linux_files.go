package behaviour

import (
	"path"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[linuxFileCases](About{
	Name:      "linux_file_cases",
	Assets:    []string{"billing", "web"},
	Platform:  effect.Linux,
	Phase:     Boundary,
	Summary:   "files that a rule on written files must just see, beside such as it must just not",
	Footprint: "inert files written by programs that are running already",
	Undo:      "delete what was made, put back what was overwritten",
	Source:    "ours: other forms of what was reported, and what package managers, editors, daemons and administrators write that looks like it",
})

type linuxFileCases struct {
	Of string `arg:"of" doc:"what the files are" oneof:"start_up,login_records,temporary,web_pages" default:"start_up"`
}

// linuxFiles are the cases by the word in `of`.
var linuxFiles = map[string]func(*caseBuilder){
	"start_up":      linuxStartUpCases,
	"login_records": linuxLoginRecordCases,
	"temporary":     linuxTemporaryCases,
	"web_pages":     linuxWebPageCases,
}

// Plan has no program started: all are running already.
func (l linuxFileCases) Plan(on asset.Host) effect.StepPlan { return planCases(on, linuxFiles[l.Of]) }

// addWrites has a program that is running already write files.
func (c *caseBuilder) addWrites(image string, paths ...string) {
	var acts []effect.Act
	for _, file := range paths {
		acts = append(acts, effect.Write{Path: file, Content: artifact.MarkedComment("a case: " + path.Base(file))})
	}
	c.addActs(session{user: "root", dir: "/"}.daemon(image, image), acts...)
}

// addTruncations has it leave files without content.
func (c *caseBuilder) addTruncations(image string, paths ...string) {
	var acts []effect.Act
	for _, file := range paths {
		acts = append(acts, effect.Write{Path: file})
	}
	c.addActs(session{user: "root", dir: "/"}.daemon(image, image), acts...)
}

// linuxStartUpCases are entries of cron, units, scripts of logins, drop-ins of the
// log daemon and the file of libraries: one of each by every program that may
// write them.
func linuxStartUpCases(c *caseBuilder) {
	c.addWrites("/usr/bin/install",
		// Seen: every folder, and every kind of unit.
		"/etc/cron.d/hand", "/etc/cron.hourly/hand", "/etc/cron.daily/hand", "/etc/cron.weekly/hand", "/etc/cron.monthly/hand", "/etc/crontab",
		"/etc/rsyslog.d/10-hand.conf", "/etc/profile.d/hand.sh", "/etc/ld.so.preload",
		"/etc/systemd/system/hand.service", "/lib/systemd/system/hand.timer", "/usr/lib/systemd/system/hand.path",
		"/usr/local/lib/systemd/system/hand.socket", "/run/systemd/system/hand.service", "/home/ops/.config/systemd/user/hand.service",
		// Not seen: copies in a backup, older ones set aside, and what lies there beside.
		"/srv/backup/etc/cron.d/hand", "/etc/crontab.dpkg-old",
		"/srv/backup/etc/rsyslog.d/10-hand.conf", "/etc/rsyslog.d/10-hand.conf.dpkg-old", "/etc/rsyslog.d/README", "/etc/host.conf",
		"/srv/backup/etc/profile.d/hand.sh", "/etc/profile.d/hand.sh.dpkg-old", "/etc/profile.d/hand.csh", "/opt/tool/setup.sh",
		"/srv/backup/etc/systemd/system/hand.service", "/etc/systemd/system/hand.service.dpkg-old", "/etc/systemd/system/README",
		"/etc/ld.so.preload.dpkg-old",
	)
	// Seen: a package unpacked by hand, by a program that is named much like the manager.
	c.addWrites("/usr/bin/dpkg-deb", "/etc/cron.d/unpacked", "/etc/rsyslog.d/20-unpacked.conf", "/etc/profile.d/unpacked.sh", "/etc/systemd/system/unpacked.service")
	// Not seen: package managers.
	for _, manager := range []string{"dpkg", "rpm", "dnf", "snapd"} {
		c.addWrites("/usr/bin/"+manager, "/etc/cron.d/"+manager, "/etc/rsyslog.d/30-"+manager+".conf", "/etc/profile.d/"+manager+".sh", "/lib/systemd/system/"+manager+".service")
	}
	c.addWrites("/usr/bin/yum", "/etc/cron.d/yum", "/etc/rsyslog.d/30-yum.conf")
	// Not seen: editors, and configuration management in Python.
	for _, editor := range []string{"vim.basic", "nano", "python3.11"} {
		c.addWrites("/usr/bin/"+editor, "/etc/cron.d/by-"+path.Base(editor[:4]), "/etc/rsyslog.d/40-"+editor[:4]+".conf")
	}
	// Not seen: systemd's own units.
	c.addWrites("/usr/lib/systemd/systemd", "/run/systemd/system/session-3.service")
	c.addWrites("/usr/bin/systemctl", "/etc/systemd/system/linked.service")
}

// linuxLoginRecordCases cut the records of logins and of auditing.
func linuxLoginRecordCases(c *caseBuilder) {
	c.addTruncations("/usr/bin/truncate",
		// Seen: each record.
		"/var/log/wtmp", "/var/log/btmp", "/var/log/lastlog", artifact.AuthLog, "/var/log/secure", "/var/log/audit/audit.log.1",
		// Not seen: a copy in a backup.
		"/srv/backup/var/log/wtmp",
	)
	// Seen: a script of the host's own, named much like the rotation.
	c.addTruncations("/usr/sbin/logrotate-now", "/var/log/wtmp.2")
	// Not seen: the rotation and the daemons that own them.
	c.addTruncations("/usr/sbin/logrotate", "/var/log/wtmp.1")
	c.addTruncations("/usr/sbin/rsyslogd", "/var/log/auth.log.new")
	c.addTruncations("/usr/sbin/auditd", "/var/log/audit/audit.log.2")
	c.addTruncations("/usr/bin/systemd-tmpfiles", "/var/log/btmp.1")
	c.addTruncations("/usr/lib/systemd/systemd-journald", "/var/log/secure.journal")
	c.addTruncations("/usr/bin/login", "/var/log/lastlog.1")
	c.addTruncations("/usr/sbin/sshd", "/var/log/btmp.2")
}

// linuxTemporaryCases put data where everybody may write.
func linuxTemporaryCases(c *caseBuilder) {
	c.addWrites("/usr/bin/cp",
		// Seen: each kind of data in a hidden folder, call records in any.
		"/tmp/.x/a.csv", "/tmp/.x/a.csv.gz", "/tmp/.x/a.tar", "/tmp/.x/a.tar.gz", "/tmp/.x/a.tgz", "/tmp/.x/a.zip", "/tmp/.x/a.7z", "/tmp/.x/a.dmp",
		"/tmp/.x/a.sql.gz", "/var/tmp/.x/a.zip", "/dev/shm/.x/a.zip",
		"/tmp/a.cdr", "/var/tmp/a.cdr", "/dev/shm/a.asn1", "/home/ops/.cache/a.cdr",
		// Not seen: what is under way, what lies in the open, and another's folders of these names.
		"/tmp/.x/a.csv.part", "/tmp/a.csv", "/tmp/a.cdr.part", "/srv/build/tmp/.x/a.zip", "/srv/mediation/tmp/a.cdr",
	)
}

// linuxWebPageCases write pages below a document root and beside it.
func linuxWebPageCases(c *caseBuilder) {
	// Seen: each server, each root, each kind of page.
	c.addWrites("/usr/sbin/php-fpm8.2", "/var/www/case.php")
	c.addWrites("/usr/sbin/httpd", "/srv/www/case.phtml")
	c.addWrites("/usr/sbin/nginx", "/usr/share/nginx/html/case.phar")
	c.addWrites("/usr/sbin/lighttpd", "/var/www/case.jsp")
	c.addWrites("/usr/sbin/apache2", "/var/www/case.cgi",
		// Not seen: other folders, a backup, what is no page, a compiled template.
		"/var/lib/php/case.php", "/srv/backup/var/www/case.php", "/var/www/case.php.txt", "/var/www/portal/cache/case.php")
	// Not seen: an administrator, and the server's control program.
	c.addWrites("/usr/bin/cp", "/var/www/copied.php")
	c.addWrites("/usr/sbin/apache2ctl", "/var/www/control.php")
}

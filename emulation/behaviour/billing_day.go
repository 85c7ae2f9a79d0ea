package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// billingDay has what a billing host does of itself and what its keepers do,
// chosen to lie near the behaviours: the same tools, on other things.
var _ = registerBaseline(Baseline{
	Name:       "billing_day",
	Summary:    "call records come in, are mediated, rated, reported and backed up; cron, a package update, an administrator and a clerk",
	Activities: map[string][]Activity{"billing": slices.Concat(billingDay, serverDay)},
})

var billingDay = []Activity{
	{"call_record_drop", "the switch delivers call records", callRecordDrop},
	{"finished_records_listed", "a cron job looks for records that are complete", finishedRecordsListed},
	{"mediation", "mediation takes records over and packs what was delivered", mediation},
	{"delivered_records_deleted", "mediation deletes what was delivered long ago", deliveredDeleted},
	{"load_file_cut", "mediation cuts a load file for the database", loadFileCut},
	{"hand_over", "mediation hands records over to rating", handOver},
	{"rating", "rating notes what it has rated", rating},
	{"report_export", "a nightly job exports a report", reportExport},
	{"database_backup", "the database is dumped to where backups go", databaseBackup},
	{"database_upkeep", "the database administrator empties a load table and looks who is connected", databaseUpkeep},
	{"wal_archiving", "the database archives a segment of its log", walArchive},
	{"log_rotation", "logs are rotated", logRotation},
	{"package_update", "a package brings a unit, an account and scripts, and starts its service anew", packageUpdate},
	{"administrator_edit", "an administrator changes mediation's configuration and looks around", adminEdit},
	{"clerk_at_work", "a clerk changes his own shell and takes a report along", clerkEdit},
}

// logRotation does to logs what an eraser does, by the program whose task it is.
func logRotation(on asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const job, log, login = "/usr/sbin/logrotate /etc/logrotate.conf", "/srv/mediation/log/mediation.log", artifact.AuthLog
	return effect.StepPlan{
		Processes: []effect.Process{at.cron(job, at.run("/usr/sbin/logrotate", words(job),
			effect.Move{From: login + ".1", To: login + ".2"}, effect.Move{From: login, To: login + ".1"}, effect.Write{Path: login, Content: artifact.MarkedComment("")},
			effect.Copy{From: log, To: log + ".1"}, effect.Truncate{Path: log},
			at.run("/usr/bin/gzip", words("/bin/gzip"), effect.Copy{From: log + ".1", To: log + ".1.gz"}),
			at.sh("/usr/lib/rsyslog/rsyslog-rotate", at.run("/usr/bin/systemctl", words("systemctl kill -s HUP rsyslog.service"))),
		))},
		Checks: []effect.Check{effect.ContentIs{Path: login, Content: artifact.MarkedComment("")}, effect.Empty{Path: log}, effect.SameAs{Path: log + ".1.gz", As: log + ".1"}},
	}
}

// packageUpdate replaces a unit, adds a service's account and a profile script,
// all from dpkg, and starts the service again.
func packageUpdate(on asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/root"}
	const unit, script = "/usr/lib/systemd/system/rsyslog.service", "/etc/profile.d/vte.sh"
	const job, dropIn, cache = "/etc/cron.d/sysstat", "/etc/rsyslog.d/postfix.conf", "/etc/ld.so.cache"
	const restarted = `pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=rsyslog comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`
	text := artifact.MarkedComment("[Unit]\nDescription=System Logging Service")
	return effect.StepPlan{
		Processes: []effect.Process{at.login(at.run("/usr/bin/apt-get", words("apt-get -y upgrade"),
			at.run("/usr/bin/dpkg", words("/usr/bin/dpkg --status-fd 13 --configure --pending"),
				effect.Write{Path: unit + ".dpkg-new", Content: text}, effect.Move{From: unit + ".dpkg-new", To: unit},
				effect.Write{Path: script + ".dpkg-new", Content: artifact.MarkedComment("# terminal")}, effect.Move{From: script + ".dpkg-new", To: script},
				effect.Write{Path: job + ".dpkg-new", Content: artifact.MarkedComment("# collected each ten minutes")}, effect.Move{From: job + ".dpkg-new", To: job},
				effect.Write{Path: dropIn + ".dpkg-new", Content: artifact.MarkedComment("# the mail daemon's socket")}, effect.Move{From: dropIn + ".dpkg-new", To: dropIn},
				at.run("/usr/sbin/ldconfig", words("/sbin/ldconfig"), effect.Write{Path: cache + "~", Content: artifact.MarkedComment("# libraries")}, effect.Move{From: cache + "~", To: cache}),
				at.run("/usr/bin/dash", words("/bin/sh /var/lib/dpkg/info/rsyslog.postinst configure 8.2302.0-1"),
					at.run("/usr/sbin/useradd", words("useradd --system --no-create-home --shell /usr/sbin/nologin syslog")),
					at.run("/usr/sbin/usermod", words("usermod -a -G adm syslog")),
					at.run("/usr/bin/systemctl", words("systemctl daemon-reload")),
					at.run("/usr/bin/systemctl", words("systemctl restart rsyslog.service")))))),
			auditLine("SERVICE_STOP", restarted), auditLine("SERVICE_START", restarted),
			auditLine("CONFIG_CHANGE", `auid=1000 ses=3 op=add_rule key="exec" list=4 res=1`)},
		Checks: []effect.Check{effect.ContentIs{Path: unit, Content: text}, effect.ContentIs{Path: script, Content: artifact.MarkedComment("# terminal")}},
	}
}

// adminEdit changes mediation's configuration in an editor and looks around.
func adminEdit(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("admin"), dir: "/root"}
	const conf, known = "/srv/mediation/conf/mediation.conf", "/root/.ssh/known_hosts"
	text := artifact.MarkedComment("keep_days=120")
	return effect.StepPlan{
		Processes: []effect.Process{at.login(
			at.run("/usr/bin/vim.basic", words("vi "+conf),
				effect.Write{Path: "/srv/mediation/conf/.mediation.conf.swp", Content: artifact.MarkedComment("")},
				effect.Write{Path: conf, Content: text}, effect.Remove{Path: "/srv/mediation/conf/.mediation.conf.swp"}),
			at.run("/usr/bin/systemctl", words("systemctl status rsyslog.service")),
			at.run("/usr/bin/journalctl", words("journalctl -u mediation -n 50")),
			at.run("/usr/bin/crontab", words("crontab -l")),
			at.run("/usr/bin/grep", words("grep -c MSC01 /srv/mediation/log/mediation.log")),
			at.run("/usr/bin/ssh", words("ssh rating.carrier.example uptime"), effect.Append{Path: known, Content: artifact.MarkedComment("")}),
			at.run("/usr/sbin/auditctl", words("auditctl -s")))},
		Checks: []effect.Check{effect.ContentIs{Path: conf, Content: text}, effect.EndsWith{Path: known, Content: artifact.MarkedComment("")}},
	}
}

// clerkEdit is an account's own change of its own shell.
func clerkEdit(on asset.Host) effect.StepPlan {
	user := on.Account("operator")
	at := session{user: user, dir: homes[user]}
	startup, line := at.dir+"/.bashrc", artifact.MarkedComment("alias la='ls -la'")
	return effect.StepPlan{
		Processes: []effect.Process{at.login(
			at.run("/usr/bin/vim.basic", words("vim .bashrc"), effect.Append{Path: startup, Content: line}),
			at.run("/usr/bin/tail", words("tail -n 20 /home/billing/.bash_history")),
			at.run("/usr/bin/cp", words("cp -p /srv/reports/2021-02.csv /home/billing/"), effect.Write{Path: at.dir + "/2021-02.csv", Content: artifact.MarkedComment("a report")}))},
		Checks: []effect.Check{effect.EndsWith{Path: startup, Content: line}, effect.ContentIs{Path: at.dir + "/2021-02.csv", Content: artifact.MarkedComment("a report")}},
	}
}

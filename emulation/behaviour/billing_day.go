package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// billingDay has what a billing host does of itself and what its keepers do,
// chosen to lie near the behaviours: the same tools, on other things.
var _ = registerBaseline(Baseline{
	Name:    "billing_day",
	Summary: "mediation hands over call records, cron, logrotate, backups, WAL archiving, a package update, an administrator's and a clerk's edits",
	Assets:  []string{"billing"},
	Plan: func(on asset.Place) effect.Plan {
		var day effect.Plan
		for _, part := range []func(asset.Place) effect.Plan{
			mediationRun, handOver, logRotation, nightlyBackup, walArchive, packageUpdate, adminEdit, clerkEdit,
		} {
			one := part(on)
			day.Do, day.Prove = append(day.Do, one.Do...), append(day.Prove, one.Prove...)
		}
		return day
	},
})

// mediationRun looks for records that are complete and packs what was
// delivered, in mediation's own folders.
func mediationRun(on asset.Place) effect.Plan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	done := "/srv/mediation/done/" + baseName(records(on, "")[0])
	const packed = "/srv/mediation/done/20210701.tgz"
	const look = "/usr/bin/find /srv/mediation/out -mmin +5 -name *.cdr"
	return effect.Plan{
		Do: []effect.Process{
			at.cron(look, at.run("/usr/bin/find", words(look))),
			at.daemon("/opt/mediation/bin/mediationd", "/opt/mediation/bin/mediationd --foreground",
				effect.Copy{From: records(on, "")[0], To: done},
				at.run("/usr/bin/gzip", words("gzip -k "+done), effect.Copy{From: done, To: done + ".gz"}),
				at.run("/usr/bin/tar", words("tar -czf "+packed+" -C "+asset.CallRecordFolder+" ."), effect.Pack{Into: packed, From: records(on, "20210701")}),
				at.run("/usr/bin/find", words("find /srv/mediation/done -mtime +90 -delete"))),
		},
		Prove: []effect.Check{
			effect.SameAs{Path: done + ".gz", As: records(on, "")[0]},
			effect.Packs{Pieces: []string{packed}, From: records(on, "20210701")},
		},
	}
}

// handOver sends records to rating and cuts a load file, which is no archive.
func handOver(on asset.Place) effect.Plan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	const load, sent = "/srv/mediation/in/load.csv", "/srv/mediation/log/handover.log"
	return effect.Plan{
		Do: []effect.Process{at.daemon("/opt/mediation/bin/mediationd", "/opt/mediation/bin/mediationd --foreground",
			effect.Write{Path: load, Content: comment("id,file")},
			at.run("/usr/bin/split", words("split -l 1000 "+load+" "+load+"."), effect.Copy{From: load, To: load + ".aa"}),
			at.run("/usr/bin/sftp", words("sftp -b /srv/mediation/conf/handover.batch rating@192.0.2.40"), effect.Append{Path: sent, Content: comment("handed over 8 files")}),
		)},
		Prove: []effect.Check{effect.EndsWith{Path: sent, Content: comment("handed over 8 files")}, effect.SameAs{Path: load + ".aa", As: load}},
	}
}

// logRotation does to logs what an eraser does, by the program whose task it is.
func logRotation(on asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	const job, log, login = "/usr/sbin/logrotate /etc/logrotate.conf", "/srv/mediation/log/mediation.log", "/var/log/auth.log"
	const tidy, usage = "/usr/lib/sysstat/sa2 -A", "rm -f /var/log/sysstat/sa01"
	return effect.Plan{
		Do: []effect.Process{at.cron(job, at.run("/usr/sbin/logrotate", words(job),
			effect.Move{From: login + ".1", To: login + ".2"}, effect.Move{From: login, To: login + ".1"}, effect.Write{Path: login, Content: comment("")},
			effect.Copy{From: log, To: log + ".1"}, effect.Truncate{Path: log},
			at.run("/usr/bin/gzip", words("/bin/gzip"), effect.Copy{From: log + ".1", To: log + ".1.gz"}),
			at.sh("/usr/lib/rsyslog/rsyslog-rotate", at.run("/usr/bin/systemctl", words("systemctl kill -s HUP rsyslog.service"))),
		)),
			at.cron(tidy, at.run("/usr/bin/rm", words(usage))),
			at.cron("journalctl --vacuum-size=500M", at.run("/usr/bin/journalctl", words("journalctl --vacuum-size=500M")))},
		Prove: []effect.Check{effect.Holds{Path: login, Content: comment("")}, effect.Empty{Path: log}, effect.SameAs{Path: log + ".1.gz", As: log + ".1"}},
	}
}

// nightlyBackup packs configuration and dumps the database, to where backups go.
func nightlyBackup(on asset.Place) effect.Plan {
	root, backup := session{user: "root", dir: "/"}, session{user: "backup", dir: "/srv/backup"}
	server := session{user: on.Account("database"), dir: "/var/lib/postgresql/15/main"}
	const packed, dump = "/srv/backup/etc.tgz", "/srv/backup/billing.dmp"
	from := []string{"/etc/crontab", "/etc/rsyslog.conf"}
	return effect.Plan{
		Do: []effect.Process{
			root.cron("tar -czf "+packed+" /etc", root.run("/usr/bin/tar", words("tar -czf "+packed+" /etc"), effect.Pack{Into: packed, From: from})),
			backup.cron("pg_dump -Fc -f "+dump+" billing", backup.run("/usr/lib/postgresql/15/bin/pg_dump", words("pg_dump -Fc -f "+dump+" billing"),
				effect.Write{Path: dump, Content: comment("backup of the schema")})),
			statementLine(server, "backup", "pg_dump", "COPY public.cdr_voice (cdr_id, a_msisdn, b_msisdn) TO stdout;"),
		},
		Prove: []effect.Check{effect.Packs{Pieces: []string{packed}, From: from}, effect.Holds{Path: dump, Content: comment("backup of the schema")}},
	}
}

// walArchive is PostgreSQL's archive_command, the one reason for a shell below
// the server.
func walArchive(on asset.Place) effect.Plan {
	const segment, kept = "/var/lib/postgresql/15/main/pg_wal/000000010000000000000001", "/srv/backup/wal/000000010000000000000001"
	at := session{user: on.Account("database"), dir: "/var/lib/postgresql/15/main"}
	return effect.Plan{
		Do: []effect.Process{at.daemon("/usr/lib/postgresql/15/bin/postgres", "postgres: 15/main: archiver last was 000000010000000000000000",
			effect.Write{Path: segment, Content: comment("a segment of the log")},
			at.sh("test ! -f "+kept+" && cp pg_wal/000000010000000000000001 "+kept,
				at.run("/usr/bin/cp", words("cp pg_wal/000000010000000000000001 "+kept), effect.Copy{From: segment, To: kept})))},
		Prove: []effect.Check{effect.SameAs{Path: kept, As: segment}},
	}
}

// packageUpdate replaces a unit, adds a service's account and a profile script,
// all from dpkg, and starts the service again.
func packageUpdate(on asset.Place) effect.Plan {
	at := session{user: "root", dir: "/root"}
	const unit, script = "/usr/lib/systemd/system/rsyslog.service", "/etc/profile.d/vte.sh"
	const job, dropIn, cache = "/etc/cron.d/sysstat", "/etc/rsyslog.d/postfix.conf", "/etc/ld.so.cache"
	const restarted = `pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=rsyslog comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`
	text := comment("[Unit]\nDescription=System Logging Service")
	return effect.Plan{
		Do: []effect.Process{at.login(at.run("/usr/bin/apt-get", words("apt-get -y upgrade"),
			at.run("/usr/bin/dpkg", words("/usr/bin/dpkg --status-fd 13 --configure --pending"),
				effect.Write{Path: unit + ".dpkg-new", Content: text}, effect.Move{From: unit + ".dpkg-new", To: unit},
				effect.Write{Path: script + ".dpkg-new", Content: comment("# terminal")}, effect.Move{From: script + ".dpkg-new", To: script},
				effect.Write{Path: job + ".dpkg-new", Content: comment("# collected each ten minutes")}, effect.Move{From: job + ".dpkg-new", To: job},
				effect.Write{Path: dropIn + ".dpkg-new", Content: comment("# the mail daemon's socket")}, effect.Move{From: dropIn + ".dpkg-new", To: dropIn},
				at.run("/usr/sbin/ldconfig", words("/sbin/ldconfig"), effect.Write{Path: cache + "~", Content: comment("# libraries")}, effect.Move{From: cache + "~", To: cache}),
				at.run("/usr/bin/dash", words("/bin/sh /var/lib/dpkg/info/rsyslog.postinst configure 8.2302.0-1"),
					at.run("/usr/sbin/useradd", words("useradd --system --no-create-home --shell /usr/sbin/nologin syslog")),
					at.run("/usr/sbin/usermod", words("usermod -a -G adm syslog")),
					at.run("/usr/bin/systemctl", words("systemctl daemon-reload")),
					at.run("/usr/bin/systemctl", words("systemctl restart rsyslog.service")))))),
			auditLine("SERVICE_STOP", restarted), auditLine("SERVICE_START", restarted),
			auditLine("CONFIG_CHANGE", `auid=1000 ses=3 op=add_rule key="exec" list=4 res=1`)},
		Prove: []effect.Check{effect.Holds{Path: unit, Content: text}, effect.Holds{Path: script, Content: comment("# terminal")}},
	}
}

// adminEdit changes mediation's configuration in an editor and looks around.
func adminEdit(on asset.Place) effect.Plan {
	at := session{user: on.Account("admin"), dir: "/root"}
	const conf, known = "/srv/mediation/conf/mediation.conf", "/root/.ssh/known_hosts"
	text := comment("keep_days=120")
	return effect.Plan{
		Do: []effect.Process{at.login(
			at.run("/usr/bin/vim.basic", words("vi "+conf),
				effect.Write{Path: "/srv/mediation/conf/.mediation.conf.swp", Content: comment("")},
				effect.Write{Path: conf, Content: text}, effect.Remove{Path: "/srv/mediation/conf/.mediation.conf.swp"}),
			at.run("/usr/bin/systemctl", words("systemctl status rsyslog.service")),
			at.run("/usr/bin/journalctl", words("journalctl -u mediation -n 50")),
			at.run("/usr/bin/crontab", words("crontab -l")),
			at.run("/usr/bin/grep", words("grep -c MSC01 /srv/mediation/log/mediation.log")),
			at.run("/usr/bin/ssh", words("ssh rating.carrier.example uptime"), effect.Append{Path: known, Content: comment("")}),
			at.run("/usr/sbin/auditctl", words("auditctl -s")))},
		Prove: []effect.Check{effect.Holds{Path: conf, Content: text}, effect.EndsWith{Path: known, Content: comment("")}},
	}
}

// clerkEdit is an account's own change of its own shell.
func clerkEdit(on asset.Place) effect.Plan {
	user := on.Account("operator")
	at := session{user: user, dir: homes[user]}
	startup, line := at.dir+"/.bashrc", comment("alias la='ls -la'")
	return effect.Plan{
		Do: []effect.Process{at.login(
			at.run("/usr/bin/vim.basic", words("vim .bashrc"), effect.Append{Path: startup, Content: line}),
			at.run("/usr/bin/tail", words("tail -n 20 /home/billing/.bash_history")),
			at.run("/usr/bin/cp", words("cp -p /srv/reports/2021-02.csv /home/billing/"), effect.Write{Path: at.dir + "/2021-02.csv", Content: comment("a report")}))},
		Prove: []effect.Check{effect.EndsWith{Path: startup, Content: line}, effect.Holds{Path: at.dir + "/2021-02.csv", Content: comment("a report")}},
	}
}

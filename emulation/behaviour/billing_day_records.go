package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// mediator is mediation's daemon at work.
func mediator(on asset.Host, acts ...effect.Act) effect.Process {
	const program = "/opt/mediation/bin/mediationd"
	return session{user: on.Account("service"), dir: "/srv/mediation"}.daemon(program, program+" --foreground", acts...)
}

// callRecordDrop is the switch's own login: a file under another name until it
// is whole.
func callRecordDrop(on asset.Host) effect.StepPlan {
	const file = "/srv/mediation/in/MSC01_20210703_0001.cdr"
	content := artifact.MarkedComment("id,a_msisdn,b_msisdn")
	return effect.StepPlan{
		Processes: []effect.Process{session{user: on.Account("service"), dir: "/srv/mediation"}.daemon("/usr/lib/openssh/sftp-server", "/usr/lib/openssh/sftp-server",
			effect.Write{Path: file + ".part", Content: content}, effect.Move{From: file + ".part", To: file})},
		Checks: []effect.Check{effect.ContentIs{Path: file, Content: content}},
	}
}

func finishedRecordsListed(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	const look, list = "/usr/bin/find /srv/mediation/out -mmin +5 -name *.cdr", "/srv/mediation/tmp/ready.lst"
	kept := effect.Write{Path: list, Content: artifact.MarkedComment("8 files")}
	return effect.StepPlan{
		Processes: []effect.Process{at.cron(look+" > "+list, at.run("/usr/bin/find", words(look)), kept)},
		Checks:    []effect.Check{effect.ContentIs{Path: kept.Path, Content: kept.Content}},
	}
}

func mediation(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	first := callRecordFiles(on, "")[0]
	planned := "/srv/mediation/done/" + baseName(first)
	const packed = "/srv/mediation/done/20210701.tgz"
	return effect.StepPlan{
		Processes: []effect.Process{mediator(on,
			effect.Copy{From: first, To: planned},
			at.run("/usr/bin/gzip", words("gzip -k "+planned), effect.Copy{From: planned, To: planned + ".gz"}),
			at.run("/usr/bin/tar", words("tar -czf "+packed+" -C "+asset.CallRecordFolder+" ."), effect.Pack{Into: packed, From: callRecordFiles(on, "20210701")}))},
		Checks: []effect.Check{
			effect.SameAs{Path: planned + ".gz", As: first},
			effect.Packs{Pieces: []string{packed}, From: callRecordFiles(on, "20210701")},
		},
	}
}

func deliveredDeleted(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	const old = "/srv/mediation/done/20201101.tgz"
	return effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: old, Content: artifact.MarkedComment("an old archive")}},
		Processes:     []effect.Process{mediator(on, at.run("/usr/bin/find", words("find /srv/mediation/done -mtime +90 -delete"), effect.Remove{Path: old}))},
		Checks:        []effect.Check{effect.Gone{Path: old}},
	}
}

// loadFileCut makes pieces that are no archive.
func loadFileCut(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	const load = "/srv/mediation/in/load.csv"
	return effect.StepPlan{
		Processes: []effect.Process{mediator(on,
			effect.Write{Path: load, Content: artifact.MarkedComment("id,file")},
			at.run("/usr/bin/split", words("split -l 1000 "+load+" "+load+"."), effect.Copy{From: load, To: load + ".aa"}))},
		Checks: []effect.Check{effect.SameAs{Path: load + ".aa", As: load}},
	}
}

func handOver(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	sent := effect.Append{Path: "/srv/mediation/log/handover.log", Content: artifact.MarkedComment("handed over 8 files")}
	return effect.StepPlan{
		Processes: []effect.Process{mediator(on, at.run("/usr/bin/sftp", words("sftp -b /srv/mediation/conf/handover.batch rating@192.0.2.40"), sent))},
		Checks:    []effect.Check{effect.EndsWith{Path: sent.Path, Content: sent.Content}},
	}
}

func rating(on asset.Host) effect.StepPlan {
	rated := effect.Append{Path: "/srv/rating/log/rating.log", Content: artifact.MarkedComment("rated 384 calls")}
	return effect.StepPlan{
		Processes: []effect.Process{session{user: on.Account("service"), dir: "/srv/rating"}.daemon("/opt/rating/bin/ratingd", "/opt/rating/bin/ratingd --foreground", rated)},
		Checks:    []effect.Check{effect.EndsWith{Path: rated.Path, Content: rated.Content}},
	}
}

func reportExport(on asset.Host) effect.StepPlan {
	user := on.Account("operator")
	at := session{user: user, dir: homes[user]}
	const line = "psql -d billing -f /srv/reports/monthly.sql -o /srv/reports/2021-03.csv"
	report := effect.Write{Path: "/srv/reports/2021-03.csv", Content: artifact.MarkedComment("month,calls")}
	return effect.StepPlan{
		Processes: []effect.Process{at.cron(line, at.run("/usr/lib/postgresql/15/bin/psql", words(line), report))},
		Checks:    []effect.Check{effect.ContentIs{Path: report.Path, Content: report.Content}},
	}
}

// databaseBackup does what an export does, by the account whose task it is.
func databaseBackup(on asset.Host) effect.StepPlan {
	backup := session{user: "backup", dir: "/srv/backup"}
	if on.Service == asset.PostgreSQL {
		export := effect.Export{
			Program: "pg_dump", Role: "backup", Table: "cdr_voice", Columns: effect.Columns("cdr_voice"), Into: "/srv/backup/billing.dmp",
		}
		line := "pg_dump -h 127.0.0.1 -U backup -Fc -f " + export.Into + " billing"
		return effect.StepPlan{
			Processes: []effect.Process{backup.cron(line, backup.run("/usr/lib/postgresql/15/bin/pg_dump", words(line), export))},
			Checks:    []effect.Check{effect.Exported{Path: export.Into, Least: asset.CallRows}},
		}
	}
	server := session{user: on.Account("database"), dir: "/var/lib/postgresql/15/main"}
	dump := effect.Write{Path: "/srv/backup/billing.dmp", Content: artifact.MarkedComment("backup of the schema")}
	line := "pg_dump -Fc -f " + dump.Path + " billing"
	return effect.StepPlan{
		Processes: []effect.Process{
			backup.cron(line, backup.run("/usr/lib/postgresql/15/bin/pg_dump", words(line), dump)),
			statementLine(server, "backup", "pg_dump", "COPY public.cdr_voice (cdr_id, a_msisdn, b_msisdn) TO stdout;"),
		},
		Checks: []effect.Check{effect.ContentIs{Path: dump.Path, Content: dump.Content}},
	}
}

// databaseUpkeep is seen in the database's own log only.
func databaseUpkeep(on asset.Host) effect.StepPlan {
	server := session{user: on.Account("database"), dir: "/var/lib/postgresql/15/main"}
	emptied := statementLine(server, "dba", "psql", "TRUNCATE staging.cdr_in;")
	emptied.Acts = append(emptied.Acts, statementLine(server, "dba", "psql", "select * from pg_stat_activity;").Acts...)
	last := emptied.Acts[len(emptied.Acts)-1].(effect.Append)
	return effect.StepPlan{Processes: []effect.Process{emptied}, Checks: []effect.Check{effect.EndsWith{Path: last.Path, Content: last.Content}}}
}

// walArchive is PostgreSQL's archive_command, the one reason for a shell below
// the server.
func walArchive(on asset.Host) effect.StepPlan {
	const segment, kept = "/var/lib/postgresql/15/main/pg_wal/000000010000000000000001", "/srv/backup/wal/000000010000000000000001"
	at := session{user: on.Account("database"), dir: "/var/lib/postgresql/15/main"}
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/lib/postgresql/15/bin/postgres", "postgres: 15/main: archiver last was 000000010000000000000000",
			effect.Write{Path: segment, Content: artifact.MarkedComment("a segment of the log")},
			at.sh("test ! -f "+kept+" && cp pg_wal/000000010000000000000001 "+kept,
				at.run("/usr/bin/cp", words("cp pg_wal/000000010000000000000001 "+kept), effect.Copy{From: segment, To: kept})))},
		Checks: []effect.Check{effect.SameAs{Path: kept, As: segment}},
	}
}

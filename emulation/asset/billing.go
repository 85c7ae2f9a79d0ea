package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Billing stands for a carrier's billing host, which the report names as what
// the actors were after: mediation writes call records there, a database holds
// them.
var _ = register(func() Kind {
	return Kind{
		Name:     "billing",
		Platform: effect.Linux,
		Summary:  "billing host: mediation's call records, a PostgreSQL server, cron jobs, auditd and rsyslog",
		Hostname: "BILL01",
		Accounts: map[string]string{"admin": "root", "service": "mediation", "database": "postgres", "operator": "billing"},
		Services: []string{PostgreSQL},
		Files: append(linuxBase("BILL01",
			artifact.LinuxAccount{Name: "postgres", Password: "x", UID: 109, GID: 117, Comment: "PostgreSQL administrator", Home: "/var/lib/postgresql", Shell: "/bin/bash"},
			artifact.LinuxAccount{Name: "billing", Password: "x", UID: 1002, GID: 1002, Comment: "Billing clerk", Home: "/home/billing", Shell: "/bin/bash"},
			artifact.LinuxAccount{Name: "mediation", Password: "x", UID: 1003, GID: 1003, Comment: "Mediation", Home: "/srv/mediation", Shell: "/bin/bash"},
		), append(callRecords(),
			auditRules("-w /srv/mediation/conf/ -p wa -k mediation_config", "-w /var/lib/postgresql/ -p wa -k ssh_keys"),
			File{Path: "/srv/mediation/in", Folder: true},
			File{Path: "/srv/mediation/done", Folder: true},
			File{Path: "/srv/mediation/tmp", Folder: true},
			File{Path: "/srv/mediation/conf/mediation.conf", Content: textLines("input=/srv/mediation/in", "output=/srv/mediation/out", "keep_days=90"), Days: 200},
			File{Path: "/srv/mediation/log/mediation.log", Content: textLines("2021-03-01T04:00:00Z delivered 8 files"), Days: 1},
			File{Path: "/srv/backup", Folder: true},
			File{Path: "/srv/reports", Folder: true},
			File{Path: "/var/spool/cron/crontabs/mediation", Content: textLines("*/5 * * * * /usr/bin/find /srv/mediation/out -mmin +5 -name '*.cdr'"), Mode: 0o600, Days: 300},
			File{Path: "/etc/cron.d/mediation", Content: textLines("30 2 * * * mediation /usr/bin/true"), Days: 300},
			File{Path: "/etc/logrotate.d/mediation", Content: textLines("/srv/mediation/log/*.log { daily rotate 7 compress }"), Days: 300},
			File{Path: "/var/lib/postgresql/15/main/PG_VERSION", Content: textLines("15"), Days: 400},
			File{Path: "/var/lib/postgresql/15/main/base/cdr_voice", Content: recordsOf("20210701", "table"), Mode: 0o600, Days: 1},
			File{Path: artifact.PostgreSQLLog, Content: textLines(`{"user":"backup","dbname":"billing","application_name":"psql","message":"connection authorized"}`), Mode: 0o640, Days: 1},
			File{Path: artifact.PostgreSQLOldLog, Content: textLines("2021-02-28 03:00:00 UTC LOG:  checkpoint complete"), Mode: 0o640, Days: 2},
			File{Path: "/home/billing/.bashrc", Content: textLines("alias ll='ls -l'"), Days: 300},
			File{Path: "/home/billing/.bash_history", Content: textLines("ls -l /srv/reports", "less /srv/reports/2021-02.csv"), Mode: 0o600, Days: 1},
			File{Path: "/home/ops/.bash_history", Content: textLines("sudo -i"), Mode: 0o600, Days: 1},
		)...),
	}
})

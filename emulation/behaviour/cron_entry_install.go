package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[cronEntryInstall](About{
	Name:      "cron_entry_install",
	Technique: "T1053.003",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "load a crontab for the mediation account and copy an entry into /etc/cron.d; both would run true on a day that no year has",
	Footprint: "crontab and cp started from login shells; a file each in the crontab spool and in /etc/cron.d; a line in the cron log",
	Undo:      "put the former crontab back, remove the entry and the files it came from",
	Source:    "Cybereason, DeadRinger, 2021: access to billing servers over years; by analogy with ATT&CK v18.1 G0093 T1053.005",
})

type cronEntryInstall struct {
	Way  string `arg:"way" doc:"which of the two entries" oneof:"crontab,cron_d,both" default:"both"`
	Name string `arg:"name" doc:"the entry's name in /etc/cron.d" like:"*" default:"cdr-rotate"`
}

// Plan lets crontab write a temporary file and rename it, as the real one
// does: a file event then shows the temporary name only.
func (c cronEntryInstall) Plan(on asset.Host) effect.StepPlan {
	var plan effect.StepPlan
	if c.Way != "cron_d" {
		service := on.Account("service")
		spool, source := "/var/spool/cron/crontabs/", "/var/tmp/cron.new"
		table := append(artifact.MarkedComment("0 5 31 2 * /usr/bin/true"), on.Content(spool+service)...)
		at := session{user: service, dir: homes[service]}
		plan.Processes = append(plan.Processes, at.login(
			effect.Write{Path: source, Content: table},
			at.run("/usr/bin/crontab", words("crontab "+source),
				effect.Write{Path: spool + "tmp.Qx7bZk", Content: table, Mode: 0o600},
				effect.Move{From: spool + "tmp.Qx7bZk", To: spool + service}),
		), rsyslogLine(on, artifact.CronLog, "crontab[4103]", "("+service+") REPLACE ("+service+")"))
		plan.Checks = append(plan.Checks, effect.ContentIs{Path: spool + service, Content: table})
	}
	if c.Way != "crontab" {
		entry, source, target := artifact.MarkedComment("0 5 31 2 * root /usr/bin/true"), "/var/tmp/"+c.Name, "/etc/cron.d/"+c.Name
		at := session{user: on.Account("admin"), dir: "/root"}
		plan.Processes = append(plan.Processes, at.login(
			effect.Write{Path: source, Content: entry},
			at.run("/usr/bin/cp", []string{"cp", source, target}, effect.Copy{From: source, To: target}),
		))
		plan.Checks = append(plan.Checks, effect.ContentIs{Path: target, Content: entry})
	}
	return plan
}

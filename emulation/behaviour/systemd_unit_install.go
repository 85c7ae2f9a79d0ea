package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[systemdUnitInstall](About{
	Name:      "systemd_unit_install",
	Technique: "T1543.002",
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"billing", "web"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "put a unit that would run true among the units, enable it and have it started in name",
	Footprint: "cp and systemctl started from root's shell; the unit's file, its link in multi-user.target.wants, a line in syslog and audit log",
	Undo:      "remove link, unit and the file it came from",
	Source:    "ATT&CK v18.1 S0663 SysUpdate T1543.002, software of G0027 (Linux variant of 2023); not listed for the group, not in the 2021 report",
})

// unitFolders are the places systemd reads units from; rules know some.
var unitFolders = map[string]string{
	"vendor":     "/usr/lib/systemd/system/",
	"vendor_old": "/lib/systemd/system/",
	"local":      "/usr/local/lib/systemd/system/",
	"admin":      "/etc/systemd/system/",
}

type systemdUnitInstall struct {
	Folder string `arg:"folder" doc:"among which units" oneof:"vendor,vendor_old,local,admin" default:"vendor"`
	Name   string `arg:"name" doc:"the unit's file name" like:"*.service" default:"cdr-relay.service"`
}

// Plan has the manager's own records written by those who write them on a real
// host: systemd reports to rsyslog and auditd.
func (s systemdUnitInstall) Plan(on asset.Host) effect.StepPlan {
	unit, source := unitFolders[s.Folder]+s.Name, "/var/tmp/"+s.Name
	link := "/etc/systemd/system/multi-user.target.wants/" + s.Name
	text := artifact.MarkedComment("[Unit]\nDescription=CDR relay\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target")
	short := s.Name[:len(s.Name)-len(".service")]

	at := session{user: on.Account("admin"), dir: "/root"}
	const systemctl = "/usr/bin/systemctl"
	return effect.StepPlan{
		Processes: []effect.Process{
			at.login(
				effect.Write{Path: source, Content: text},
				at.run("/usr/bin/cp", []string{"cp", source, unit}, effect.Copy{From: source, To: unit}),
				at.run(systemctl, words("systemctl daemon-reload")),
				at.run(systemctl, []string{"systemctl", "enable", s.Name}, effect.SymLink{Path: link, Target: unit}),
				at.run(systemctl, []string{"systemctl", "start", s.Name}),
			),
			auditLine("SERVICE_START", `pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=`+short+` comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`),
			rsyslogLine(on, artifact.SystemLog, "systemd[1]", "Started "+s.Name+" - CDR relay."),
		},
		Checks: []effect.Check{effect.ContentIs{Path: unit, Content: text}, effect.LinksTo{Path: link, Target: unit}},
	}
}

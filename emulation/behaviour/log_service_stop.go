package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[logServiceStop](About{
	Name:      "log_service_stop",
	Technique: "T1562.012",
	Also:      []string{"T1562.001"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"billing", "web"},
	Platform:  effect.Linux,
	Phase:     "erasure",
	Summary:   "stop the audit daemon and rsyslog in name, empty the audit rules in name, and leave a drop-in for rsyslog that is a comment",
	Footprint: "systemctl, cp and auditctl started from root's shell; both daemons' pid files gone, the drop-in, their last lines in the logs",
	Undo:      "remove the drop-in and the file it came from, put pid files and logs back",
	Source:    "ATT&CK v18.1 G0027 T1562.002, Windows logging switched off; the Linux side is by analogy",
})

type logServiceStop struct {
	Service string `arg:"service" doc:"which service" oneof:"rsyslog,auditd,both" default:"both"`
}

// Plan lets each daemon remove its own pid file and write its own last line.
func (l logServiceStop) Plan(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("admin"), dir: "/root"}
	var plan effect.StepPlan
	if l.Service != "auditd" {
		plan = at.stopRsyslog(on)
	}
	if l.Service != "rsyslog" {
		more := at.stopAuditd()
		plan.Processes, plan.Checks = append(plan.Processes, more.Processes...), append(plan.Checks, more.Checks...)
	}
	return plan
}

func (s session) stopRsyslog(on asset.Host) effect.StepPlan {
	const pid, source, target = "/run/rsyslogd.pid", "/var/tmp/10-drop.conf", "/etc/rsyslog.d/10-drop.conf"
	drop := artifact.MarkedComment("# and nothing else")
	return effect.StepPlan{
		Processes: []effect.Process{
			rsyslogLine(on, artifact.SystemLog, "systemd[1]", "Stopping rsyslog.service - System Logging Service..."),
			s.login(s.run("/usr/bin/systemctl", words("systemctl stop rsyslog.service"))),
			session{user: "syslog"}.daemon("/usr/sbin/rsyslogd", "/usr/sbin/rsyslogd -n -iNONE", effect.Remove{Path: pid}),
			auditLine("SERVICE_STOP", `pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=rsyslog comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`),
			s.login(effect.Write{Path: source, Content: drop},
				s.run("/usr/bin/cp", []string{"cp", source, target}, effect.Copy{From: source, To: target})),
		},
		Checks: []effect.Check{effect.Gone{Path: pid}, effect.ContentIs{Path: target, Content: drop}},
	}
}

func (s session) stopAuditd() effect.StepPlan {
	const pid = "/run/auditd.pid"
	return effect.StepPlan{
		Processes: []effect.Process{
			s.login(s.run("/usr/sbin/auditctl", words("auditctl -D"))),
			auditLine("CONFIG_CHANGE", `auid=1000 ses=3 op=remove_rule key="exec" list=4 res=1`),
			s.login(s.run("/usr/sbin/auditctl", words("auditctl -e 0"))),
			auditLine("CONFIG_CHANGE", `op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1`),
			s.login(s.run("/usr/bin/systemctl", words("systemctl stop auditd.service"))),
			session{user: "root"}.daemon("/usr/sbin/auditd", "/usr/sbin/auditd", effect.Remove{Path: pid}),
			auditLine("DAEMON_END", `op=terminate auid=0 pid=1 res=success`),
		},
		Checks: []effect.Check{effect.Gone{Path: pid}},
	}
}

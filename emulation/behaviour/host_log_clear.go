package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[hostLogClear](About{
	Name:      "host_log_clear",
	Technique: "T1070.002",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "erasure",
	Summary:   "remove, shred, empty and vacuum the asset's own logs",
	Footprint: "rm, shred, truncate, journalctl and shells started from root's shell; logs gone or of no bytes",
	Undo:      "put the logs back with mode and times",
	Source:    "Cybereason, DeadRinger, 2021: traces erased; ATT&CK v18.1 G0027 T1070.004, on Windows; T1070.002 by analogy",
})

type hostLogClear struct {
	Logs string `arg:"logs" doc:"which logs: text files, the journal, or the records of logins" oneof:"files,journal,logins,all" default:"all"`
}

// Plan takes each log the way that is usual for it: those a daemon has open
// are emptied, the rest removed.
func (h hostLogClear) Plan(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("admin"), dir: "/root"}
	var acts []effect.Act
	var prove []effect.Check
	wants := func(logs string) bool { return h.Logs == logs || h.Logs == "all" }
	if wants("files") {
		acts = append(acts, at.files()...)
		prove = append(prove, effect.Gone{Path: "/var/log/auth.log.1"}, effect.Gone{Path: "/var/log/mail.log.1"},
			effect.Empty{Path: artifact.SystemLog}, effect.Empty{Path: artifact.AuditLog})
	}
	if wants("journal") {
		const journal = artifact.JournalFile
		acts = append(acts, at.run("/usr/bin/journalctl", words("journalctl --rotate")),
			at.run("/usr/bin/journalctl", words("journalctl --vacuum-time=1s"), effect.Remove{Path: journal}))
		prove = append(prove, effect.Gone{Path: journal})
	}
	if wants("logins") {
		acts = append(acts, at.logins()...)
		prove = append(prove, effect.Empty{Path: "/var/log/wtmp"}, effect.Empty{Path: "/var/log/btmp"},
			effect.Empty{Path: "/var/log/lastlog"}, effect.Gone{Path: "/run/utmp"})
	}
	return effect.StepPlan{Processes: []effect.Process{at.login(acts...)}, Checks: prove}
}

func (s session) files() []effect.Act {
	const database = artifact.PostgreSQLOldLog
	return []effect.Act{
		s.run("/usr/bin/rm", words("rm -f /var/log/auth.log.1 "+database),
			effect.Remove{Path: "/var/log/auth.log.1"}, effect.Remove{Path: database}),
		s.run("/usr/bin/shred", words("shred -u -z -n 1 /var/log/mail.log.1"),
			effect.Write{Path: "/var/log/mail.log.1", Content: []byte(artifact.Marker)}, effect.Remove{Path: "/var/log/mail.log.1"}),
		s.run("/usr/bin/truncate", words("truncate -s 0 /var/log/syslog"), effect.Truncate{Path: artifact.SystemLog}),
		s.sh(": > /var/log/audit/audit.log", effect.Truncate{Path: artifact.AuditLog}),
	}
}

func (s session) logins() []effect.Act {
	return []effect.Act{
		s.run("/usr/bin/truncate", words("truncate -s 0 /var/log/wtmp /var/log/btmp"),
			effect.Truncate{Path: "/var/log/wtmp"}, effect.Truncate{Path: "/var/log/btmp"}),
		s.sh("cat /dev/null > /var/log/lastlog", effect.Truncate{Path: "/var/log/lastlog"}, s.run("/usr/bin/cat", words("cat /dev/null"))),
		s.run("/usr/bin/rm", words("rm -f /run/utmp"), effect.Remove{Path: "/run/utmp"}),
	}
}

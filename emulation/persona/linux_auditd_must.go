package persona

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// mustAuditd declares that each call which a rule of the host's asks for has its
// records. What daemons do to the logs that they hold open is none.
func mustAuditd(h host) func(moment) []due {
	rules, err := readAuditRules(string(furnished(h.place, asset.AuditRules)))
	if err != nil {
		return never // opening the channel has said so
	}
	accounts := accountsOf(h.place)
	return func(m moment) []due {
		uid := 0
		if who, ok := accountNamed(accounts, linuxUser(m.by)); ok {
			uid = who.uid
		}
		if m.by.image == "" || exemptFromAudit(m) || !slices.ContainsFunc(rules, func(r auditRule) bool { return r.asksFor(m, uid) }) {
			return nil
		}
		source := event.LogSource{Product: "linux", Service: "auditd"}
		all := []due{{source, "type", "SYSCALL"}, {source, "type", "PROCTITLE"}}
		switch m.Kind {
		case event.Connect:
			all = append(all, due{source, "type", "SOCKADDR"})
		case event.Exec:
			all = append(all, due{source, "type", "EXECVE"}, due{source, "type", "PATH"})
		default:
			all = append(all, due{source, "type", "PATH"})
		}
		return all
	}
}

func exemptFromAudit(m moment) bool {
	return m.by.image == "/usr/sbin/auditd" ||
		m.by.resident && (m.Kind == event.Exec || m.Kind == event.Write && path.Dir(m.path) != "/" && strings.HasPrefix(m.path, "/var/log/"))
}

// asksFor reports whether a rule asks for a record of a moment.
func (r auditRule) asksFor(m moment, uid int) bool {
	call, known := auditCalls[m.Kind]
	if !known || m.path == "" && m.Kind != event.Connect || r.euid >= 0 && r.euid != uid {
		return false
	}
	if r.watch == "" {
		return slices.Contains(r.calls, call.call)
	}
	touched := []string{m.path}
	if m.Kind == event.Rename || m.Kind == event.Link {
		touched = append(touched, m.to)
	}
	return strings.ContainsRune(r.perms, call.perm) && slices.ContainsFunc(touched, func(name string) bool {
		return name == r.watch || strings.HasPrefix(name, r.watch+"/")
	})
}

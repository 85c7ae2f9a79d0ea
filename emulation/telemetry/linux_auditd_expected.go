package telemetry

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// expectAuditd declares that each call which a rule of the host's asks for has its
// records. What daemons do to the logs that they hold open is none.
func expectAuditd(h Host) func(Activity) []ExpectedRecord {
	rules, err := readAuditRules(string(ProvisionedContent(h.Asset, asset.AuditRules)))
	if err != nil {
		return ExpectNone // opening the channel has said so
	}
	accounts := accountsOf(h.Asset)
	return func(a Activity) []ExpectedRecord {
		uid := 0
		if who, ok := accountNamed(accounts, linuxUser(a.Actor)); ok {
			uid = who.uid
		}
		if a.Actor.Image == "" || exemptFromAudit(a) || !slices.ContainsFunc(rules, func(r auditRule) bool { return r.expects(a, uid) }) {
			return nil
		}
		source := event.LogSource{Product: "linux", Service: "auditd"}
		all := []ExpectedRecord{{source, "type", "SYSCALL"}, {source, "type", "PROCTITLE"}}
		switch a.Kind {
		case event.Connect:
			all = append(all, ExpectedRecord{source, "type", "SOCKADDR"})
		case event.Exec:
			all = append(all, ExpectedRecord{source, "type", "EXECVE"}, ExpectedRecord{source, "type", "PATH"})
		default:
			all = append(all, ExpectedRecord{source, "type", "PATH"})
		}
		return all
	}
}

func exemptFromAudit(a Activity) bool {
	return a.Actor.Image == "/usr/sbin/auditd" ||
		a.Actor.Resident && (a.Kind == event.Exec || a.Kind == event.Write && path.Dir(a.PlatformPath) != "/" && strings.HasPrefix(a.PlatformPath, "/var/log/"))
}

// expects reports whether a rule asks for a record of an activity.
func (r auditRule) expects(a Activity, uid int) bool {
	call, known := auditCalls[a.Kind]
	if !known || a.PlatformPath == "" && a.Kind != event.Connect || r.euid >= 0 && r.euid != uid {
		return false
	}
	if r.watch == "" {
		return slices.Contains(r.calls, call.call)
	}
	touched := []string{a.PlatformPath}
	if a.Kind == event.Rename || a.Kind == event.Link {
		touched = append(touched, a.PlatformTo)
	}
	return strings.ContainsRune(r.perms, call.permission) && slices.ContainsFunc(touched, func(name string) bool {
		return name == r.watch || strings.HasPrefix(name, r.watch+"/")
	})
}

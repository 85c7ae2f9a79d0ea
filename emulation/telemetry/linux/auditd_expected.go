package linux

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// expectAuditd declares that each call which a rule of the host's asks for has its
// records. What daemons do to the logs that they have open is no such call.
func expectAuditd(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	rules, err := readAuditRules(string(h.Asset.Content(artifact.AuditRulesFile)))
	if err != nil {
		return channel.ExpectNone // opening the channel has said so
	}
	accounts := accountsOf(h.Asset)
	return func(a channel.Activity) []channel.ExpectedRecord {
		uid := 0
		if account, ok := accountNamed(accounts, userOf(a.Actor)); ok {
			uid = account.UID
		}
		if a.Actor.Image == "" || exemptFromAudit(a) || !slices.ContainsFunc(rules, func(r auditRule) bool { return r.expects(a, uid) }) {
			return nil
		}
		record := func(kind string) channel.ExpectedRecord {
			return channel.ExpectedRecord{Source: event.LogSource{Product: "linux", Service: "auditd"}, Field: "type", Value: kind}
		}
		all := []channel.ExpectedRecord{record("SYSCALL"), record("PROCTITLE")}
		switch a.Kind {
		case event.Connect:
			all = append(all, record("SOCKADDR"))
		case event.Exec:
			all = append(all, record("EXECVE"), record("PATH"))
		default:
			all = append(all, record("PATH"))
		}
		return all
	}
}

func exemptFromAudit(a channel.Activity) bool {
	return a.Actor.Image == "/usr/sbin/auditd" ||
		a.Actor.Resident && (a.Kind == event.Exec || a.Kind == event.Write && path.Dir(a.PlatformPath) != "/" && strings.HasPrefix(a.PlatformPath, artifact.LinuxLogs))
}

// expects reports whether a rule asks for a record of an activity.
func (r auditRule) expects(a channel.Activity, uid int) bool {
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

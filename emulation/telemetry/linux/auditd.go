package linux

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// auditd's records of system calls, interpreted: names beside numbers as
// log_format=ENRICHED writes them, arguments decoded. Each record is one event.
//
// The records of one act are tied by lineage and not by a field: SigmaHQ's
// 4cb57c2f looks for 'init' and for '0' or '6' anywhere in an event, so the
// serial and time of msg=audit(…), kept as a field, would fire it on nearly
// every 'init'. The call's raw arguments (a0 to a3 of SYSCALL) are pointers,
// which nothing here has seen; they are left out.
var _ = channels.Register(channel.Channel{
	Name:       "linux_auditd",
	Sources:    []event.LogSource{{Product: "linux", Service: "auditd"}},
	Provenance: event.Translated,
	Open:       openAuditd,
	Expect:     expectAuditd,
})

// openAuditd reads the asset's audit rules; they are ours, so a mistake in them
// is a mistake in the program.
func openAuditd(h channel.Host) func(channel.Activity) []channel.Record {
	rules, err := readAuditRules(string(h.Asset.Content(artifact.AuditRulesFile)))
	if err != nil {
		panic("telemetry: asset " + h.Asset.Kind.Name + ": " + err.Error())
	}
	nodes := newInodes(h)
	return func(a channel.Activity) []channel.Record {
		act, audited := auditedCallOf(a, nodes)
		if !audited || a.Actor.Image == "" || a.Actor.Resident && (a.Kind == event.Exec || appendsToLog(a)) {
			return nil
		}
		session := auditSessionOf(a.Actor, nodes.accounts)
		rule, known := firstMatching(rules, act, session.account.UID)
		if known == 0 {
			return nil
		}
		records := auditRecords(a, act, session, rule.key)
		for i := range records {
			if known == event.Stated && !matchesAnyAccount(rules, act) {
				records[i].Provenance = event.Stated
			} else if _, keyed := records[i].Fields["key"]; keyed && known == event.Stated {
				records[i].FieldProvenance = map[string]event.Provenance{"key": known}
			}
		}
		return records
	}
}

// appendsToLog reports whether an act is a daemon's adding to its log: it opened
// the file long ago, and writing is no audited call. auditd itself is exempt.
func appendsToLog(a channel.Activity) bool {
	return a.Actor.Image == "/usr/sbin/auditd" || a.Kind == event.Write && strings.HasPrefix(a.PlatformPath, artifact.LinuxLogs)
}

// auditRecords are the records of one act, in auditd's order.
func auditRecords(a channel.Activity, act auditedCall, by auditSession, key string) []channel.Record {
	parent := 1
	if a.Actor.Parent != nil {
		parent = a.Actor.Parent.PID
	}
	exit := 0
	if act.call == "openat" {
		exit = 3 // the first descriptor after the standard ones
	}
	account := by.account
	all := []map[string]any{{
		"type": "SYSCALL", "arch": "x86_64", "SYSCALL": act.call, "syscall": act.number, "success": "yes", "exit": exit,
		"items": len(act.items), "ppid": parent, "pid": a.Actor.PID, "auid": by.auid, "ses": by.ses, "tty": by.tty,
		"uid": account.UID, "euid": account.UID, "suid": account.UID, "fsuid": account.UID, "gid": account.GID, "egid": account.GID, "sgid": account.GID, "fsgid": account.GID,
		"comm": comm(a.Actor), "exe": a.Actor.Image, "key": key,
	}}
	if a.Kind == event.Exec {
		arguments := map[string]any{"type": "EXECVE", "argc": strconv.Itoa(len(a.Actor.Argv))}
		for i, arg := range a.Actor.Argv {
			arguments["a"+strconv.Itoa(i)] = arg
		}
		all = append(all, arguments)
	}
	if a.Kind == event.Connect {
		all = append(all, auditAddress(a.Socket.Remote))
	}
	if len(act.items) > 0 {
		all = append(all, map[string]any{"type": "CWD", "cwd": workingFolder(a.Actor)})
	}
	for i, item := range act.items {
		all = append(all, map[string]any{
			"type": "PATH", "item": i, "name": item.name, "nametype": item.kind, "mode": fmt.Sprintf("0%o", item.node.mode),
			"ouid": item.node.uid, "ogid": item.node.gid, "rdev": "00:00",
		})
	}
	all = append(all, map[string]any{"type": "PROCTITLE", "proctitle": a.Actor.CommandLine})
	records := make([]channel.Record, len(all))
	for i, fields := range all {
		records[i] = channel.Record{Fields: fields, NoJoin: true}
	}
	return records
}

package persona

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// auditd's records of system calls, interpreted: names beside numbers as
// log_format=ENRICHED writes them, arguments decoded. Each record is one event.
//
// The records of one act are tied by lineage and not by a field: SigmaHQ's
// 4cb57c2f looks for 'init' and for '0' or '6' anywhere in an event, so the
// serial and time of msg=audit(…), kept as a field, would fire it on nearly
// every 'init'. The call's raw arguments (a0 to a3 of SYSCALL) are pointers,
// which nothing here has seen; they are left out.
var _ = register(channel{
	name:       "linux_auditd",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Product: "linux", Service: "auditd"}},
	provenance: event.Translated,
	open:       openAuditd,
	must:       mustAuditd,
})

// openAuditd reads the asset's audit rules; they are ours, so a mistake in them
// is a mistake in the program.
func openAuditd(h host) func(moment) []record {
	rules, err := readAuditRules(string(furnished(h.place, asset.AuditRules)))
	if err != nil {
		panic("persona: asset " + h.place.Kind.Name + ": " + err.Error())
	}
	nodes := newInodes(h)
	return func(m moment) []record {
		act, audited := auditActOf(m, nodes)
		if !audited || m.by.image == "" || m.by.resident && (m.Kind == event.Exec || holdsOpen(m)) {
			return nil
		}
		session := auditSessionOf(m.by, nodes.accounts)
		rule, known := firstFitting(rules, act, session.account.uid)
		if known == 0 {
			return nil
		}
		records := auditRecords(m, act, session, rule.key)
		for i := range records {
			if known == event.Stated && !fitsAnybody(rules, act) {
				records[i].provenance = event.Stated
			} else if _, keyed := records[i].fields["key"]; keyed && known == event.Stated {
				records[i].provenances = map[string]event.Provenance{"key": known}
			}
		}
		return records
	}
}

// holdsOpen reports whether an act is a daemon's adding to its log: it opened
// the file long ago, and writing is no audited call. auditd itself is exempt.
func holdsOpen(m moment) bool {
	return m.by.image == "/usr/sbin/auditd" || m.Kind == event.Write && strings.HasPrefix(m.path, "/var/log/")
}

// auditRecords are the records of one act, in auditd's order.
func auditRecords(m moment, act auditAct, by auditSession, key string) []record {
	parent := 1
	if m.by.parent != nil {
		parent = m.by.parent.pid
	}
	exit := 0
	if act.call == "openat" {
		exit = 3 // the first descriptor after the standard ones
	}
	who := by.account
	all := []map[string]any{{
		"type": "SYSCALL", "arch": "x86_64", "SYSCALL": act.call, "syscall": act.number, "success": "yes", "exit": exit,
		"items": len(act.items), "ppid": parent, "pid": m.by.pid, "auid": by.auid, "ses": by.ses, "tty": by.tty,
		"uid": who.uid, "euid": who.uid, "suid": who.uid, "fsuid": who.uid, "gid": who.gid, "egid": who.gid, "sgid": who.gid, "fsgid": who.gid,
		"comm": linuxComm(m.by), "exe": m.by.image, "key": key,
	}}
	if m.Kind == event.Exec {
		arguments := map[string]any{"type": "EXECVE", "argc": strconv.Itoa(len(m.by.argv))}
		for i, arg := range m.by.argv {
			arguments["a"+strconv.Itoa(i)] = arg
		}
		all = append(all, arguments)
	}
	if m.Kind == event.Connect {
		all = append(all, auditAddress(m.Socket.Remote))
	}
	if len(act.items) > 0 {
		all = append(all, map[string]any{"type": "CWD", "cwd": linuxFolder(m.by)})
	}
	for i, item := range act.items {
		all = append(all, map[string]any{
			"type": "PATH", "item": i, "name": item.name, "nametype": item.kind, "mode": fmt.Sprintf("0%o", item.node.mode),
			"ouid": item.node.uid, "ogid": item.node.gid, "rdev": "00:00",
		})
	}
	all = append(all, map[string]any{"type": "PROCTITLE", "proctitle": m.by.command})
	records := make([]record, len(all))
	for i, fields := range all {
		records[i] = record{fields: fields, whole: true}
	}
	return records
}

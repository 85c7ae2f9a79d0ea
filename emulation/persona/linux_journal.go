package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What programs say to syslog goes through systemd's journal first: a line that
// rsyslog wrote is a journal entry as well, by the journal's names for its parts
// (systemd.journal-fields(7)).
var _ = register(channel{
	name: "linux_journal", persona: effect.Linux, sources: []event.LogSource{journald}, provenance: event.Translated,
	open: func(h host) func(moment) []record {
		var tails []*linuxTail
		for _, file := range [...]string{"/var/log/auth.log", "/var/log/cron.log", "/var/log/syslog"} {
			tails = append(tails, &linuxTail{file: file, read: furnished(h.place, file), parse: journalEntry})
		}
		return func(m moment) []record {
			var all []record
			for _, tail := range tails {
				all = append(all, tail.records(m)...)
			}
			return all
		}
	},
	must: mustTell(journald, "/var/log/auth.log", "/var/log/cron.log", "/var/log/syslog"),
})

var journald = event.LogSource{Product: "linux", Service: "journald"}

func journalEntry(line string) (map[string]any, bool) {
	parts, ok := syslogLine(line)
	if !ok {
		return nil, false
	}
	entry := map[string]any{
		"_TRANSPORT": "syslog", "_HOSTNAME": parts["hostname"], "SYSLOG_IDENTIFIER": parts["program"], "MESSAGE": parts["message"],
	}
	if _, rest, numbered := strings.Cut(line, "["); numbered {
		if pid, _, closed := strings.Cut(rest, "]: "); closed {
			entry["SYSLOG_PID"] = number(pid)
		}
	}
	return entry, true
}

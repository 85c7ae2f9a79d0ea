package linux

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/artifact/logline"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What programs say to syslog goes through systemd's journal first: a line that
// rsyslog wrote is a journal entry as well, by the journal's names for its parts
// (systemd.journal-fields(7)).
var _ = channels.Register(channel.Channel{
	Name: "linux_journal", Sources: []event.LogSource{journalSource}, Provenance: event.Translated,
	Open: func(h channel.Host) func(channel.Activity) []channel.Record {
		var tails []*logTail
		for _, file := range [...]string{artifact.AuthLog, artifact.CronLog, artifact.SystemLog} {
			tails = append(tails, &logTail{file: file, content: h.Asset.Content(file), parse: journalEntry})
		}
		return func(a channel.Activity) []channel.Record {
			var all []channel.Record
			for _, tail := range tails {
				all = append(all, tail.records(a)...)
			}
			return all
		}
	},
	Expect: channel.ExpectLogLines(journalSource, artifact.AuthLog, artifact.CronLog, artifact.SystemLog),
})

var journalSource = event.LogSource{Product: "linux", Service: "journald"}

func journalEntry(line string) (map[string]any, bool) {
	read, ok := logline.DecodeSyslog(line)
	if !ok {
		return nil, false
	}
	entry := map[string]any{
		"_TRANSPORT": "syslog", "_HOSTNAME": read.Hostname, "SYSLOG_IDENTIFIER": read.Program, "MESSAGE": read.Message,
	}
	if read.PID != "" {
		entry["SYSLOG_PID"] = number(read.PID)
	}
	return entry, true
}

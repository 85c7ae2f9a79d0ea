package persona

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// linuxLogs are the logs whose lines are telemetry. A line counts only where a
// daemon really wrote it to the file. Of what a stand-in for a daemon wrote it was
// seen that it was added; the words are its author's, so they are stated. A real
// daemon's line is itself what was to be observed.
var _ = []channel{
	linuxLog("linux_auth", "/var/log/auth.log", event.LogSource{Product: "linux", Service: "auth"}, syslogLine, "sshd", "sudo"),
	linuxLog("linux_cron", "/var/log/cron.log", event.LogSource{Product: "linux", Service: "cron"}, syslogLine),
	linuxLog("linux_syslog", "/var/log/syslog", event.LogSource{Product: "linux", Service: "syslog"}, syslogLine),
	linuxLog("linux_auditd_daemon", "/var/log/audit/audit.log", event.LogSource{Product: "linux", Service: "auditd"}, auditLine),
	linuxLog("linux_nginx", "/var/log/nginx/access.log", event.LogSource{Category: "webserver", Product: "nginx"}, accessLine),
	linuxLog("linux_apache", "/var/log/apache2/access.log", event.LogSource{Category: "webserver", Product: "apache"}, accessLine),
	linuxLog("linux_postgresql", "/var/log/postgresql/postgresql-15-main.json", event.LogSource{Category: "database", Product: "postgresql"}, postgresLine),
}

// linuxLog is a log in a file. Some programs' lines in it are services of their
// own as well.
func linuxLog(name, file string, source event.LogSource, parse func(line string) (map[string]any, bool), programs ...string) channel {
	sources := []event.LogSource{source}
	for _, program := range programs {
		sources = append(sources, event.LogSource{Product: source.Product, Service: program})
	}
	for _, one := range sources {
		linuxLogFiles[one] = file
	}
	return register(channel{
		name: name, persona: effect.Linux, sources: sources, provenance: event.Translated,
		open: func(h host) func(moment) []record {
			tail := &linuxTail{file: file, read: furnished(h.place, file), parse: parse}
			return func(m moment) []record { return ofPrograms(tail.records(m), sources) }
		},
		must: mustTell(source, file),
	})
}

// ofPrograms gives each record the sources it belongs to: the log's own, and its
// program's.
func ofPrograms(records []record, sources []event.LogSource) []record {
	for i := range records {
		records[i].sources = sources[:1:1]
		for _, one := range sources[1:] {
			if records[i].fields["program"] == one.Service {
				records[i].sources = append(records[i].sources, one)
			}
		}
	}
	return records
}

// linuxTail reads what is added to a log, as a forwarder does.
type linuxTail struct {
	file  string
	read  []byte
	parse func(string) (map[string]any, bool)
}

func (t *linuxTail) records(m moment) []record {
	if m.path != t.file {
		return nil
	}
	switch m.Kind {
	case event.Line:
		t.read = append(append(bytes.Clone(t.read), m.Content...), '\n')
		return t.real(m.Content)
	case event.Truncate, event.Unlink, event.Rename:
		t.read = nil
	case event.Content:
		added, more := bytes.CutPrefix(m.Content, t.read)
		t.read = m.Content
		if !more || !m.by.resident {
			return nil
		}
		return t.lines(added)
	}
	return nil
}

func (t *linuxTail) lines(added []byte) []record {
	var all []record
	for line := range bytes.Lines(added) {
		if fields, ok := t.parse(string(bytes.TrimSpace(line))); ok {
			all = append(all, record{fields: fields, whole: true, says: true})
		}
	}
	return all
}

// real reads a line that a real daemon wrote. No process of the sensor's wrote
// it, so there is none to join. The address of a web request is what a header
// said, which the scenario chose: all others there are on the loopback.
func (t *linuxTail) real(line []byte) []record {
	all := t.lines(line)
	for i := range all {
		all[i].says, all[i].provenance = false, event.Observed
		if all[i].fields["c-ip"] != nil {
			all[i].provenances = map[string]event.Provenance{"c-ip": event.Stated}
		}
	}
	return all
}

package linux

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// linuxLogs are the logs whose lines are telemetry. A line counts only where a
// daemon really wrote it to the file. Of what a stand-in for a daemon wrote it was
// seen that it was added; the words are its author's, so they are stated. A real
// daemon's line is itself what was to be observed.
var _ = []channel.Channel{
	registerLinuxLog("linux_auth", artifact.AuthLog, event.LogSource{Product: "linux", Service: "auth"}, syslogLine, "sshd", "sudo"),
	registerLinuxLog("linux_cron", artifact.CronLog, event.LogSource{Product: "linux", Service: "cron"}, syslogLine),
	registerLinuxLog("linux_syslog", artifact.SystemLog, event.LogSource{Product: "linux", Service: "syslog"}, syslogLine),
	registerLinuxLog("linux_auditd_daemon", artifact.AuditLog, event.LogSource{Product: "linux", Service: "auditd"}, auditLine),
	registerLinuxLog("linux_nginx", artifact.NginxAccessLog, event.LogSource{Category: "webserver", Product: "nginx"}, accessLine),
	registerLinuxLog("linux_apache", artifact.ApacheAccessLog, event.LogSource{Category: "webserver", Product: "apache"}, accessLine),
	registerLinuxLog("linux_postgresql", artifact.PostgreSQLLog, event.LogSource{Category: "database", Product: "postgresql"}, postgresLine),
}

// registerLinuxLog is a log in a file. Some programs' lines in it are services of their
// own as well.
func registerLinuxLog(name, file string, source event.LogSource, parse func(line string) (map[string]any, bool), programs ...string) channel.Channel {
	sources := []event.LogSource{source}
	for _, program := range programs {
		sources = append(sources, event.LogSource{Product: source.Product, Service: program})
	}
	for _, source := range sources {
		logFiles[source] = file
	}
	return channels.Register(channel.Channel{
		Name: name, Sources: sources, Provenance: event.Translated,
		Open: func(h channel.Host) func(channel.Activity) []channel.Record {
			tail := &logTail{file: file, content: h.Asset.Content(file), parse: parse}
			return func(a channel.Activity) []channel.Record { return addProgramSources(tail.records(a), sources) }
		},
		Expect: channel.ExpectLogLines(source, file),
	})
}

// addProgramSources gives each record the sources it belongs to: the log's own, and its
// program's.
func addProgramSources(records []channel.Record, sources []event.LogSource) []channel.Record {
	for i := range records {
		records[i].Sources = sources[:1:1]
		for _, source := range sources[1:] {
			if records[i].Fields["program"] == source.Service {
				records[i].Sources = append(records[i].Sources, source)
			}
		}
	}
	return records
}

// logTail reads what is added to a log, as a forwarder does.
type logTail struct {
	file    string
	content []byte
	parse   func(string) (map[string]any, bool)
}

func (t *logTail) records(a channel.Activity) []channel.Record {
	if a.PlatformPath != t.file {
		return nil
	}
	switch a.Kind {
	case event.Line:
		t.content = append(append(bytes.Clone(t.content), a.Content...), '\n')
		return t.daemonLines(a.Content)
	case event.Truncate, event.Unlink, event.Rename:
		t.content = nil
	case event.Content:
		added, more := bytes.CutPrefix(a.Content, t.content)
		t.content = a.Content
		if !more || !a.Actor.Resident {
			return nil
		}
		return t.lines(added)
	}
	return nil
}

func (t *logTail) lines(added []byte) []channel.Record {
	var all []channel.Record
	for line := range bytes.Lines(added) {
		if fields, ok := t.parse(string(bytes.TrimSpace(line))); ok {
			all = append(all, channel.Record{Fields: fields, NoJoin: true, Authored: true})
		}
	}
	return all
}

// daemonLines reads a line that a real daemon wrote. No process of the sensor's wrote
// it, so there is none to join. The address of a web request is what a header
// said, which the scenario chose: all others there are on the loopback.
func (t *logTail) daemonLines(line []byte) []channel.Record {
	all := t.lines(line)
	for i := range all {
		all[i].Authored, all[i].Provenance = false, event.Observed
		if all[i].Fields["c-ip"] != nil {
			all[i].FieldProvenance = map[string]event.Provenance{"c-ip": event.Stated}
		}
	}
	return all
}

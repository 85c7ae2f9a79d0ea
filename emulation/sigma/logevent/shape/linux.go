package shape

import (
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

var linuxRows = []row{
	{name: "auditd", keys: []string{"msg"}, is: all(has("type"), contains("msg", "audit(")), sourcesOf: audit},
	{name: "syslog", keys: []string{"appname", "programname", "program", "syslogtag", "ident", "facility"}, is: all(hasOne("appname", "programname", "program", "syslogtag", "ident", "hostname", "procid"), hasOne("message", "msg")),
		carries: true, sourcesOf: syslog, more: func(fields map[string]any, v *record.Value) {
			app, _ := appOf(v)
			appFields(fields, app, v.Said("message")+v.Said("msg"))
		}},
	{name: "journald", keys: []string{"__REALTIME_TIMESTAMP", "_BOOT_ID", "SYSLOG_IDENTIFIER"}, is: hasOne("MESSAGE"), carries: true, sourcesOf: journald,
		time: []string{"_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"}, more: func(fields map[string]any, v *record.Value) {
			appFields(fields, v.Said("SYSLOG_IDENTIFIER"), v.Said("MESSAGE"))
		}},
	{name: "system log of Filebeat", keys: []string{"event", "event.dataset"}, is: says("event.dataset", "system.auth", "system.syslog"), carries: true, sourcesOf: filebeat,
		more: func(fields map[string]any, v *record.Value) {
			appFields(fields, v.Said("process.name"), v.Said("message"))
		}},
	{name: "Auditbeat", keys: []string{"auditd"}, is: all(holds(record.Object, "auditd"), hasOne("auditd.data", "auditd.message_type")), sourcesOf: auditbeat, more: auditbeatNames},
	{name: "Syslog in Microsoft Sentinel", keys: []string{"SyslogMessage"}, is: hasOne("Facility", "ProcessName", "SeverityLevel"), carries: true, sourcesOf: sentinelSyslog, time: []string{"EventTime", "TimeGenerated"},
		more: func(fields map[string]any, v *record.Value) {
			appFields(fields, v.Said("ProcessName"), v.Said("SyslogMessage"))
		}},
}

// services are the programs whose logs rules name, by what they call themselves.
var services = map[string]string{
	"sshd": "sshd", "sshd-session": "sshd", "sudo": "sudo", "cron": "cron", "crond": "cron", "crontab": "cron", "anacron": "cron",
	"clamd": "clamav", "clamscan": "clamav", "freshclam": "clamav", "clamonacc": "clamav", "vsftpd": "vsftpd",
	"guacd": "guacamole", "guacamole": "guacamole", "auditd": "auditd", "su": "auth", "login": "auth", "systemd-logind": "auth",
	"apache2": "apache", "httpd": "apache", "nginx": "nginx",
}

// syslogSources are the log sources of what a program wrote to the syslog. Facility is
// its name or number; either may be empty.
func syslogSources(app, facility string) []logevent.LogSource {
	facility = strings.ToLower(facility)
	auth := facility == "auth" || facility == "authpriv" || facility == "4" || facility == "10"
	app = strings.ToLower(app)
	if at := strings.IndexAny(app, "[/("); at > 0 {
		app = app[:at]
	}
	service := services[app]
	sources := []logevent.LogSource{{Product: "linux", Service: "syslog"}}
	if service != "" {
		sources = append(sources, logevent.LogSource{Product: "linux", Service: service})
	}
	if service == "sshd" || service == "sudo" || auth && service != "auth" {
		sources = append(sources, logevent.LogSource{Product: "linux", Service: "auth"})
	}
	return sources
}

func journald(v *record.Value) []logevent.LogSource {
	app := v.Said("SYSLOG_IDENTIFIER")
	if app == "" {
		app = v.Said("_COMM")
	}
	return syslogSources(app, v.Said("SYSLOG_FACILITY"))
}

func filebeat(v *record.Value) []logevent.LogSource {
	facility := ""
	if v.Said("event.dataset") == "system.auth" {
		facility = "auth"
	}
	return syslogSources(v.Said("process.name"), facility)
}

func sentinelSyslog(v *record.Value) []logevent.LogSource {
	return syslogSources(v.Said("ProcessName"), v.Said("Facility"))
}

// appFields adds the fields that rules ask for in what a program said: of sudo, what
// it has after each equals sign.
func appFields(fields map[string]any, app, message string) {
	if !strings.EqualFold(app, "sudo") {
		return
	}
	for part := range strings.SplitSeq(message, " ; ") {
		name, value, ok := strings.Cut(part, "=")
		if at := strings.LastIndexAny(name, " :"); at >= 0 {
			name = name[at+1:]
		}
		if name = strings.TrimSpace(name); ok && name != "" {
			if _, taken := fields[name]; !taken {
				fields[name] = strings.TrimSpace(value)
			}
		}
	}
}

var (
	auditdLog     = of("linux", "auditd")
	auditdProcess = []logevent.LogSource{{Product: "linux", Service: "auditd"}, {Category: "process_creation", Product: "linux", Service: "auditd"}}
)

// audit are the log sources of an event of the audit daemon: of one with the arguments
// of a program also that of the creation of processes.
func audit(v *record.Value) []logevent.LogSource {
	if v.Get("CommandLine") != nil && v.Get("Image") != nil {
		return auditdProcess
	}
	return auditdLog
}

// auditbeat are the log sources of what Auditbeat made of an event of the audit daemon.
func auditbeat(v *record.Value) []logevent.LogSource {
	if v.Said("event.action") == "executed" {
		return auditdProcess
	}
	return auditdLog
}

// auditbeatNames adds the names that the daemon has for what Auditbeat has elsewhere.
func auditbeatNames(fields map[string]any, v *record.Value) {
	add := func(name string, from *record.Value) {
		if _, taken := fields[name]; !taken && from != nil {
			fields[name] = from.Any()
		}
	}
	ran := v.Said("event.action") == "executed"
	if ran {
		fields["type"] = "EXECVE"
		if args := v.At("process.args"); args != nil && args.Kind == record.List {
			var line []string
			for i := range args.Members {
				fields["a"+strconv.Itoa(i)] = args.Members[i].Scalar()
				line = append(line, args.Members[i].Scalar())
			}
			fields["CommandLine"] = strings.Join(line, " ")
		}
		add("Image", v.At("process.executable"))
		add("CurrentDirectory", v.At("process.working_directory"))
	} else if kind := v.Said("auditd.message_type"); kind != "" {
		fields["type"] = strings.ToUpper(kind)
	}
	if data := v.At("auditd.data"); data != nil && data.Kind == record.Object {
		for i := range data.Members {
			add(data.Members[i].Name, &data.Members[i].Value)
		}
	}
	for _, as := range [...]also{{"exe", "process.executable"}, {"comm", "process.name"}, {"cwd", "process.working_directory"}, {"pid", "process.pid"}, {"ppid", "process.parent.pid"},
		{"proctitle", "process.title"}, {"name", "file.path"}, {"key", "tags"}, {"uid", "user.id"}, {"auid", "user.audit.id"}} {
		add(as.name, v.At(as.path))
	}
}

// appOf is the program that a line of syslog is of, and its facility.
func appOf(v *record.Value) (app, facility string) {
	for _, name := range [...]string{"appname", "programname", "program", "syslogtag", "ident"} {
		if app = v.Said(name); app != "" {
			break
		}
	}
	return app, v.Said("facility")
}

func syslog(v *record.Value) []logevent.LogSource { return syslogSources(appOf(v)) }

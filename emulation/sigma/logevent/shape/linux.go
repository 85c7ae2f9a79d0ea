package shape

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

var linuxRows = []row{
	{name: "Linux audit", keys: []string{"type"}, is: all(has("type"), either(hasOne("msg.audit", "audit_id"), contains("msg", "audit(")), not(has("msg.text"))), sources: of("linux", "auditd")},
	{name: "journald", keys: []string{"__REALTIME_TIMESTAMP", "_BOOT_ID", "SYSLOG_IDENTIFIER"}, is: hasOne("MESSAGE"), carries: true, sourcesOf: journald,
		time: []string{"_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"}, more: func(fields map[string]any, v *record.Value) {
			AppFields(fields, v.Said("SYSLOG_IDENTIFIER"), v.Said("MESSAGE"))
		}},
	{name: "system log of Filebeat", keys: []string{"event", "event.dataset"}, is: says("event.dataset", "system.auth", "system.syslog"), carries: true, sourcesOf: filebeat,
		more: func(fields map[string]any, v *record.Value) {
			AppFields(fields, v.Said("process.name"), v.Said("message"))
		}},
	{name: "Syslog in Microsoft Sentinel", keys: []string{"SyslogMessage"}, is: hasOne("Facility", "ProcessName", "SeverityLevel"), carries: true, sourcesOf: sentinelSyslog, time: []string{"EventTime", "TimeGenerated"},
		more: func(fields map[string]any, v *record.Value) {
			AppFields(fields, v.Said("ProcessName"), v.Said("SyslogMessage"))
		}},
}

// services are the programs whose logs rules name, by what they call themselves.
var services = map[string]string{
	"sshd": "sshd", "sshd-session": "sshd", "sudo": "sudo", "cron": "cron", "crond": "cron", "crontab": "cron", "anacron": "cron",
	"clamd": "clamav", "clamscan": "clamav", "freshclam": "clamav", "clamonacc": "clamav", "vsftpd": "vsftpd",
	"guacd": "guacamole", "guacamole": "guacamole", "auditd": "auditd", "su": "auth", "login": "auth", "systemd-logind": "auth",
	"apache2": "apache", "httpd": "apache", "nginx": "nginx",
}

// SyslogSources are the log sources of what a program wrote to the syslog. Facility is
// its name or number; either may be empty.
func SyslogSources(app, facility string) []logevent.LogSource {
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
	return SyslogSources(app, v.Said("SYSLOG_FACILITY"))
}

func filebeat(v *record.Value) []logevent.LogSource {
	facility := ""
	if v.Said("event.dataset") == "system.auth" {
		facility = "auth"
	}
	return SyslogSources(v.Said("process.name"), facility)
}

func sentinelSyslog(v *record.Value) []logevent.LogSource {
	return SyslogSources(v.Said("ProcessName"), v.Said("Facility"))
}

// AppFields adds the fields that rules ask for in what a program said: of sudo, what
// it has after each equals sign.
func AppFields(fields map[string]any, app, message string) {
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

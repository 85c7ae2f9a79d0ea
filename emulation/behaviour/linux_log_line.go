package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/artifact/logline"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// rsyslogLine is what the log daemon writes for a program that reports to it.
func rsyslogLine(on asset.Host, file, program, message string) effect.Process {
	line := logline.Syslog{Hostname: on.Hostname, Program: program, Message: message}
	return session{user: "syslog"}.daemon("/usr/sbin/rsyslogd", "/usr/sbin/rsyslogd -n -iNONE",
		effect.Append{Path: file, Content: line.Encode()})
}

// auditLine is what auditd writes for a program or the kernel that reports
// more than system calls; fields are in auditd's own notation.
func auditLine(kind, fields string) effect.Process {
	line := logline.Audit{Type: kind, Fields: fields}
	return session{user: "root"}.daemon("/usr/sbin/auditd", "/usr/sbin/auditd",
		effect.Append{Path: artifact.AuditLog, Content: line.Encode()})
}

// webRequest is a request that a web server answers and logs: a real one, if the
// asset has nginx, and else the line that it would write.
func webRequest(on asset.Host, server, request string) effect.Process {
	if on.Service != asset.Nginx || server != "php_fpm" {
		return accessLine(server, request)
	}
	method, path, _ := strings.Cut(request, " ")
	return effect.Process{
		Image: "/usr/bin/browser", Args: []string{"browser"}, Remote: true,
		Acts: []effect.Act{effect.Request{Method: method, Path: path, From: clientAddress, Agent: userAgent}},
	}
}

// Who asks, and with what.
const (
	clientAddress = "198.51.100.23"
	userAgent     = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
)

// accessLine is what a web server writes of a request from the actor's address,
// one of those kept for documentation (RFC 5737).
func accessLine(server, request string) effect.Process {
	of := webServers[server]
	return session{user: "www-data", dir: "/"}.daemon(of.front, of.frontTitle, effect.Append{Path: of.log, Content: accessText(request)})
}

func accessText(request string) []byte {
	method, page, _ := strings.Cut(request, " ")
	page, query, _ := strings.Cut(page, "?")
	return logline.Access{
		Client: clientAddress, Method: method, Path: page, Query: query, Status: "200", Bytes: "64", Referer: "-", UserAgent: userAgent,
	}.Encode()
}

// webServer is how a web server stands in a process tree: who answers requests
// and logs them, and who runs the pages' code.
type webServer struct{ front, frontTitle, worker, workerTitle, log string }

// webServers are the two set-ups. With nginx the worker is PHP's own daemon,
// never nginx; Apache's PHP module makes Apache's worker the parent.
var webServers = map[string]webServer{
	"php_fpm": {"/usr/sbin/nginx", "nginx: worker process", "/usr/sbin/php-fpm8.2", "php-fpm: pool www", artifact.NginxAccessLog},
	"apache":  {"/usr/sbin/apache2", "/usr/sbin/apache2 -k start", "/usr/sbin/apache2", "/usr/sbin/apache2 -k start", artifact.ApacheAccessLog},
}

package linux

import (
	"strconv"

	"github.com/ringer-lab/ringer/emulation/artifact/logline"
)

// syslogLine gives the parts of a line of rsyslog's.
func syslogLine(line string) (map[string]any, bool) {
	read, ok := logline.DecodeSyslog(line)
	return map[string]any{"hostname": read.Hostname, "program": read.Program, "message": read.Message}, ok
}

// auditLine gives type and fields of a record that auditd wrote for a program or the
// kernel. The msg=audit(…) at its head is left out, for the reason given at
// linux_auditd.
func auditLine(line string) (map[string]any, bool) {
	read, ok := logline.DecodeAudit(line)
	if !ok {
		return nil, false
	}
	fields := map[string]any{"type": read.Type}
	for name, value := range read.Values() {
		fields[name] = number(value)
	}
	return fields, true
}

// number is a value as a number where it is one.
func number(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return text
}

// accessLine gives the parts of a line of a web server's.
func accessLine(line string) (map[string]any, bool) {
	read, ok := logline.DecodeAccess(line)
	if !ok {
		return nil, false
	}
	return read.Fields(), true
}

// postgresLine gives the fields of a line of PostgreSQL's jsonlog and, of a message by
// pgaudit, its columns as well.
func postgresLine(line string) (map[string]any, bool) {
	fields, audit, ok := logline.DecodePostgreSQL(line)
	for name, value := range audit {
		fields[name] = number(value)
	}
	return fields, ok
}

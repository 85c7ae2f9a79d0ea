package linux

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// syslogLine reads a line in rsyslog's traditional format (RFC 3164).
func syslogLine(line string) (map[string]any, bool) {
	const stamp = len("Mar  1 08:00:00 ")
	if len(line) < stamp {
		return nil, false
	}
	name, rest, ok := strings.Cut(line[stamp:], " ")
	program, message, ok2 := strings.Cut(rest, ": ")
	program, _, _ = strings.Cut(program, "[")
	return map[string]any{"hostname": name, "program": program, "message": message}, ok && ok2
}

// auditLine reads a record that auditd wrote for a program or the kernel: pairs,
// some of them inside msg='…'. A word without a sign belongs to the value before
// it, as in op=adding user. The msg=audit(…) at its head is left out, for the
// reason given at linux_auditd.
func auditLine(line string) (map[string]any, bool) {
	head, rest, ok := strings.Cut(line, "): ")
	kind, _, typed := strings.Cut(strings.TrimPrefix(head, "type="), " ")
	if !ok || !typed {
		return nil, false
	}
	fields := map[string]any{"type": kind}
	last := ""
	for _, word := range strings.Fields(strings.ReplaceAll(rest, "msg='", "")) {
		name, value, pair := strings.Cut(strings.TrimSuffix(word, "'"), "=")
		if !pair {
			if text, ok := fields[last].(string); ok {
				fields[last] = text + " " + name
			}
			continue
		}
		last, fields[name] = name, number(strings.Trim(value, `"`))
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

// combinedLog is the combined log format that nginx and Apache share.
var combinedLog = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\S+) \S+ \S+ \[[^\]]*\] "(\S+) ([^ ?]+)(?:\?(\S*))? [^"]*" (\d+) (\d+|-) "([^"]*)" "([^"]*)"$`)
})

// accessLine names its parts as W3C's extended log format does, which Sigma's
// category webserver takes over.
func accessLine(line string) (map[string]any, bool) {
	part := combinedLog().FindStringSubmatch(line)
	if part == nil {
		return nil, false
	}
	query := part[4]
	if query == "" {
		query = "-"
	}
	return map[string]any{
		"c-ip": part[1], "cs-method": part[2], "cs-uri-stem": part[3], "cs-uri-query": query, "sc-status": number(part[5]),
		"sc-bytes": number(part[6]), "cs-referer": part[7], "cs-user-agent": part[8],
	}, true
}

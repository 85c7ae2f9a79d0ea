package textline

import (
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// facilities are the names of the first twelve.
var facilities = [...]string{"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp"}

// IsSyslog says that a line begins as one of syslog does: with a priority, or with a
// time and what follows it.
func IsSyslog(line string) bool {
	_, rest, ok := priority(line)
	if ok {
		return true
	}
	_, rest, ok = timestamp(rest)
	if !ok {
		return false
	}
	_, rest, ok = strings.Cut(rest, " ")
	tag, _, colon := strings.Cut(rest, ":")
	return ok && colon && tag != "" && !strings.ContainsAny(tag, " \t\"{}") || ok && strings.HasPrefix(rest, "<Event")
}

// Syslog reads a line of syslog into timestamp, hostname, appname, procid, msgid,
// facility, severity, the structured data and message. ok is false where it is none.
func Syslog(line string) (v record.Value, ok bool) {
	v.Kind = record.Object
	put := func(name, text string) {
		if text != "" && text != "-" {
			v.Members = append(v.Members, record.Member{Name: name, Value: record.OfText(text)})
		}
	}
	pri, rest, has := priority(line)
	if has {
		name := strconv.Itoa(pri / 8)
		if pri/8 < len(facilities) {
			name = facilities[pri/8]
		}
		put("facility", name)
		put("severity", strconv.Itoa(pri%8))
	}
	if version, after, _ := strings.Cut(rest, " "); has && version == "1" {
		return v, rfc5424(&v, after, put)
	}
	at, after, timed := timestamp(rest)
	if !timed {
		if !has {
			return v, false
		}
		put("message", rest)
		put("appname", "-")
		return v, true
	}
	put("timestamp", at)
	host, after, _ := strings.Cut(after, " ")
	if strings.HasSuffix(host, ":") || strings.HasSuffix(host, "]") { // a tag, as no host was written
		host, after = "", host+" "+after
	}
	put("hostname", host)
	tag, message, found := strings.Cut(after, ":")
	if !found || strings.ContainsAny(tag, " \t<{\"") {
		put("message", after)
		return v, true
	}
	app, pid, _ := strings.Cut(strings.TrimSuffix(tag, "]"), "[")
	put("appname", app)
	put("procid", pid)
	put("message", strings.TrimSpace(message))
	return v, true
}

// rfc5424 reads what follows the version.
func rfc5424(v *record.Value, rest string, put func(name, text string)) bool {
	for _, name := range [...]string{"timestamp", "hostname", "appname", "procid", "msgid"} {
		field, after, ok := strings.Cut(rest, " ")
		if !ok {
			return false
		}
		put(name, field)
		rest = after
	}
	if !strings.HasPrefix(rest, "[") {
		_, message, _ := strings.Cut(rest, " ")
		put("message", strings.TrimPrefix(message, "\ufeff"))
		return true
	}
	for strings.HasPrefix(rest, "[") {
		end := elementEnd(rest)
		if end < 0 {
			return false
		}
		id, fields, _ := strings.Cut(rest[1:end], " ")
		element := pairs(fields)
		v.Members = append(v.Members, record.Member{Name: id, Value: element})
		rest = rest[end+1:]
	}
	put("message", strings.TrimPrefix(strings.TrimSpace(rest), "\ufeff"))
	return true
}

// elementEnd is where a structured element ends.
func elementEnd(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ']' && !quoted:
			return i
		}
	}
	return -1
}

func priority(line string) (pri int, rest string, ok bool) {
	if !strings.HasPrefix(line, "<") {
		return 0, line, false
	}
	end := strings.IndexByte(line[:min(len(line), 5)], '>')
	if end < 2 {
		return 0, line, false
	}
	pri, err := strconv.Atoi(line[1:end])
	return pri, line[end+1:], err == nil && pri <= 191
}

// timestamp reads "Jan  2 15:04:05" or a time of RFC 3339, and the blank after it.
func timestamp(s string) (at, rest string, ok bool) {
	const stamp = len("Jan _2 15:04:05")
	if len(s) > stamp && s[3] == ' ' && s[6] == ' ' && s[9] == ':' && s[12] == ':' && s[stamp] == ' ' && s[0] >= 'A' && s[0] <= 'Z' {
		return s[:stamp], s[stamp+1:], true
	}
	if at, rest, ok = strings.Cut(s, " "); ok && len(at) >= 19 && at[4] == '-' && at[10] == 'T' && at[13] == ':' {
		return at, rest, true
	}
	return "", s, false
}

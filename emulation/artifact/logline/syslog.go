package logline

import "strings"

// stamp is a time in rsyslog's traditional format. It is fixed, as the plan that has
// the line written is pure: a record's time is that of the write.
const stamp = "Mar  1 08:00:00 "

// Syslog is a line in rsyslog's traditional format (RFC 3164).
type Syslog struct {
	Hostname, Program string
	// PID is the program's number; empty is that it gives none.
	PID     string
	Message string
}

// Encode returns the line, with its line end.
func (s Syslog) Encode() []byte {
	tag := s.Program
	if s.PID != "" {
		tag += "[" + s.PID + "]"
	}
	return []byte(stamp + s.Hostname + " " + tag + ": " + s.Message + "\n")
}

// DecodeSyslog reads a line without its line end. ok is false for one that is not in
// the format.
func DecodeSyslog(line string) (s Syslog, ok bool) {
	if len(line) < len(stamp) {
		return Syslog{}, false
	}
	hostname, rest, hasHost := strings.Cut(line[len(stamp):], " ")
	tag, message, hasTag := strings.Cut(rest, ": ")
	if !hasHost || !hasTag {
		return Syslog{}, false
	}
	program, number, _ := strings.Cut(tag, "[")
	return Syslog{Hostname: hostname, Program: program, PID: strings.TrimSuffix(number, "]"), Message: message}, true
}

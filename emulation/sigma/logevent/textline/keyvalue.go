package textline

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// IsKeyValue says that a line is made of at least three names with values.
func IsKeyValue(line string) bool {
	if i := strings.IndexByte(line, '='); i <= 0 || strings.ContainsAny(line[:i], " \t\"") {
		return false
	}
	v := pairs(line)
	return len(v.Members) >= 3
}

// KeyValue reads a line of names and values; what begins with a priority of syslog has
// it before them. ok is false where it is none.
func KeyValue(line string) (v record.Value, ok bool) {
	_, line, _ = priority(line)
	v = pairs(line)
	return v, len(v.Members) > 0
}

// pairs reads name=value, the value in quotes or up to the next blank. In quotes a
// backslash takes the next character as it is.
func pairs(s string) record.Value {
	v := record.Value{Kind: record.Object}
	for {
		s = strings.TrimLeft(s, " \t\r,;")
		equals := strings.IndexByte(s, '=')
		if equals < 0 {
			return v
		}
		name := s[:equals]
		if at := strings.LastIndexAny(name, " \t"); at >= 0 {
			name = name[at+1:]
		}
		var value string
		value, s = valueOf(s[equals+1:])
		if name != "" {
			v.Members = append(v.Members, record.Member{Name: name, Value: record.OfText(value)})
		}
	}
}

func valueOf(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, " \t\r")
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:]
		case '\\':
			if i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\' || s[i+1] == ']') {
				i++
			}
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

package auditd

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// FromLaurel is an event that Laurel wrote as JSON, as the daemon's text: an object for
// each type of record, or a list of them.
func FromLaurel(v *record.Value) string {
	var b strings.Builder
	id := v.Said("ID")
	for i := range v.Members {
		m := &v.Members[i]
		switch m.Kind {
		case record.Object:
			laurelRecord(&b, id, m.Name, &m.Value)
		case record.List:
			for j := range m.Members {
				laurelRecord(&b, id, m.Name, &m.Members[j].Value)
			}
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func laurelRecord(b *strings.Builder, id, kind string, v *record.Value) {
	if v.Kind != record.Object {
		return
	}
	fmt.Fprintf(b, "type=%s msg=audit(%s):", word(kind), word(id))
	for i := range v.Members {
		m := &v.Members[i]
		switch {
		case m.Name == "ARGV" && m.Kind == record.List:
			var all []string
			for j := range m.Members {
				all = append(all, m.Members[j].Scalar())
				if kind == "EXECVE" {
					fmt.Fprintf(b, " a%d=%X", j, m.Members[j].Scalar())
				}
			}
			if kind == "PROCTITLE" {
				fmt.Fprintf(b, " proctitle=%X", strings.Join(all, "\x00"))
			}
		case m.Kind == record.Object || m.Kind == record.List:
		case encoded(kind, m.Name):
			fmt.Fprintf(b, " %s=%s", word(m.Name), strings.ToUpper(hex.EncodeToString([]byte(m.Scalar()))))
		default:
			fmt.Fprintf(b, ` %s="%s"`, word(m.Name), strings.NewReplacer(`"`, "'", "\n", " ").Replace(m.Scalar()))
		}
	}
	b.WriteByte('\n')
}

// word is a text without what ends a name or a value.
func word(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '"' || r == '\'' || r == '=' || r == '(' || r == ')' {
			return '_'
		}
		return r
	}, s)
}

// types are the names of the types of records, by their numbers in the kernel.
var types = map[string]string{
	"1300": "SYSCALL", "1302": "PATH", "1306": "SOCKADDR", "1307": "CWD", "1309": "EXECVE", "1327": "PROCTITLE",
	"1100": "USER_AUTH", "1101": "USER_ACCT", "1105": "USER_START", "1106": "USER_END", "1112": "USER_LOGIN", "1114": "ADD_USER", "1116": "ADD_GROUP",
	"1123": "USER_CMD", "1305": "CONFIG_CHANGE", "1700": "ANOM_PROMISCUOUS",
}

// FromGoAudit is an event that go-audit wrote as JSON, as the daemon's text: a list of
// messages with the number of their type.
func FromGoAudit(v *record.Value) string {
	var b strings.Builder
	messages := v.At("messages")
	for i := range messages.Members {
		m := &messages.Members[i].Value
		kind := m.Said("type")
		if name := types[kind]; name != "" {
			kind = name
		}
		fmt.Fprintf(&b, "type=%s msg=audit(%s:%s): %s\n", word(kind), word(v.Said("timestamp")), word(v.Said("sequence")), strings.ReplaceAll(m.Said("data"), "\n", " "))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

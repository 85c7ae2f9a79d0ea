package logline

import "strings"

// auditHead stands between the type of a record and its fields. Time and serial are
// fixed, as the plan that has the line written is pure.
const auditHead = " msg=audit(1614585600.000:100): "

// Audit is a record that auditd writes for a program, or for the kernel where it
// reports more than system calls.
type Audit struct {
	Type string
	// Fields are pairs in auditd's own notation, some of them inside msg='…'.
	Fields string
}

// Encode returns the record's line, with its line end.
func (a Audit) Encode() []byte { return []byte("type=" + a.Type + auditHead + a.Fields + "\n") }

// DecodeAudit reads a line without its line end. ok is false for one that is no
// record of auditd's.
func DecodeAudit(line string) (a Audit, ok bool) {
	head, fields, ok := strings.Cut(line, "): ")
	kind, _, typed := strings.Cut(strings.TrimPrefix(head, "type="), " ")
	if !ok || !typed {
		return Audit{}, false
	}
	return Audit{Type: kind, Fields: fields}, true
}

// Values returns the fields by name, those inside msg='…' among them. A word without
// an equals sign belongs to the value before it, as in op=adding user.
func (a Audit) Values() map[string]string {
	values := map[string]string{}
	last := ""
	for _, word := range strings.Fields(strings.ReplaceAll(a.Fields, "msg='", "")) {
		name, value, pair := strings.Cut(strings.TrimSuffix(word, "'"), "=")
		if !pair {
			if before, ok := values[last]; ok {
				values[last] = before + " " + name
			}
			continue
		}
		last, values[name] = name, strings.Trim(value, `"`)
	}
	return values
}

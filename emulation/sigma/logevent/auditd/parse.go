package auditd

import (
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// IsRecord says that a text begins as a record does.
func IsRecord(text string) bool {
	head := text[:min(len(text), 200)]
	return strings.Contains(head, "type=") && strings.Contains(head, "msg=audit(")
}

var errNoRecord = errors.New("not a record of the audit daemon")

// Parse reads the records of one event, a line each, into one: type has the types of
// all, and a field that several have is a list of their values. Values in hexadecimal
// are decoded, and the arguments of EXECVE are put together in CommandLine, which with
// Image, CurrentDirectory, ProcessId and ParentProcessId is how rules of other sources
// know the creation of a process. It fails where a line is no record.
func Parse(text string) (record.Value, error) {
	var e event
	for line := range strings.SplitSeq(text, "\n") {
		if !IsRecord(line) {
			return record.Value{}, errNoRecord
		}
		e.line(line)
	}
	e.process()
	return record.Value{Kind: record.Object, Members: e.members}, nil
}

// event gathers the fields of the records of one event.
type event struct {
	members []record.Member
	args    map[int]string // of EXECVE, whole or the parts so far
	execve  bool
}

func (e *event) get(name string) *record.Value {
	v := record.Value{Kind: record.Object, Members: e.members}
	return v.Get(name)
}

// add adds a value to a field, once.
func (e *event) add(name, value string) {
	has := e.get(name)
	switch {
	case has == nil:
		e.members = append(e.members, record.Member{Name: name, Value: record.OfText(value)})
	case has.Kind == record.Text && has.Text == value:
	case has.Kind == record.Text:
		*has = record.Value{Kind: record.List, Members: []record.Member{{Value: *has}, {Value: record.OfText(value)}}}
	case len(has.Members) < maxValues && !slices.ContainsFunc(has.Members, func(m record.Member) bool { return m.Text == value }):
		has.Members = append(has.Members, record.Member{Value: record.OfText(value)})
	}
}

// What an event may have of fields and of values of one.
const (
	maxFields = 2000
	maxValues = 500
)

// line takes one record.
func (e *event) line(line string) {
	if at := strings.Index(line, "node="); at >= 0 && at < strings.Index(line, "type=") {
		line = line[at:]
	} else {
		line = line[strings.Index(line, "type="):]
	}
	// What auditd adds to a record comes after this sign.
	line = strings.ReplaceAll(line, "\x1d", " ")
	kind := ""
	e.fields(line, &kind)
	if kind == "EXECVE" {
		e.execve = true
	}
}

func (e *event) fields(line string, kind *string) {
	for len(e.members) < maxFields {
		name, value, quoted, rest, ok := next(line)
		if !ok {
			return
		}
		line = rest
		switch {
		case name == "type" && *kind == "":
			*kind = value
			e.add(name, value)
		case name == "msg" && strings.HasPrefix(value, "audit("):
			e.add(name, strings.TrimSuffix(value, ":"))
			if id, _, ok := strings.Cut(strings.TrimPrefix(value, "audit("), ":"); ok {
				e.add("timestamp", id)
			}
		case name == "msg" && quoted:
			e.fields(value, kind)
		case *kind == "EXECVE" && isArgument(name):
			e.argument(name, decoded(value, quoted))
		case encoded(*kind, name):
			e.add(name, decoded(value, quoted))
		default:
			e.add(name, value)
		}
	}
}

// next reads a field: name=value, the value in quotes or up to the next blank.
func next(s string) (name, value string, quoted bool, rest string, ok bool) {
	for {
		s = strings.TrimLeft(s, " \t\r,")
		equals := strings.IndexByte(s, '=')
		if equals < 0 {
			return "", "", false, "", false
		}
		name, s = s[:equals], s[equals+1:]
		if at := strings.LastIndexAny(name, " \t"); at >= 0 {
			name = name[at+1:]
		}
		if name != "" {
			break
		}
	}
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return name, s[1 : end+1], true, s[end+2:], true
		}
	}
	end := strings.IndexAny(s, " \t\r")
	if end < 0 {
		end = len(s)
	}
	return name, s[:end], false, s[end:], true
}

// isArgument says that a field of EXECVE is an argument, or a part of one: a1, a2[0].
func isArgument(name string) bool {
	return len(name) > 1 && name[0] == 'a' && name[1] >= '0' && name[1] <= '9' && !strings.HasSuffix(name, "_len")
}

// argument takes an argument; the parts of a long one follow each other.
func (e *event) argument(name, value string) {
	digits, part, parted := strings.Cut(name[1:], "[")
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxFields {
		return
	}
	if e.args == nil {
		e.args = map[int]string{}
	}
	if parted && part != "0]" {
		e.args[n] += value
		return
	}
	e.args[n] = value
}

// process adds the arguments, and what rules of processes ask for.
func (e *event) process() {
	var line []string
	for i := 0; ; i++ {
		arg, ok := e.args[i]
		if !ok {
			break
		}
		e.add("a"+strconv.Itoa(i), arg)
		line = append(line, arg)
	}
	if !e.execve {
		return
	}
	if len(line) > 0 {
		e.add("CommandLine", strings.Join(line, " "))
	}
	for _, as := range [...]struct{ from, to string }{{"exe", "Image"}, {"cwd", "CurrentDirectory"}, {"pid", "ProcessId"}, {"ppid", "ParentProcessId"}} {
		if v := e.get(as.from); v != nil && v.Kind == record.Text {
			e.add(as.to, v.Text)
		}
	}
}

// encoded says that a field's value is in hexadecimal where it is not in quotes: what
// a program or its user can choose.
func encoded(kind, name string) bool {
	switch name {
	case "proctitle", "comm", "exe", "name", "cwd", "path", "dir", "key", "cmd", "acct", "data", "watch", "file", "new-disk", "old-disk", "vm", "device", "cgroup", "grp", "new_group", "op", "root_dir", "terminal":
		return true
	case "a0", "a1", "a2", "a3":
		return kind == "EXECVE"
	}
	return false
}

// decoded is a value without its encoding: capitals and digits, two for each byte. The
// arguments in proctitle end with zero bytes.
func decoded(value string, quoted bool) string {
	if quoted || value == "" || len(value)%2 != 0 || strings.Trim(value, "0123456789ABCDEF") != "" {
		return value
	}
	raw, err := hex.DecodeString(value)
	if err != nil {
		return value
	}
	text := strings.TrimRight(strings.ReplaceAll(string(raw), "\x00", " "), " ")
	if !utf8.ValidString(text) {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	return text
}

package format

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/outside"
)

// Field is one thing that an alert says.
type Field string

// The fields, as a mapping names them.
const (
	Rule      Field = "rule"
	RuleID    Field = "rule_id"
	Severity  Field = "severity"
	Time      Field = "time"
	Host      Field = "host"
	Container Field = "container"
	Process   Field = "process"
	Exe       Field = "exe"
	PID       Field = "pid"
	Args      Field = "args"
	Parent    Field = "parent"
	File      Field = "file"
	SHA256    Field = "sha256"
	From      Field = "from"
	FromPort  Field = "from_port"
	To        Field = "to"
	ToPort    Field = "to_port"
	Count     Field = "count"
	ID        Field = "id"
)

// Fields returns what a mapping can name, with what each means.
func Fields() []struct {
	Name Field
	Doc  string
} {
	return []struct {
		Name Field
		Doc  string
	}{
		{Rule, "The name of the rule, as an expectation writes it."},
		{RuleID, "What else the tool calls the rule by, such as a number: an expectation can write that as well."},
		{Severity, "How severe the tool takes it to be."},
		{Time, "When it happened: RFC 3339 and its relatives, or a number since 1970."},
		{Host, "The name of the host."},
		{Container, "The id of the container, or its first 12 digits or more."},
		{Process, "The name of the process; of a long one its first 15 bytes are enough."},
		{Exe, "The path of the process's program."},
		{PID, "The number of the process within its container."},
		{Args, "The command line, or a list of its words."},
		{Parent, "The name of the parent process, or the path of its program."},
		{File, "The path of the file that it is about."},
		{SHA256, "The digest of that file's content."},
		{From, "The address from which a connection came."},
		{FromPort, "The port of that."},
		{To, "The address to which a connection went."},
		{ToPort, "The port of that."},
		{Count, "How many the tool put together in the one alert."},
		{ID, "The tool's own id of the alert: one that comes again is the same."},
	}
}

// mapping says where each field stands: the first path at which there is something
// counts.
type mapping map[Field][]path

type path []string

// mostWords is how many words a path may have.
const mostWords = 12

// parsePath reads a path such as process.parent.name.
func parsePath(text string) (path, error) {
	words := strings.Split(text, ".")
	if len(words) > mostWords || slices.Contains(words, "") {
		return nil, fmt.Errorf("%q is not a path: expected up to %d names with dots between them, such as process.name", text, mostWords)
	}
	return words, nil
}

// fieldNames are the names that a mapping may have.
func fieldNames() []string {
	var names []string
	for _, f := range Fields() {
		names = append(names, string(f.Name))
	}
	return names
}

// override puts what a user maps in the place of what a format maps. It returns an error
// for a field that there is not, or a path that is none.
func (m mapping) override(by map[string]string) (mapping, error) {
	out := mapping{}
	for field, paths := range m {
		out[field] = paths
	}
	for name, text := range by {
		if !slices.Contains(fieldNames(), name) {
			return nil, fmt.Errorf("an alert has no field %q. %s", name, diagnostic.Suggest(name, fieldNames()))
		}
		p, err := parsePath(text)
		if err != nil {
			return nil, err
		}
		out[Field(name)] = []path{p}
	}
	return out, nil
}

// text finds a field in a record.
func (m mapping) text(record any, field Field) string {
	for _, p := range m[field] {
		if found := textOf(lookup(record, p)); found != "" {
			return found
		}
	}
	return ""
}

// alert reads a record; ok is false if it names no rule.
func (m mapping) alert(record any) (a outside.Alert, ok bool) {
	a = outside.Alert{
		ID: m.text(record, ID), Rule: m.text(record, Rule), RuleID: m.text(record, RuleID), Severity: m.text(record, Severity),
		Host: m.text(record, Host), Container: m.text(record, Container), Process: m.text(record, Process), Exe: m.text(record, Exe),
		Args: m.text(record, Args), Parent: m.text(record, Parent), Path: m.text(record, File), SHA256: m.text(record, SHA256),
		PID: number(m.text(record, PID)), Count: number(m.text(record, Count)),
		From: end(m.text(record, From), m.text(record, FromPort)), To: end(m.text(record, To), m.text(record, ToPort)),
	}
	if a.Rule == "" {
		a.Rule = a.RuleID
	}
	a.Time, a.Precision, _ = readTime(m.text(record, Time))
	return a, a.Rule != ""
}

// mostCount is the largest number that is believed.
const mostCount = 1 << 31

func number(text string) int {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > mostCount {
		return 0
	}
	return int(n)
}

func end(address, port string) netip.AddrPort {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		both, _ := netip.ParseAddrPort(address) // zero where it is none
		return both
	}
	n, _ := strconv.ParseUint(port, 10, 16) // 0 where there is none
	return netip.AddrPortFrom(addr.Unmap(), uint16(n))
}

// base is the last name of a path of either platform.
func base(name string) string { return name[strings.LastIndexAny(name, `/\`)+1:] }

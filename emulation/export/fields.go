package export

import (
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// fields reads an event's fields for a format that has other names for them. It
// keeps count of those that were used: the rest goes where the format has room for
// what it does not know.
type fields struct {
	values map[string]any
	used   map[string]bool
}

func newFields(values map[string]any) *fields {
	return &fields{values, make(map[string]bool, len(values))}
}

// peek is the text of a field; it is empty where the field is not there, is no
// scalar, or says that there is nothing, and for the empty name.
func (f *fields) peek(name string) string {
	text, ok := textOf(f.values[name])
	if name == "" || !ok || text == "-" {
		return ""
	}
	return text
}

// text uses a field: of several names the first that has something.
func (f *fields) text(names ...string) string {
	for _, name := range names {
		if text := f.peek(name); text != "" {
			f.used[name] = true
			return text
		}
	}
	return ""
}

// number uses a field that is a number, in decimal or as 0x and hexadecimal; it is
// nil, and the field is not used, where it is none.
func (f *fields) number(name string) any {
	n, err := strconv.ParseInt(f.peek(name), 0, 64)
	if err != nil {
		return nil
	}
	f.used[name] = true
	return n
}

// count is number for what cannot be below zero and fits into 32 bits.
func (f *fields) count(name string) any {
	n, err := strconv.ParseUint(f.peek(name), 10, 31)
	if err != nil {
		return nil
	}
	f.used[name] = true
	return int64(n)
}

// port uses a field that is a port.
func (f *fields) port(name string) any {
	n, err := strconv.ParseUint(f.peek(name), 10, 16)
	if err != nil {
		return nil
	}
	f.used[name] = true
	return int64(n)
}

// address uses a field that is an IP address.
func (f *fields) address(name string) string {
	address, err := netip.ParseAddr(f.peek(name))
	if err != nil || address.Zone() != "" {
		return ""
	}
	f.used[name] = true
	return address.String()
}

// sysmonTime is how Sysmon writes a time, in UTC.
const sysmonTime = "2006-01-02 15:04:05.999999999"

// time uses a field with a time of Sysmon's.
func (f *fields) time(name string) (time.Time, bool) {
	at, err := time.Parse(sysmonTime, f.peek(name))
	if err != nil {
		return time.Time{}, false
	}
	f.used[name] = true
	return at, true
}

// guid uses a field that is a GUID, with or without its braces.
func (f *fields) guid(name string) string { return strings.Trim(f.text(name), "{}") }

// rest is what was not used.
func (f *fields) rest() map[string]any {
	rest := map[string]any{}
	for name, v := range f.values {
		if !f.used[name] {
			rest[name] = plain(v)
		}
	}
	return rest
}

// log uses the channel that an event of the Windows event log is in. The record of
// a cleared log is in System; its channel is the one that was cleared, and not used.
func (f *fields) log() string {
	if f.peek("EventID") == "104" && f.peek("Provider_Name") == eventLogProvider {
		return "System"
	}
	return f.text("Channel")
}

// hashes are the digests of a field as Sysmon writes them, by the name of the
// algorithm in lower case. The field is used if all of it could be read.
func (f *fields) hashes(name string) map[string]string {
	text := f.peek(name)
	if text == "" {
		return nil
	}
	found := map[string]string{}
	for part := range strings.SplitSeq(text, ",") {
		algorithm, digest, ok := strings.Cut(part, "=")
		if !ok {
			return nil
		}
		found[strings.ToLower(algorithm)] = digest
	}
	f.used[name] = true
	return found
}

// account parts a Windows account into domain and name.
func account(text string) (domain, name string) {
	if domain, name, ok := strings.Cut(text, `\`); ok {
		return domain, name
	}
	return "", text
}

// base is the last part of a path of either platform.
func base(path string) string {
	return path[strings.LastIndexAny(path, `\/`)+1:]
}

// folder is a path of either platform without its last part; it is empty where
// that is all.
func folder(path string) string {
	end := strings.LastIndexAny(path, `\/`)
	if end <= 0 {
		return ""
	}
	return path[:end]
}

// extension is that of a path's last part, without its dot.
func extension(path string) string {
	name := base(path)
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[dot+1:]
	}
	return ""
}

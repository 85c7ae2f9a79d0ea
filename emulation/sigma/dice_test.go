package sigma

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// dice make choices out of the bytes of a fuzz input, and when those are used up
// out of a sequence they determine: short inputs make whole rules, and are
// quickly minimised.
type dice struct {
	left  []byte
	state uint64
	said  []string // texts of the rules, for events to hold
}

func newDice(input []byte) *dice {
	h := fnv.New64a()
	_, _ = h.Write(input) // never fails
	return &dice{left: input, state: h.Sum64() | 1}
}

func (d *dice) roll(n int) int {
	if len(d.left) > 0 {
		b := int(d.left[0])
		d.left = d.left[1:]
		return b % n
	}
	d.state ^= d.state << 13
	d.state ^= d.state >> 7
	d.state ^= d.state << 17
	return int(d.state >> 33 % uint64(n))
}

func (d *dice) of(list []string) string { return list[d.roll(len(list))] }

// The vocabulary is small, so that rules share predicates and events hold them.
var (
	fuzzPieces = []string{"`", "@", ">", "{1}", "-w ", "powershell", "cmd.exe", `\`, " -enc", " /c", "–n", "É", "é", "K", "\u212a", "ſ", "ß", "Σ", "a", "ab", "\n", " ",
		"whoami", "WHOAMI", "http://", "/tmp/x", "%", "1", "4688", "true", "null", "日本", "\ufffd", "abcdefgh", "b"}
	fuzzWild   = []string{"*", "?", `\*`, `\?`, `\\`, "**", "*?"}
	fuzzBytes  = []string{"\xff", "\xc3", "\xe9\x00", "c\x00m\x00d\x00", "d2hvYW1p", "Y21kLmV4Z", "\x80"}
	fuzzFields = []string{"Image", "CommandLine", "a.b", "a.b.c", "User", "a", "Port", "Hash", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"}
	fuzzTexts  = []string{"|contains", "|startswith", "|endswith", "", "|contains|all", "|windash|contains", "|cased", "|contains|cased", "|neq",
		"|contains|neq", "|all", "|windash", "|base64offset|contains", "|wide|contains", "|base64|contains", "|utf16le|base64offset|contains",
		"|windash|contains|all", "|startswith|cased", "|endswith|neq", "|utf16|startswith", "|windash|base64|contains", "|expand", "|contains|expand"}
	fuzzRegexes = []string{"^pow", "who(ami|is)", "(?i)CMD\\.exe$", "a+b", "`(?:\\{\\d\\})+`", "(?:ab)+c?`", "\\w+`[\\w+|\\s]", "-(W|R)\\s?(\\s|\"|@)", "[Kk]", "(powershell|whoami).*c", "é", "\\d{4}", "^$", "x?", "(?i)whoamı|kk", "(?:abcd){1,2}efgh", "\ufffd",
		"[a-f]{6,}", "-(e|n)[nc ]", "\\s?-enc", "(?:a|b|)bc?", "(?i:K)", "[^b]{7}.{6,9}", "\\bwho|tmp/", "(?:ab|cmd)+\\.[ex]"}
	fuzzNets    = []string{"10.0.0.0/8", "192.168.1.7", "::/0", "fe80::/10", "0.0.0.0/0"}
	fuzzAddrs   = []string{"10.1.2.3", "192.168.1.7", "::1", "fe80::1%eth0", "::ffff:10.1.2.3", "10.1.2", "01.2.3.4", "aa:bb:cc:dd:ee:ff"}
	fuzzNumbers = []string{"1", "4688", "1.5", "-3", "1e3", "0", "007", "0x10", "9007199254740993", "1.50", "+1", "1.", ".5", "1e999"}
	fuzzTimes   = []string{"2024-05-01T08:00:00+05:00", "2024-12-30 23:59:59.123", "2024-02-30 00:00:00", "2024-05-01 08:00:00"}
	fuzzSources = []LogSource{{}, {Product: "windows"}, {Category: "process_creation"}, {Category: "process_creation", Product: "windows"},
		{Product: "linux"}, {Product: "windows", Service: "sysmon"}}
)

func (d *dice) text(wild bool) string {
	var b strings.Builder
	for range 1 + d.roll(4) {
		if wild && d.roll(4) == 3 {
			b.WriteString(d.of(fuzzWild))
		} else {
			b.WriteString(d.of(fuzzPieces))
		}
	}
	if d.roll(4) == 3 {
		return strings.ToUpper(b.String())
	}
	if wild {
		d.said = append(d.said, strings.NewReplacer("*", "xy", "?", "z", `\\`, `\`).Replace(b.String()))
	}
	return b.String()
}

// heard is a text that a rule may have asked for, with or without more around it.
func (d *dice) heard() string {
	if len(d.said) == 0 || d.roll(3) == 0 {
		return d.text(false) + d.text(false)
	}
	return d.of([]string{"", "", " ", "é"}) + d.of(d.said) + d.of([]string{"", "", " ", "é"})
}

// field is often one of a few, so that rules and events meet.
func (d *dice) field() string {
	if d.roll(4) > 0 {
		return d.of(fuzzFields[:3])
	}
	return d.of(fuzzFields)
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // JSON's texts are YAML's
	return string(b)
}

func (d *dice) list(value func() string) string {
	n := 1
	if d.roll(3) == 2 {
		n += d.roll(5)
	}
	values := make([]string, n)
	for i := range values {
		values[i] = value()
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// item is "field|modifiers: values" in flow style.
func (d *dice) item() string {
	field := d.field()
	switch d.roll(20) {
	case 0:
		return quoted(field) + ": null"
	case 1:
		return quoted(field+"|exists") + ": " + d.of([]string{"true", "false"})
	case 2:
		return quoted(field+"|re"+d.of([]string{"", "|i", "|m", "|s", "|neq"})) + ": " + d.list(func() string { return quoted(d.of(fuzzRegexes)) })
	case 3:
		return quoted(field+"|cidr"+d.of([]string{"", "|neq"})) + ": " + d.list(func() string { return quoted(d.of(fuzzNets)) })
	case 4:
		return quoted(field+d.of([]string{"|gt", "|gte", "|lt", "|lte", "|lt|neq", ""})) + ": " + d.of(fuzzNumbers[:6])
	case 5:
		return quoted(field+"|fieldref"+d.of([]string{"", "|contains", "|startswith", "|endswith", "|neq"})) + ": " + quoted(d.of(fuzzFields))
	case 6:
		return quoted(field+d.of([]string{"|hour", "|day|gt", "|week|lte", "|year|neq"})) + ": " + d.of([]string{"8", "1", "2024"})
	case 7:
		return quoted("|re") + ": " + quoted(d.of(fuzzRegexes))
	case 8:
		return quoted(d.of([]string{"|contains", "|all", "|cased", "|endswith", "|windash"})) + ": " + d.list(func() string { return quoted(d.text(true)) })
	default:
		mods := d.of(fuzzTexts[:4])
		if d.roll(2) == 1 {
			mods = d.of(fuzzTexts)
		}
		return quoted(field+mods) + ": " + d.list(func() string {
			if strings.Contains(mods, "expand") && d.roll(2) == 1 {
				return `"%names%"`
			}
			return quoted(d.text(!strings.Contains(mods, "base64")))
		})
	}
}

func (d *dice) items() string {
	items := map[string]string{}
	var order []string
	for range 1 + d.roll(3) {
		it := d.item()
		key, _, _ := strings.Cut(it, ": ")
		if items[key] == "" {
			order = append(order, it)
		}
		items[key] = it
	}
	return "{" + strings.Join(order, ", ") + "}"
}

func (d *dice) selection() string {
	switch d.roll(6) {
	case 0:
		return d.list(func() string { return quoted(d.text(true)) })
	case 1:
		return d.list(d.items)
	default:
		return d.items()
	}
}

func (d *dice) condition(depth int) string {
	if depth > 3 {
		return "s1"
	}
	switch d.roll(9) {
	case 0:
		return "(" + d.condition(depth+1) + " and " + d.condition(depth+1) + ")"
	case 1:
		return "(" + d.condition(depth+1) + " or " + d.condition(depth+1) + ")"
	case 2:
		return "not " + d.condition(depth+1)
	case 3:
		return d.of([]string{"1 of them", "all of them", "1 of s*", "all of _*", "any of s2*"})
	case 4:
		return "s1 and not s2"
	default:
		return d.of([]string{"s1", "s2", "_s3"})
	}
}

func (d *dice) rule(n int) string {
	source := fuzzSources[d.roll(len(fuzzSources))]
	var ls []string
	for key, part := range map[string]string{"category": source.Category, "product": source.Product, "service": source.Service} {
		if part != "" {
			ls = append(ls, key+": "+part)
		}
	}
	if len(ls) == 0 {
		ls = []string{"product: any"}
	}
	kind := "detection: {"
	if d.roll(8) == 7 {
		kind = "filter: {rules: any, "
	}
	return fmt.Sprintf("title: rule %d\nlogsource: {%s}\n%ss1: %s, s2: %s, _s3: %s, condition: %s}\n",
		n, strings.Join(ls, ", "), kind, d.selection(), d.selection(), d.selection(), quoted(d.condition(0)))
}

func (d *dice) value(depth int) any {
	switch d.roll(12) {
	case 0:
		return nil
	case 1:
		return json.Number(d.of(fuzzNumbers))
	case 2:
		return []any{1.5, 4688, int64(1), true, uint16(1), 1e3, -3.0}[d.roll(7)]
	case 3:
		return d.of(fuzzAddrs)
	case 4:
		return d.of(fuzzTimes)
	case 5:
		return d.of(fuzzBytes) + d.text(false) + d.of(fuzzBytes)
	case 6:
		if depth > 2 {
			return ""
		}
		list := make([]any, d.roll(4))
		for i := range list {
			list[i] = d.value(depth + 1)
		}
		return list
	case 7:
		if depth > 2 {
			return nil
		}
		inner := map[string]any{}
		for range d.roll(3) {
			inner[d.of([]string{"b", "c", "b.c", "x"})] = d.value(depth + 1)
		}
		return inner
	default:
		return d.heard()
	}
}

func (d *dice) event() *Event {
	ev := &Event{Fields: map[string]any{}}
	for range d.roll(12) {
		ev.Fields[d.field()] = d.value(0)
	}
	if d.roll(4) == 3 {
		ev.Raw = d.text(false)
	}
	switch d.roll(4) {
	case 1:
		ev.LogSources = []LogSource{}
	case 2, 3:
		for range 1 + d.roll(2) {
			ev.LogSources = append(ev.LogSources, fuzzSources[d.roll(len(fuzzSources))])
		}
	}
	return ev
}

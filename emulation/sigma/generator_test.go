package sigma

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// generator make choices out of the bytes of a fuzz input, and when those are used up
// out of a sequence they determine: short inputs make whole rules, and are
// quickly minimised.
type generator struct {
	left      []byte
	state     uint64
	ruleTexts []string // texts of the rules, for events to hold
}

func newGenerator(input []byte) *generator {
	h := fnv.New64a()
	_, _ = h.Write(input) // never fails
	return &generator{left: input, state: h.Sum64() | 1}
}

func (g *generator) intn(n int) int {
	if len(g.left) > 0 {
		b := int(g.left[0])
		g.left = g.left[1:]
		return b % n
	}
	g.state ^= g.state << 13
	g.state ^= g.state >> 7
	g.state ^= g.state << 17
	return int(g.state >> 33 % uint64(n))
}

func (g *generator) pick(list []string) string { return list[g.intn(len(list))] }

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
	fuzzSources = []logevent.LogSource{{}, {Product: "windows"}, {Category: "process_creation"}, {Category: "process_creation", Product: "windows"},
		{Product: "linux"}, {Product: "windows", Service: "sysmon"}}
)

func (g *generator) text(wild bool) string {
	var b strings.Builder
	for range 1 + g.intn(4) {
		if wild && g.intn(4) == 3 {
			b.WriteString(g.pick(fuzzWild))
		} else {
			b.WriteString(g.pick(fuzzPieces))
		}
	}
	if g.intn(4) == 3 {
		return strings.ToUpper(b.String())
	}
	if wild {
		g.ruleTexts = append(g.ruleTexts, strings.NewReplacer("*", "xy", "?", "z", `\\`, `\`).Replace(b.String()))
	}
	return b.String()
}

// likelyText is a text that a rule may have asked for, with or without more around it.
func (g *generator) likelyText() string {
	if len(g.ruleTexts) == 0 || g.intn(3) == 0 {
		return g.text(false) + g.text(false)
	}
	return g.pick([]string{"", "", " ", "é"}) + g.pick(g.ruleTexts) + g.pick([]string{"", "", " ", "é"})
}

// field is often one of a few, so that rules and events meet.
func (g *generator) field() string {
	if g.intn(4) > 0 {
		return g.pick(fuzzFields[:3])
	}
	return g.pick(fuzzFields)
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // JSON's texts are YAML's
	return string(b)
}

func (g *generator) list(value func() string) string {
	n := 1
	if g.intn(3) == 2 {
		n += g.intn(5)
	}
	values := make([]string, n)
	for i := range values {
		values[i] = value()
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// item is "field|modifiers: values" in flow style.
func (g *generator) item() string {
	field := g.field()
	switch g.intn(20) {
	case 0:
		return quoted(field) + ": null"
	case 1:
		return quoted(field+"|exists") + ": " + g.pick([]string{"true", "false"})
	case 2:
		return quoted(field+"|re"+g.pick([]string{"", "|i", "|m", "|s", "|neq"})) + ": " + g.list(func() string { return quoted(g.pick(fuzzRegexes)) })
	case 3:
		return quoted(field+"|cidr"+g.pick([]string{"", "|neq"})) + ": " + g.list(func() string { return quoted(g.pick(fuzzNets)) })
	case 4:
		return quoted(field+g.pick([]string{"|gt", "|gte", "|lt", "|lte", "|lt|neq", ""})) + ": " + g.pick(fuzzNumbers[:6])
	case 5:
		return quoted(field+"|fieldref"+g.pick([]string{"", "|contains", "|startswith", "|endswith", "|neq"})) + ": " + quoted(g.pick(fuzzFields))
	case 6:
		return quoted(field+g.pick([]string{"|hour", "|day|gt", "|week|lte", "|year|neq"})) + ": " + g.pick([]string{"8", "1", "2024"})
	case 7:
		return quoted("|re") + ": " + quoted(g.pick(fuzzRegexes))
	case 8:
		return quoted(g.pick([]string{"|contains", "|all", "|cased", "|endswith", "|windash"})) + ": " + g.list(func() string { return quoted(g.text(true)) })
	default:
		mods := g.pick(fuzzTexts[:4])
		if g.intn(2) == 1 {
			mods = g.pick(fuzzTexts)
		}
		return quoted(field+mods) + ": " + g.list(func() string {
			if strings.Contains(mods, "expand") && g.intn(2) == 1 {
				return `"%names%"`
			}
			return quoted(g.text(!strings.Contains(mods, "base64")))
		})
	}
}

func (g *generator) items() string {
	items := map[string]string{}
	var order []string
	for range 1 + g.intn(3) {
		it := g.item()
		key, _, _ := strings.Cut(it, ": ")
		if items[key] == "" {
			order = append(order, it)
		}
		items[key] = it
	}
	return "{" + strings.Join(order, ", ") + "}"
}

func (g *generator) selection() string {
	switch g.intn(6) {
	case 0:
		return g.list(func() string { return quoted(g.text(true)) })
	case 1:
		return g.list(g.items)
	default:
		return g.items()
	}
}

func (g *generator) condition(depth int) string {
	if depth > 3 {
		return "s1"
	}
	switch g.intn(9) {
	case 0:
		return "(" + g.condition(depth+1) + " and " + g.condition(depth+1) + ")"
	case 1:
		return "(" + g.condition(depth+1) + " or " + g.condition(depth+1) + ")"
	case 2:
		return "not " + g.condition(depth+1)
	case 3:
		return g.pick([]string{"1 of them", "all of them", "1 of s*", "all of _*", "any of s2*"})
	case 4:
		return "s1 and not s2"
	default:
		return g.pick([]string{"s1", "s2", "_s3"})
	}
}

func (g *generator) rule(n int) string {
	source := fuzzSources[g.intn(len(fuzzSources))]
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
	if g.intn(8) == 7 {
		kind = "filter: {rules: any, "
	}
	return fmt.Sprintf("title: rule %d\nlogsource: {%s}\n%ss1: %s, s2: %s, _s3: %s, condition: %s}\n",
		n, strings.Join(ls, ", "), kind, g.selection(), g.selection(), g.selection(), quoted(g.condition(0)))
}

func (g *generator) value(depth int) any {
	switch g.intn(12) {
	case 0:
		return nil
	case 1:
		return json.Number(g.pick(fuzzNumbers))
	case 2:
		return []any{1.5, 4688, int64(1), true, uint16(1), 1e3, -3.0}[g.intn(7)]
	case 3:
		return g.pick(fuzzAddrs)
	case 4:
		return g.pick(fuzzTimes)
	case 5:
		return g.pick(fuzzBytes) + g.text(false) + g.pick(fuzzBytes)
	case 6:
		if depth > 2 {
			return ""
		}
		list := make([]any, g.intn(4))
		for i := range list {
			list[i] = g.value(depth + 1)
		}
		return list
	case 7:
		if depth > 2 {
			return nil
		}
		inner := map[string]any{}
		for range g.intn(3) {
			inner[g.pick([]string{"b", "c", "b.c", "x"})] = g.value(depth + 1)
		}
		return inner
	default:
		return g.likelyText()
	}
}

func (g *generator) event() *logevent.Event {
	ev := &logevent.Event{Fields: map[string]any{}}
	for range g.intn(12) {
		ev.Fields[g.field()] = g.value(0)
	}
	if g.intn(4) == 3 {
		ev.Raw = g.text(false)
	}
	switch g.intn(4) {
	case 1:
		ev.LogSources = []logevent.LogSource{}
	case 2, 3:
		for range 1 + g.intn(2) {
			ev.LogSources = append(ev.LogSources, fuzzSources[g.intn(len(fuzzSources))])
		}
	}
	return ev
}

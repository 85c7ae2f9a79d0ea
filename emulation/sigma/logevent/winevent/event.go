package winevent

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/clock"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// Parts gathers the fields of one event: first its head, then its data.
type Parts struct {
	fields map[string]any
	parser *record.Parser
	// unnamed are the values of Data elements without a name.
	unnamed []any
	channel string // that the record stands in, where its data names another
	lower   bool   // the first letter of the data's names was made lower-case
}

// New has room for about that many fields. Texts of JSON and XML inside of the data
// are read by the parser.
func New(parser *record.Parser, room int) *Parts {
	return &Parts{fields: make(map[string]any, room+room/4+8), parser: parser}
}

// Has says whether there is a field of that name.
func (p *Parts) Has(name string) bool { return p.fields[name] != nil }

// Set sets a field of the head, unless it is there or v is nothing.
func (p *Parts) Set(name string, v *record.Value) {
	if v == nil || v.Kind == record.Null || v.Kind == record.Text && v.Text == "" {
		return
	}
	if _, taken := p.fields[name]; !taken {
		p.fields[name] = v.Any()
	}
}

// Rest takes what stands beside the head and is no part of the data.
func (p *Parts) Rest(name string, v *record.Value) {
	if _, taken := p.fields[name]; !taken {
		p.fields[name] = v.Any()
	}
	if strings.Contains(name, " ") { // rules ask for ThreatName
		p.Rest(strings.ReplaceAll(name, " ", ""), v)
	}
}

// System takes an element of System: its attributes become Provider_Name,
// Execution_ProcessID and so on. [Rules: Field Usage]
func (p *Parts) System(name string, v *record.Value) {
	if base, ok := strings.CutSuffix(name, separate); ok && v.Kind == record.Object {
		for i := range v.Members {
			p.fields[base+"_"+v.Members[i].Name] = v.Members[i].Any()
		}
		return
	}
	if v.Kind != record.Object {
		if v.Kind != record.Null {
			p.fields[name] = v.Any()
		}
		return
	}
	for i := range v.Members {
		m := &v.Members[i]
		of, signed := attributeName(m.Name)
		switch {
		case isGroup(m.Name):
			for j := range m.Members {
				p.fields[name+"_"+m.Members[j].Name] = m.Members[j].Any()
			}
		case signed:
			p.fields[name+"_"+of] = m.Any()
		case isOneOf(contentNames[:], m.Name):
			p.fields[name] = m.Any()
		default:
			p.fields[name+"_"+m.Name] = m.Any()
		}
	}
}

// isHead reports whether a name is of the fields that tell what an event is; a value of the data of the same name
// does not take their place.
func (p *Parts) isHead(name string) bool {
	switch name {
	case "EventID", "Provider_Name":
	case "Channel":
		// The record of a cleared log says which one it was.
		if p.fields["Provider_Name"] == "Microsoft-Windows-Eventlog" {
			p.channel = text(p.fields["Channel"])
			return false
		}
	default:
		return false
	}
	return p.fields[name] != nil
}

// value takes one value of the data.
func (p *Parts) value(name string, v *record.Value) {
	if p.lower && !isParam(name) {
		name = upperFirst(name)
	}
	if strings.Contains(name, " ") {
		if p.fields["Provider_Name"] == "Microsoft-Windows-Windows Defender" {
			p.put(strings.ReplaceAll(name, " ", "_"), v) // rules ask for Feature_Name and for ThreatName
		}
		name = strings.ReplaceAll(name, " ", "")
	}
	p.put(name, v)
}

func (p *Parts) put(name string, v *record.Value) {
	if p.isHead(name) {
		return
	}
	if v == nil {
		p.fields[name] = nil
		return
	}
	p.fields[name] = v.Any()
}

// Data takes EventData, UserData or what a tool has in their place: an object of names
// and values, a list of Data elements, or a text of JSON or XML that is one of these.
// Lower says that the tool made the first letter of names lower-case. It reports
// whether v was any of that.
func (p *Parts) Data(v *record.Value, lower bool) bool {
	if v == nil || v.Kind != record.Object && v.Kind != record.List && v.Kind != record.Text {
		return false
	}
	p.lower = lower
	if v.Kind != record.Text {
		p.data(v, 0)
		return true
	}
	inner, ok := Inside(p.parser, v.Text)
	if ok {
		p.data(&inner, 0)
	}
	return ok
}

// maxNested is how deep the values of UserData may lie.
const maxNested = 4

func (p *Parts) data(v *record.Value, depth int) {
	if depth > maxNested {
		return
	}
	switch v.Kind {
	case record.List:
		p.elements(v)
	case record.Object:
		for i := range v.Members {
			p.member(&v.Members[i], depth)
		}
	}
}

func (p *Parts) member(m *record.Member, depth int) {
	_, signed := attributeName(m.Name)
	switch {
	case signed, isGroup(m.Name), strings.HasPrefix(m.Name, "#"), m.Name == "xmlns", strings.HasSuffix(m.Name, separate) && m.Kind == record.Object:
		return
	case m.Name == "Data" || p.lower && m.Name == "data" || isNumbered(m.Name):
		p.elements(&m.Value)
		return
	case m.Name == "EventData" || m.Name == "UserData" || m.Name == "DataItem" || m.Name == "Event":
		// What Sentinel and EvtxECmd have around the values.
		p.data(&m.Value, depth+1)
		return
	}
	text, has := content(&m.Value)
	switch {
	case m.Kind != record.Object:
		p.value(m.Name, &m.Value)
	case has:
		p.value(m.Name, text)
	case onlyAttributes(&m.Value):
		p.value(m.Name, nil)
	default:
		p.value(m.Name, &m.Value)
		p.data(&m.Value, depth+1)
	}
}

// elements takes Data elements, which have their name as an attribute or none.
func (p *Parts) elements(v *record.Value) {
	if v.Kind == record.List {
		for i := range v.Members {
			p.element(&v.Members[i].Value)
		}
		return
	}
	p.element(v)
}

func (p *Parts) element(v *record.Value) {
	if v.Kind != record.Object {
		p.without(v)
		return
	}
	text, _ := content(v)
	name := attribute(v, "Name").Scalar()
	if name == "" {
		name = attribute(v, "name").Scalar()
	}
	switch {
	case name == "" && text == nil && !onlyAttributes(v): // an element of its own kind
		p.data(v, 1)
	case name == "":
		p.without(text)
	case text == nil:
		p.value(name, &record.Value{Kind: record.Text})
	default:
		p.value(name, text)
	}
}

// without takes a value that has no name, or several.
func (p *Parts) without(v *record.Value) {
	switch {
	case v == nil:
		p.unnamed = append(p.unnamed, nil)
	case v.Kind == record.List:
		for i := range v.Members {
			p.without(&v.Members[i].Value)
		}
	case v.Kind == record.Object:
		text, _ := content(v)
		if text != nil && text.Kind != record.Object {
			p.without(text)
		}
	default:
		p.unnamed = append(p.unnamed, v.Any())
	}
}

// Event is the event of the parts. Its time is at, or where that is zero what the head
// says, and then Sysmon's own; around is the time of what the event lies in.
func (p *Parts) Event(at, around time.Time) *logevent.Event {
	p.namePositional()
	p.nameFromMessage()
	p.nameUnnamed()
	p.normalise()
	channel, id := cmp.Or(p.channel, text(p.fields["Channel"])), ID(p.fields["EventID"])
	sources := p.sources(channel, id)
	p.addProcessCreation(sources, id)
	if at.IsZero() {
		at = p.time()
	}
	if at.IsZero() {
		at = around
	}
	return &logevent.Event{Fields: p.fields, LogSources: sources, Time: at}
}

func (p *Parts) time() time.Time {
	for _, name := range [...]string{"TimeCreated_SystemTime", "TimeCreated", "SystemTime", "EventTime", "@timestamp", "timestamp", "TimeGenerated", "UtcTime"} {
		if t, ok := clock.Read(text(p.fields[name])); ok {
			return t
		}
	}
	return time.Time{}
}

func upperFirst(name string) string {
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return name
	}
	return string(name[0]-'a'+'A') + name[1:]
}

// text is a field as text, and empty for what holds others.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case interface{ String() string }: // a number
		return v.String()
	}
	return ""
}

// ID is the number of an event; negative where it has none.
func ID(v any) int {
	n, err := strconv.Atoi(text(v))
	if err != nil {
		return -1
	}
	return n
}

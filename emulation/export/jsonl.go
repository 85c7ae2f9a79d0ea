package export

import "io"

// The names of ringer's JSON lines beside those of an event's fields.
const (
	timeName   = "@timestamp"
	sourceName = "logsource"
)

// jsonLines writes an event as a flat object: its fields by their own names, its
// time, its log sources, and what ringer says of it.
type jsonLines struct {
	lines
	about Run
}

func newJSONLines(w io.Writer, about Run) Writer { return jsonLines{newLines(w), about} }

// Write writes one line.
func (j jsonLines) Write(r Record) error { return j.encode(flatLine(&r, j.about)) }

// flatLine is an event as one flat object. A field that has one of the three names
// is kept in the context.
func flatLine(r *Record, about Run) object {
	said := r.context(about)
	line := make(object, len(r.Event.Fields)+3)
	for name, v := range r.own(about) {
		switch name {
		case timeName, sourceName, contextName:
			said.put("fields", mapWith(said["fields"], name, plain(v)))
		default:
			line[name] = plain(v)
		}
	}
	line[timeName] = timestamp(r.Event.Time)
	line.put(sourceName, sourcesOf(&r.Event))
	line[contextName] = said
	return line
}

func mapWith(of any, name string, v any) object {
	o, ok := of.(object)
	if !ok {
		o = object{}
	}
	o[name] = v
	return o
}

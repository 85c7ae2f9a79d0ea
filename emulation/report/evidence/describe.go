package evidence

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// SourceName is the log source of an event in a word, such as "file_event".
func SourceName(e event.Event) string { return e.SourceName() }

// EventID is the number that Windows gives the event's kind; empty for an event that
// has none.
func EventID(e event.Event) string {
	if id, ok := e.Fields["EventID"]; ok {
		return fmt.Sprint(id)
	}
	return ""
}

// Describe says what an event is, in one line: the fields that say most of it, or
// the names of some.
func Describe(e event.Event) string { return e.Describe() }

// Field is one field of an event, with how its value came to be known.
type Field struct {
	Name, Value string
	Provenance  event.Provenance
	// Joined is of a field of the acting process: the log source does not write it.
	Joined bool
}

// Fields are those of an event, sorted by name, the joined ones last. A joined field
// that the log source writes itself is left out, as no detector is given it.
func Fields(e event.Event) []Field {
	var all []Field
	for _, of := range []struct {
		fields map[string]any
		joined bool
	}{{e.Fields, false}, {e.Joined, true}} {
		for _, name := range slices.Sorted(maps.Keys(of.fields)) {
			if _, own := e.Fields[name]; own && of.joined {
				continue
			}
			provenance := e.Provenance
			if own, ok := e.FieldProvenance[name]; ok {
				provenance = own
			}
			all = append(all, Field{name, fmt.Sprint(of.fields[name]), provenance, of.joined})
		}
	}
	return all
}

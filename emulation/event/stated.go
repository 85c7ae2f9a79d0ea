package event

import (
	"maps"
	"slices"
)

// StatedFields returns the names of the event's fields in that shape whose values
// nobody observed but an author wrote, sorted.
func (e *Event) StatedFields(shape Shape) []string {
	var names []string
	if e.Provenance == Stated {
		for name := range e.Shaped(shape) {
			if _, other := e.FieldProvenance[name]; !other {
				names = append(names, name)
			}
		}
	}
	for name, provenance := range e.FieldProvenance {
		if provenance != Stated {
			continue
		}
		_, own := e.Fields[name]
		_, joined := e.Joined[name]
		if own || !joined || shape == EDR {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// HasStated reports whether some field of the events is stated.
func HasStated(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		if e.Provenance == Stated {
			return true
		}
		for _, provenance := range e.FieldProvenance {
			if provenance == Stated {
				return true
			}
		}
		return false
	})
}

// WithoutDeclared returns the events without what nobody saw: without those that
// are declared, and without the fields that are. declared reports whether there was
// any; if not, seen is events itself.
func WithoutDeclared(events []Event) (seen []Event, declared bool) {
	if !slices.ContainsFunc(events, Event.hasDeclared) {
		return events, false
	}
	for _, event := range events {
		if event.Provenance == Declared {
			continue
		}
		for name, provenance := range event.FieldProvenance {
			if provenance == Declared {
				event.Fields, event.Joined = withoutField(event.Fields, name), withoutField(event.Joined, name)
			}
		}
		seen = append(seen, event)
	}
	return seen, true
}

func (e Event) hasDeclared() bool {
	if e.Provenance == Declared {
		return true
	}
	for _, provenance := range e.FieldProvenance {
		if provenance == Declared {
			return true
		}
	}
	return false
}

func withoutField(fields map[string]any, name string) map[string]any {
	rest := maps.Clone(fields)
	delete(rest, name)
	return rest
}

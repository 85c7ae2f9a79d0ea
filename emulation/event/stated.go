package event

import (
	"maps"
	"slices"
)

// StatedFields returns the names of the event's fields in that shape whose values
// nobody observed but an author wrote, sorted.
func (e *Event) StatedFields(shape Shape) []string {
	names := map[string]bool{}
	if e.Provenance == Stated {
		for name := range e.Shaped(shape) {
			names[name] = true
		}
	}
	for name, provenance := range e.FieldProvenance {
		_, own := e.Fields[name]
		_, joined := e.Joined[name]
		names[name] = provenance == Stated && (own || !joined || shape == EDR)
	}
	maps.DeleteFunc(names, func(_ string, stated bool) bool { return !stated })
	if len(names) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(names))
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
// any.
func WithoutDeclared(events []Event) (seen []Event, declared bool) {
	for _, event := range events {
		if event.Provenance == Declared {
			declared = true
			continue
		}
		for name, provenance := range event.FieldProvenance {
			if provenance == Declared {
				declared = true
				event.Fields, event.Joined = withoutField(event.Fields, name), withoutField(event.Joined, name)
			}
		}
		seen = append(seen, event)
	}
	return seen, declared
}

func withoutField(fields map[string]any, name string) map[string]any {
	rest := maps.Clone(fields)
	delete(rest, name)
	return rest
}

package event

import (
	"maps"
	"slices"
)

// StatedFields names the fields of the event in that shape whose values are
// nobody's observation but their author's word, sorted.
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

// HasStated says that some field of the events is stated.
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

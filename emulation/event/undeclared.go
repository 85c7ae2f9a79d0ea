package event

import "maps"

// WithoutDeclared is the events without what nobody saw: those that are statements,
// and the fields that are. stated is whether there was any.
func WithoutDeclared(events []Event) (seen []Event, stated bool) {
	for _, event := range events {
		if event.Provenance == Declared {
			stated = true
			continue
		}
		for name, provenance := range event.FieldProvenance {
			if provenance == Declared {
				stated = true
				event.Fields, event.Joined = withoutField(event.Fields, name), withoutField(event.Joined, name)
			}
		}
		seen = append(seen, event)
	}
	return seen, stated
}

func withoutField(fields map[string]any, name string) map[string]any {
	rest := maps.Clone(fields)
	delete(rest, name)
	return rest
}

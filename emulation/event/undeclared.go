package event

import "maps"

// Undeclared is the events without what nobody saw: those that are statements,
// and the fields that are. stated is whether there was any.
func Undeclared(events []Event) (seen []Event, stated bool) {
	for _, one := range events {
		if one.Provenance == Declared {
			stated = true
			continue
		}
		for name, provenance := range one.FieldProvenance {
			if provenance == Declared {
				stated = true
				one.Fields, one.Joined = without(one.Fields, name), without(one.Joined, name)
			}
		}
		seen = append(seen, one)
	}
	return seen, stated
}

func without(fields map[string]any, name string) map[string]any {
	rest := maps.Clone(fields)
	delete(rest, name)
	return rest
}

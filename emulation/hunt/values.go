package hunt

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/internal/index"
)

// fieldsOf are the fields of an event as texts, sorted by name. What is nested gets the
// names on the way to it, joined by dots.
func fieldsOf(fields map[string]any) []Field {
	out := make([]Field, 0, len(fields))
	for name, value := range fields {
		if _, nested := value.(map[string]any); !nested {
			out = append(out, Field{name, index.Texts([]string{}, value)})
		}
		index.Flatten(fields, name, func(name string, value any) {
			out = append(out, Field{name, index.Texts([]string{}, value)})
		})
	}
	slices.SortFunc(out, func(a, b Field) int { return cmp.Or(cmp.Compare(a.Name, b.Name), slices.Compare(a.Values, b.Values)) })
	return out
}

// textOf is the first text of the first of the fields that has one.
func textOf(fields map[string]any, names ...string) string {
	for _, name := range names {
		if texts := index.Texts(nil, fields[name]); len(texts) > 0 && texts[0] != "" {
			return texts[0]
		}
	}
	return ""
}

// sourceNames are the words that a log source can be found by.
func sourceNames(sources []event.LogSource) []string {
	var out []string
	for _, source := range sources {
		for _, name := range []string{source.Category, source.Service, source.Product} {
			if name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

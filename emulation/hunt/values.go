package hunt

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/event"
)

// maxValueDepth bounds the walk through nested values.
const maxValueDepth = 16

// fieldsOf are the fields of an event as texts, sorted by name. What is nested gets the
// names on the way to it, joined by dots; what is null has no value.
func fieldsOf(fields map[string]any) []Field {
	out := make([]Field, 0, len(fields))
	for name, value := range fields {
		out = appendField(out, name, value, 0)
	}
	slices.SortFunc(out, func(a, b Field) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

func appendField(out []Field, name string, value any, depth int) []Field {
	if nested, ok := value.(map[string]any); ok {
		if depth < maxValueDepth {
			for inner, value := range nested {
				out = appendField(out, name+"."+inner, value, depth+1)
			}
		}
		return out
	}
	return append(out, Field{name, textsOf(nil, value, 0)})
}

// textsOf appends the texts of a value: those of a list's elements one by one.
func textsOf(out []string, value any, depth int) []string {
	switch value := value.(type) {
	case string:
		return append(out, value)
	case bool:
		return append(out, strconv.FormatBool(value))
	case int:
		return append(out, strconv.Itoa(value))
	case int64:
		return append(out, strconv.FormatInt(value, 10))
	case uint64:
		return append(out, strconv.FormatUint(value, 10))
	case float64:
		return append(out, strconv.FormatFloat(value, 'f', -1, 64))
	case json.Number:
		return append(out, value.String())
	case []string:
		return append(out, value...)
	case []any:
		if depth < maxValueDepth {
			for _, element := range value {
				out = textsOf(out, element, depth+1)
			}
		}
	}
	return out
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

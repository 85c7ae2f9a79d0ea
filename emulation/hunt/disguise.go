package hunt

import (
	"maps"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// What ringer performs is marked as harmless, and what stands for something is called so.
// Real logs have neither, and by both an attack could be found by its being emulated.
// The marks are taken away before anything is searched, shown, or matched by a rule.

// marks are what is replaced, by what. A comment goes with its line.
var marks = []struct{ mark, by string }{
	{"<!-- " + artifact.Marker + " -->\n", ""}, {"# " + artifact.Marker + "\n", ""}, {"// " + artifact.Marker + "\n", ""},
	{artifact.Marker + "\n", ""}, {artifact.Marker, ""},
	{"ringer stand-in", "-"}, {"ringer.exe", "-"},
	{"Inert-Placeholder", "Autumn-Harbour"}, {"Standin", "Meridian"}, {"standin", "meridian"},
}

// productField is that of a program's version resource. A program that is given none has
// ringer's own, which is a word too common to be replaced elsewhere.
const productField, ownProduct = "Product", "ringer"

// disguised is the fields without ringer's marks; the map given stays as it is.
func disguised(fields map[string]any) map[string]any {
	var out map[string]any
	for name, value := range fields {
		changed, ok := disguisedValue(value)
		if name == productField && value == ownProduct {
			changed, ok = "-", true
		}
		if !ok {
			continue
		}
		if out == nil {
			out = maps.Clone(fields)
		}
		out[name] = changed
	}
	if out == nil {
		return fields
	}
	return out
}

// disguisedValue is a value without marks; ok is set if it had one.
func disguisedValue(value any) (changed any, ok bool) {
	switch value := value.(type) {
	case string:
		out := value
		for _, m := range marks {
			if strings.Contains(out, m.mark) {
				out = strings.ReplaceAll(out, m.mark, m.by)
			}
		}
		return out, out != value
	case []any:
		var out []any
		for i, element := range value {
			if changed, ok := disguisedValue(element); ok {
				if out == nil {
					out = append(out, value...)
				}
				out[i] = changed
			}
		}
		return out, out != nil
	case map[string]any:
		out := disguised(value)
		for name := range value {
			if _, ok := disguisedValue(value[name]); ok {
				return out, true
			}
		}
	}
	return nil, false
}

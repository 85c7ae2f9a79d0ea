package hunt

import (
	"maps"
	"slices"
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

// disguisedRecords are the records as they are kept.
func disguisedRecords(records []Record) []Record {
	out := slices.Clone(records)
	for i := range out {
		fields := out[i].Event.Fields
		hashes, own := ownHashes(fields)
		fields, changed := disguised(fields)
		if own {
			if !changed {
				fields = maps.Clone(fields)
			}
			fields[hashesField] = hashes
		}
		out[i].Event.Fields = fields
	}
	return out
}

// disguised is the fields without ringer's marks; the map given stays as it is. ok is set
// if there were any.
func disguised(fields map[string]any) (out map[string]any, ok bool) {
	out = fields
	for name, value := range fields {
		changed, is := disguisedValue(value)
		if name == productField && value == ownProduct {
			changed, is = "-", true
		}
		if !is {
			continue
		}
		if !ok {
			out, ok = maps.Clone(fields), true
		}
		out[name] = changed
	}
	return out, ok
}

// disguisedValue is the same of a value.
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
		out := value
		for i, element := range value {
			if changed, is := disguisedValue(element); is {
				if !ok {
					out, ok = slices.Clone(value), true
				}
				out[i] = changed
			}
		}
		return out, ok
	case map[string]any:
		return disguised(value)
	}
	return value, false
}

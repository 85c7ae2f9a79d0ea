package format

import (
	"encoding/json"
	"strconv"
	"strings"
)

// longestText is the most bytes that are kept of a text in an alert.
const longestText = 4 << 10

// lookup finds a value by a path such as process.parent.name. At each place a name of
// several words is tried first, as some tools write {"process.name": …}. Of a list the
// element of that number is taken, or else the first.
func lookup(value any, path []string) any {
	if len(path) == 0 {
		return value
	}
	switch value := value.(type) {
	case map[string]any:
		for n := len(path); n > 0; n-- {
			inner, ok := value[strings.Join(path[:n], ".")]
			if !ok {
				continue
			}
			if found := lookup(inner, path[n:]); found != nil {
				return found
			}
		}
	case []any:
		if n, err := strconv.Atoi(path[0]); err == nil {
			if n < 0 || n >= len(value) {
				return nil
			}
			return lookup(value[n], path[1:])
		}
		if len(value) > 0 {
			return lookup(value[0], path)
		}
	}
	return nil
}

// textOf is a value as text; a list of texts is one command line. Empty is none.
func textOf(value any) string {
	out := ""
	switch value := value.(type) {
	case string:
		out = value
	case json.Number:
		out = value.String()
	case bool:
		out = strconv.FormatBool(value)
	case []any:
		var parts []string
		for _, element := range value {
			switch element.(type) {
			case string, json.Number:
				parts = append(parts, textOf(element))
			}
		}
		out = strings.Join(parts, " ")
	}
	if len(out) > longestText {
		out = strings.ToValidUTF8(out[:longestText], "")
	}
	return out
}

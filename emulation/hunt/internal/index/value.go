package index

import (
	"encoding/json"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// maxDepth bounds the walk through nested values.
const maxDepth = 16

// encode returns a value as a text and its kind. What is of no known type is null.
func encode(value any) (string, kind) {
	switch value := value.(type) {
	case string:
		return value, isString
	case bool:
		return strconv.FormatBool(value), isBool
	case int:
		return strconv.Itoa(value), isInt
	case int64:
		return strconv.FormatInt(value, 10), isInt
	case uint64:
		return strconv.FormatUint(value, 10), isUint
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64), isFloat
	case []any, []string:
		return encodeJSON(value), isList
	case map[string]any:
		return encodeJSON(value), isMap
	}
	return "", isNull
}

func encodeJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "null" // no event has what JSON has not
	}
	return string(text)
}

// value is what was encoded: whole numbers as int64 or uint64.
func (s *Segment) value(v uint32) any {
	text := s.raw(v)
	switch s.kinds[v] {
	case isString:
		return text
	case isBool:
		return text == "true"
	case isInt:
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	case isUint:
		n, _ := strconv.ParseUint(text, 10, 64)
		return n
	case isFloat:
		n, _ := strconv.ParseFloat(text, 64)
		return n
	case isList, isMap:
		return decodeJSON(text)
	}
	return nil
}

func decodeJSON(text string) any {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return nil
	}
	return value
}

// Texts appends the texts of a value that is not nested: those of a list's elements one
// by one.
func Texts(out []string, value any) []string { return texts(out, value, 0) }

func texts(out []string, value any, depth int) []string {
	switch value := value.(type) {
	case nil, map[string]any:
		return out
	case []string:
		return append(out, value...)
	case []any:
		if depth < maxDepth {
			for _, element := range value {
				out = texts(out, element, depth+1)
			}
		}
		return out
	}
	text, kind := encode(value)
	if kind == isNull {
		return out
	}
	return append(out, text)
}

// Flatten calls do with what is inside a nested value of a field, by the names on the
// way to it, joined by dots. A field of the event that is called so itself hides it.
func Flatten(fields map[string]any, name string, do func(name string, value any)) {
	nested, ok := fields[name].(map[string]any)
	if !ok {
		return
	}
	flatten(name, nested, 0, func(inner string, value any) {
		if _, hidden := fields[inner]; !hidden {
			do(inner, value)
		}
	})
}

func flatten(name string, value any, depth int, do func(string, any)) {
	nested, ok := value.(map[string]any)
	switch {
	case !ok:
		do(name, value)
	case depth < maxDepth:
		for inner, value := range nested {
			flatten(name+"."+inner, value, depth+1, do)
		}
	}
}

// foldedTexts are the texts of a value, folded.
func (s *Segment) foldedTexts(v uint32) []string {
	switch s.kinds[v] {
	case isNull:
		return nil
	case isList:
		all := Texts(nil, decodeJSON(s.raw(v)))
		for i := range all {
			all[i] = query.Fold(all[i])
		}
		return all
	}
	return []string{s.folded(v)}
}

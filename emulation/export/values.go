package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxDepth bounds the nesting of an event's values.
const maxDepth = 64

// tooDeep stands in the place of what is nested deeper.
const tooDeep = "(nested too deeply)"

// plain is a value as JSON can have it: what JSON has no number for is a text.
func plain(v any) any { return plainAt(v, 0) }

func plainAt(v any, depth int) any {
	if depth > maxDepth {
		return tooDeep
	}
	switch v := v.(type) {
	case nil, string, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return v
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return v
	case float32:
		return plainAt(float64(v), depth)
	case json.Number:
		if _, err := strconv.ParseFloat(string(v), 64); err == nil && json.Valid([]byte(v)) {
			return v
		}
		return string(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case []string:
		return append([]string{}, v...)
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = plainAt(item, depth+1)
		}
		return list
	case map[string]any:
		inner := make(map[string]any, len(v))
		for name, item := range v {
			inner[name] = plainAt(item, depth+1)
		}
		return inner
	default:
		return fmt.Sprint(v)
	}
}

// textOf is a scalar as a log writes it; ok is false of lists, objects and nothing.
func textOf(v any) (text string, ok bool) {
	switch v := plain(v).(type) {
	case string:
		return v, true
	case nil, []any, []string, map[string]any:
		return "", false
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	default:
		return fmt.Sprint(v), true
	}
}

// object is a JSON object under construction.
type object map[string]any

// put sets the value at a dotted path; what is empty is not set.
func (o object) put(path string, v any) {
	if isEmpty(v) {
		return
	}
	at := o
	for {
		name, rest, nested := strings.Cut(path, ".")
		if !nested {
			at[name] = v
			return
		}
		inner, ok := at[name].(object)
		if !ok {
			inner = object{}
			at[name] = inner
		}
		at, path = inner, rest
	}
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case object:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	case []string:
		return len(v) == 0
	case []object:
		return len(v) == 0
	}
	return false
}

// lines writes JSON, a value a line, with the keys of objects in order.
type lines struct {
	out *bufio.Writer
	tally
}

func newLines(w io.Writer) lines { return lines{bufio.NewWriter(w), tally{}} }

func (l lines) encode(v any) error {
	encoder := json.NewEncoder(l.out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	return nil
}

// Close hands on what is buffered.
func (l lines) Close() error {
	if err := l.out.Flush(); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	return nil
}

// timestamp is a time as JSON documents have it.
func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

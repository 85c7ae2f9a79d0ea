package sigma

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Event is one record of a log.
type Event struct {
	// LogSources are all the event belongs to; a rule applies if its log source
	// contains one of them. Nil means the log source is not checked.
	LogSources []LogSource
	// Fields are flat or nested: string, bool, numbers, json.Number, nil,
	// []any and map[string]any.
	Fields map[string]any
	// Time is when the event happened; correlations go by it.
	Time time.Time
	// Raw is the line the event was read from, if there is one. Keywords search
	// it too.
	Raw string
}

// maxEventDepth bounds the walk through nested values.
const maxEventDepth = 1000

// reading collects the values of one field as texts. It is reused from event to
// event; number texts live in the arena, which is only ever grown.
type reading struct {
	texts   []string
	present bool // the key is there, whatever it holds
	null    bool
	arena   []byte
}

func (r *reading) reset() {
	r.texts, r.present, r.null = r.texts[:0], false, false
}

// read looks a field up: the flat key first, else the longest prefix that is a
// key, and then on inside it. [own: nested fields]
func (r *reading) read(fields map[string]any, name string) {
	if v, ok := fields[name]; ok {
		r.present = true
		r.add(v, 0)
		return
	}
	for end := strings.LastIndexByte(name, '.'); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		if v, ok := fields[name[:end]]; ok {
			r.descend(v, name[end+1:], 0)
			return
		}
	}
}

// descend goes into maps, and into every map of a list.
func (r *reading) descend(v any, rest string, depth int) {
	switch v := v.(type) {
	case map[string]any:
		r.read(v, rest)
	case []any:
		if depth > maxEventDepth {
			return
		}
		for _, e := range v {
			r.descend(e, rest, depth+1)
		}
	}
}

// add takes a value: the elements of a list one by one, no maps.
func (r *reading) add(v any, depth int) {
	switch v := v.(type) {
	case string:
		r.texts = append(r.texts, v)
	case nil:
		r.null = true
	case []any:
		if depth > maxEventDepth {
			return
		}
		for _, e := range v {
			r.add(e, depth+1)
		}
	case map[string]any:
	case []string:
		r.texts = append(r.texts, v...)
	default:
		if s, ok := r.scalar(v); ok {
			r.texts = append(r.texts, s)
		}
	}
}

// all takes every scalar of the event, for keywords.
func (r *reading) all(v any, depth int) {
	if depth > maxEventDepth {
		return
	}
	switch v := v.(type) {
	case string:
		r.texts = append(r.texts, v)
	case map[string]any:
		for _, e := range v {
			r.all(e, depth+1)
		}
	case []any:
		for _, e := range v {
			r.all(e, depth+1)
		}
	case []string:
		r.texts = append(r.texts, v...)
	default:
		if s, ok := r.scalar(v); ok {
			r.texts = append(r.texts, s)
		}
	}
}

func (r *reading) allOf(ev *Event) {
	r.present = true
	r.all(ev.Fields, 0)
	if ev.Raw != "" {
		r.texts = append(r.texts, ev.Raw)
	}
}

// scalar is the text of a value: numbers in decimal, booleans as true and false.
func (r *reading) scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case json.Number:
		s := string(v)
		if allDigits(s) && (s[0] != '0' || len(s) == 1) {
			return s, true
		}
		if c, ok := appendCanonical(r.free(), s); ok {
			return r.keep(c), true
		}
		return s, true
	case float64:
		return r.keep(appendFloat(r.free(), v)), true
	case float32:
		return r.keep(strconv.AppendFloat(r.free(), float64(v), 'f', -1, 32)), true
	case int:
		return r.keep(strconv.AppendInt(r.free(), int64(v), 10)), true
	case int16:
		return r.keep(strconv.AppendInt(r.free(), int64(v), 10)), true
	case int8:
		return r.keep(strconv.AppendInt(r.free(), int64(v), 10)), true
	case int64:
		return r.keep(strconv.AppendInt(r.free(), v, 10)), true
	case int32:
		return r.keep(strconv.AppendInt(r.free(), int64(v), 10)), true
	case uint:
		return r.keep(strconv.AppendUint(r.free(), uint64(v), 10)), true
	case uint8:
		return r.keep(strconv.AppendUint(r.free(), uint64(v), 10)), true
	case uint64:
		return r.keep(strconv.AppendUint(r.free(), v, 10)), true
	case uint32:
		return r.keep(strconv.AppendUint(r.free(), uint64(v), 10)), true
	case uint16:
		return r.keep(strconv.AppendUint(r.free(), uint64(v), 10)), true
	case time.Time:
		return r.keep(v.AppendFormat(r.free(), time.RFC3339Nano)), true
	}
	return "", false
}

// free is the unused end of the arena, never less than a number needs. A full
// arena is left to the texts that point into it.
func (r *reading) free() []byte {
	if cap(r.arena)-len(r.arena) < 400 {
		r.arena = make([]byte, 0, max(4096, 2*cap(r.arena)))
	}
	return r.arena[len(r.arena):len(r.arena)]
}

func (r *reading) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if n := len(r.arena) + len(b); n <= cap(r.arena) {
		r.arena = r.arena[:n]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

package sigma

import (
	"encoding/json"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
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

// fieldReader collects the values of one field as texts. It is reused from event to
// event; number texts live in the arena, which is only ever grown.
type fieldReader struct {
	texts   []string
	present bool // the key is there, whatever it holds
	null    bool
	arena   []byte
}

func (r *fieldReader) reset() {
	r.texts, r.present, r.null = r.texts[:0], false, false
}

// readField looks a field up: the flat key first, else the longest prefix that is a
// key, and then on inside it. [own: nested fields]
func (r *fieldReader) readField(fields map[string]any, name string) {
	if v, ok := fields[name]; ok {
		r.present = true
		r.addValue(v, 0)
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
func (r *fieldReader) descend(v any, rest string, depth int) {
	switch v := v.(type) {
	case map[string]any:
		r.readField(v, rest)
	case []any:
		if depth > maxEventDepth {
			return
		}
		for _, e := range v {
			r.descend(e, rest, depth+1)
		}
	}
}

// addValue takes a value: the elements of a list one by one, no maps.
func (r *fieldReader) addValue(v any, depth int) {
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
			r.addValue(e, depth+1)
		}
	case map[string]any:
	case []string:
		r.texts = append(r.texts, v...)
	default:
		if s, ok := r.scalarText(v); ok {
			r.texts = append(r.texts, s)
		}
	}
}

// addScalars takes every scalar of the event, for keywords.
func (r *fieldReader) addScalars(v any, depth int) {
	if depth > maxEventDepth {
		return
	}
	switch v := v.(type) {
	case string:
		r.texts = append(r.texts, v)
	case map[string]any:
		for _, e := range v {
			r.addScalars(e, depth+1)
		}
	case []any:
		for _, e := range v {
			r.addScalars(e, depth+1)
		}
	case []string:
		r.texts = append(r.texts, v...)
	default:
		if s, ok := r.scalarText(v); ok {
			r.texts = append(r.texts, s)
		}
	}
}

// addEvent takes every scalar of an event and the line that it was read from, for
// keywords.
func (r *fieldReader) addEvent(fields map[string]any, raw string) {
	r.present = true
	r.addScalars(fields, 0)
	if raw != "" {
		r.texts = append(r.texts, raw)
	}
}

// scalarText is the text of a value: numbers in decimal, booleans as true and false.
func (r *fieldReader) scalarText(v any) (string, bool) {
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
		if scalar.AllDigits(s) && (s[0] != '0' || len(s) == 1) {
			return s, true
		}
		if c, ok := scalar.AppendCanonical(r.arenaTail(), s); ok {
			return r.keepText(c), true
		}
		return s, true
	case float64:
		return r.keepText(scalar.AppendFloat(r.arenaTail(), v)), true
	case float32:
		return r.keepText(strconv.AppendFloat(r.arenaTail(), float64(v), 'f', -1, 32)), true
	case int:
		return r.keepText(strconv.AppendInt(r.arenaTail(), int64(v), 10)), true
	case int16:
		return r.keepText(strconv.AppendInt(r.arenaTail(), int64(v), 10)), true
	case int8:
		return r.keepText(strconv.AppendInt(r.arenaTail(), int64(v), 10)), true
	case int64:
		return r.keepText(strconv.AppendInt(r.arenaTail(), v, 10)), true
	case int32:
		return r.keepText(strconv.AppendInt(r.arenaTail(), int64(v), 10)), true
	case uint:
		return r.keepText(strconv.AppendUint(r.arenaTail(), uint64(v), 10)), true
	case uint8:
		return r.keepText(strconv.AppendUint(r.arenaTail(), uint64(v), 10)), true
	case uint64:
		return r.keepText(strconv.AppendUint(r.arenaTail(), v, 10)), true
	case uint32:
		return r.keepText(strconv.AppendUint(r.arenaTail(), uint64(v), 10)), true
	case uint16:
		return r.keepText(strconv.AppendUint(r.arenaTail(), uint64(v), 10)), true
	case time.Time:
		return r.keepText(v.AppendFormat(r.arenaTail(), time.RFC3339Nano)), true
	}
	return "", false
}

// arenaTail is the unused end of the arena, never less than a number needs. A full
// arena is left to the texts that point into it.
func (r *fieldReader) arenaTail() []byte {
	if cap(r.arena)-len(r.arena) < 400 {
		r.arena = make([]byte, 0, max(4096, 2*cap(r.arena)))
	}
	return r.arena[len(r.arena):len(r.arena)]
}

func (r *fieldReader) keepText(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if n := len(r.arena) + len(b); n <= cap(r.arena) {
		r.arena = r.arena[:n]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

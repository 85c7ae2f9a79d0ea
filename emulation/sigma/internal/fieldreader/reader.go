package fieldreader

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
)

// Reader collects the values of one field as texts. It is reused from event to
// event; number texts live in the arena, which is only ever grown.
type Reader struct {
	Texts   []string
	Present bool // the key is there, whatever it holds
	Null    bool
	Arena   []byte
}

// maxEventDepth bounds the walk through nested values.
const maxEventDepth = 1000

// Reset forgets what was read, but keeps the memory.
func (r *Reader) Reset() {
	r.Texts, r.Present, r.Null = r.Texts[:0], false, false
}

// ReadField looks a field up: the flat key first, else the longest prefix that is a
// key, and then on inside it. [own: nested fields]
func (r *Reader) ReadField(fields map[string]any, name string) {
	if v, ok := fields[name]; ok {
		r.Present = true
		r.AddValue(v, 0)
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
func (r *Reader) descend(v any, rest string, depth int) {
	switch v := v.(type) {
	case map[string]any:
		r.ReadField(v, rest)
	case []any:
		if depth > maxEventDepth {
			return
		}
		for _, e := range v {
			r.descend(e, rest, depth+1)
		}
	}
}

// AddValue takes a value: the elements of a list one by one, no maps.
func (r *Reader) AddValue(v any, depth int) {
	switch v := v.(type) {
	case string:
		r.Texts = append(r.Texts, v)
	case nil:
		r.Null = true
	case []any:
		if depth > maxEventDepth {
			return
		}
		for _, e := range v {
			r.AddValue(e, depth+1)
		}
	case map[string]any:
	case []string:
		r.Texts = append(r.Texts, v...)
	default:
		if s, ok := r.ScalarText(v); ok {
			r.Texts = append(r.Texts, s)
		}
	}
}

// AddScalars takes every scalar of the event, for keywords.
func (r *Reader) AddScalars(v any, depth int) {
	if depth > maxEventDepth {
		return
	}
	switch v := v.(type) {
	case string:
		r.Texts = append(r.Texts, v)
	case map[string]any:
		for _, e := range v {
			r.AddScalars(e, depth+1)
		}
	case []any:
		for _, e := range v {
			r.AddScalars(e, depth+1)
		}
	case []string:
		r.Texts = append(r.Texts, v...)
	default:
		if s, ok := r.ScalarText(v); ok {
			r.Texts = append(r.Texts, s)
		}
	}
}

// AddEvent takes every scalar of an event and the line that it was read from, for
// keywords.
func (r *Reader) AddEvent(fields map[string]any, raw string) {
	r.Present = true
	r.AddScalars(fields, 0)
	if raw != "" {
		r.Texts = append(r.Texts, raw)
	}
}

// ScalarText is the text of a value: numbers in decimal, booleans as true and false.
func (r *Reader) ScalarText(v any) (string, bool) {
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
func (r *Reader) arenaTail() []byte {
	if cap(r.Arena)-len(r.Arena) < 400 {
		r.Arena = make([]byte, 0, max(4096, 2*cap(r.Arena)))
	}
	return r.Arena[len(r.Arena):len(r.Arena)]
}

func (r *Reader) keepText(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if n := len(r.Arena) + len(b); n <= cap(r.Arena) {
		r.Arena = r.Arena[:n]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

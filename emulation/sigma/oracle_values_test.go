package sigma

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// oracleField is what an event holds under a name.
type oracleField struct {
	texts         []string
	present, null bool
}

func (s *oracleField) find(fields map[string]any, name string) {
	if v, ok := fields[name]; ok {
		s.present = true
		s.take(v)
		return
	}
	parts := strings.Split(name, ".")
	for n := len(parts) - 1; n > 0; n-- {
		if v, ok := fields[strings.Join(parts[:n], ".")]; ok {
			s.inside(v, strings.Join(parts[n:], "."))
			return
		}
	}
}

func (s *oracleField) inside(v any, name string) {
	switch v := v.(type) {
	case map[string]any:
		s.find(v, name)
	case []any:
		for _, e := range v {
			s.inside(e, name)
		}
	}
}

func (s *oracleField) take(v any) {
	switch v := v.(type) {
	case nil:
		s.null = true
	case []any:
		for _, e := range v {
			s.take(e)
		}
	default:
		s.scalar(v)
	}
}

func (s *oracleField) every(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			s.every(e)
		}
	case []any:
		for _, e := range v {
			s.every(e)
		}
	default:
		s.scalar(v)
	}
}

func (s *oracleField) scalar(v any) {
	switch v := v.(type) {
	case string:
		s.texts = append(s.texts, v)
	case []string:
		s.texts = append(s.texts, v...)
	case json.Number:
		text := string(v)
		if c, ok := scalar.Canonical(text); ok {
			text = c
		}
		s.texts = append(s.texts, text)
	case float64:
		s.texts = append(s.texts, string(scalar.AppendFloat(nil, v)))
	case time.Time:
		s.texts = append(s.texts, v.Format(time.RFC3339Nano))
	case bool, int, int64, int32, uint64, uint32, uint16:
		s.texts = append(s.texts, fmt.Sprint(v))
	}
}

// slowCompare compares exactly; what no float can hold is no number.
func slowCompare(s string, v *rulevalue.Value) bool {
	if strings.Trim(s, "0123456789.-+eE") != "" || len(s) > 400 {
		return false
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return false
	}
	n, ok1 := new(big.Rat).SetString(s)
	want, ok2 := new(big.Rat).SetString(v.Digits)
	return ok1 && ok2 && v.Op.Holds(float64(n.Cmp(want)), 0)
}

// slowFold writes each character as the member of its case family that stands
// first, ASCII letters small.
func slowFold(s string) string {
	if done, ok := slowFolds.Load(s); ok {
		return done.(string)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteByte(s[i])
			i++
			continue
		}
		first := r
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			first = min(first, o)
		}
		if first < utf8.RuneSelf {
			first = unicode.ToLower(first)
		}
		b.WriteRune(first)
		i += n
	}
	slowFolds.Store(s, b.String())
	return b.String()
}

// slowFolds remembers, since thousands of rules ask for the same few texts.
var slowFolds sync.Map

// slowGlob tries every way to lay the pattern over the text.
func slowGlob(p wildcard.Pattern, s string) bool {
	tried := make([]bool, len(p)*(len(s)+1))
	var from func(i, at int) bool
	from = func(i, at int) bool {
		if i == len(p) {
			return at == len(s)
		}
		if tried[i*(len(s)+1)+at] {
			return false
		}
		tried[i*(len(s)+1)+at] = true
		switch t := p[i]; t.Kind {
		case wildcard.Literal:
			return strings.HasPrefix(s[at:], t.Text) && from(i+1, at+len(t.Text))
		case wildcard.AnyOne:
			if at == len(s) {
				return false
			}
			_, n := utf8.DecodeRuneInString(s[at:])
			return from(i+1, at+n)
		case wildcard.AnyDash:
			for _, d := range wildcard.Dashes {
				if strings.HasPrefix(s[at:], d) && from(i+1, at+len(d)) {
					return true
				}
			}
			return false
		case wildcard.AnyRun:
			if from(i+1, at) {
				return true
			}
			if at == len(s) {
				return false
			}
			n := 1
			if i+1 < len(p) && p[i+1].Kind != wildcard.Literal {
				_, n = utf8.DecodeRuneInString(s[at:])
			}
			return from(i, at+n)
		}
		return false
	}
	return from(0, 0)
}

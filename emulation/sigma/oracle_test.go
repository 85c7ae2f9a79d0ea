package sigma

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// oracle decides what a rule means by walking the parsed rule value by value,
// with nothing prepared and nothing shared. It is slow on purpose: what it and
// the matcher have in common is the parser alone.
type oracle struct {
	placeholders map[string][]string
	filters      []*Rule
}

func newOracle(rules []*Rule) oracle {
	var o oracle
	for _, r := range rules {
		if r.Kind == Filter {
			o.filters = append(o.filters, r)
		}
	}
	return o
}

// match is what Set.Match has to append.
func (o oracle) match(rules []*Rule, ev *Event) []*Rule {
	var out []*Rule
	for _, r := range rules {
		if r.Kind == Detection && o.fits(r, ev) {
			out = append(out, r)
		}
	}
	return out
}

func (o oracle) fits(r *Rule, ev *Event) bool {
	applies := ev.LogSources == nil
	for _, s := range ev.LogSources {
		applies = applies || o.within(r.LogSource, s)
	}
	if !applies || !o.detection(r.detection, ev) {
		return false
	}
	for _, f := range o.filters {
		named := f.filter.any
		for _, ref := range f.filter.rules {
			named = named || ref == r.Name && ref != "" || strings.EqualFold(ref, r.ID) && ref != ""
		}
		if named && o.within(f.LogSource, r.LogSource) && !o.detection(&f.filter.detection, ev) {
			return false
		}
	}
	return true
}

func (oracle) within(few, many LogSource) bool {
	same := func(a, b string) bool { return a == "" || a == b }
	return same(few.Category, many.Category) && same(few.Product, many.Product) && same(few.Service, many.Service)
}

func (o oracle) detection(d *detection, ev *Event) bool {
	for _, tree := range d.trees {
		if held, said := o.cond(d, tree, ev); said && held {
			return true
		}
	}
	return false
}

// cond says nothing for a pattern that fits no selection.
func (o oracle) cond(d *detection, c *cond, ev *Event) (held, said bool) {
	var answers []bool
	switch c.op {
	case condName:
		return o.selection(d.find(c.name), ev), true
	case condAny, condAll:
		for _, s := range d.selections {
			if o.covers(c.name, s.name) {
				answers = append(answers, o.selection(s, ev))
			}
		}
	default:
		for _, k := range c.kids {
			if held, said := o.cond(d, k, ev); said {
				answers = append(answers, held)
			}
		}
	}
	if len(answers) == 0 {
		return false, false
	}
	switch c.op {
	case condNot:
		return !answers[0], true
	case condAnd, condAll:
		return !slices.Contains(answers, false), true
	default:
		return slices.Contains(answers, true), true
	}
}

func (oracle) covers(pattern, name string) bool {
	if strings.HasPrefix(name, "_") && !strings.HasPrefix(pattern, "_") {
		return false
	}
	if pattern == "them" {
		return true
	}
	return slowGlob(parsePattern(pattern), name)
}

func (o oracle) selection(s *selection, ev *Event) bool {
	for _, items := range s.maps {
		held := true
		for _, it := range items {
			held = held && o.item(it, ev)
		}
		if held {
			return true
		}
	}
	return false
}

func (o oracle) item(it *item, ev *Event) bool {
	held := it.all
	for i := range it.values {
		v := it.values[i]
		if it.expand {
			v, _ = modify(it.raw[i], it.mods, o.placeholders)
		}
		if o.value(it, &v, ev) != it.all {
			held = !it.all
			break
		}
	}
	return held != it.neq
}

func (o oracle) value(it *item, v *value, ev *Event) bool {
	seen := sighted{}
	if it.field == "" {
		seen.present = true
		seen.every(ev.Fields)
		if ev.Raw != "" {
			seen.texts = append(seen.texts, ev.Raw)
		}
	} else {
		seen.find(ev.Fields, it.field)
	}
	switch v.kind {
	case valueNull:
		return !seen.present || seen.null
	case valueExists:
		return seen.present == v.want
	case valueFieldRef:
		other := sighted{}
		other.find(ev.Fields, v.field)
		for _, a := range seen.texts {
			for _, b := range other.texts {
				if o.refers(v, slowFold(a), slowFold(b)) {
					return true
				}
			}
		}
		return false
	}
	return slices.ContainsFunc(seen.texts, func(s string) bool { return o.scalar(it, v, s) })
}

func (oracle) refers(v *value, a, b string) bool {
	for at := 0; at+len(b) <= len(a); at++ {
		if a[at:at+len(b)] == b && (!v.pinStart || at == 0) && (!v.pinEnd || at+len(b) == len(a)) {
			return true
		}
	}
	return false
}

func (oracle) scalar(it *item, v *value, s string) bool {
	switch v.kind {
	case valueRegex:
		return v.regexp().MatchString(s)
	case valueCIDR:
		addr, err := netip.ParseAddr(s)
		return err == nil && v.net.Contains(addr.WithZone(""))
	case valueCompare:
		return slowCompare(s, v)
	case valueTime:
		n, ok := v.part.of(s)
		return ok && v.op.holds(n, v.number)
	}
	for _, alt := range v.alts {
		if it.field == "" && !v.anchored {
			alt = slices.Concat(pattern{{kind: anyRun}}, alt, pattern{{kind: anyRun}})
		}
		text := s
		if !v.cased {
			text, alt = slowFold(s), alt.mapLiterals(slowFold)
		}
		if slowGlob(alt, text) {
			return true
		}
	}
	return false
}

// sighted is what an event holds under a name.
type sighted struct {
	texts         []string
	present, null bool
}

func (s *sighted) find(fields map[string]any, name string) {
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

func (s *sighted) inside(v any, name string) {
	switch v := v.(type) {
	case map[string]any:
		s.find(v, name)
	case []any:
		for _, e := range v {
			s.inside(e, name)
		}
	}
}

func (s *sighted) take(v any) {
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

func (s *sighted) every(v any) {
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

func (s *sighted) scalar(v any) {
	switch v := v.(type) {
	case string:
		s.texts = append(s.texts, v)
	case []string:
		s.texts = append(s.texts, v...)
	case json.Number:
		text := string(v)
		if c, ok := canonicalNumber(text); ok {
			text = c
		}
		s.texts = append(s.texts, text)
	case float64:
		s.texts = append(s.texts, string(appendFloat(nil, v)))
	case time.Time:
		s.texts = append(s.texts, v.Format(time.RFC3339Nano))
	case bool, int, int64, int32, uint64, uint32, uint16:
		s.texts = append(s.texts, fmt.Sprint(v))
	}
}

// slowCompare compares exactly; what no float can hold is no number.
func slowCompare(s string, v *value) bool {
	if strings.Trim(s, "0123456789.-+eE") != "" || len(s) > 400 {
		return false
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return false
	}
	n, ok1 := new(big.Rat).SetString(s)
	want, ok2 := new(big.Rat).SetString(v.digits)
	return ok1 && ok2 && v.op.holds(float64(n.Cmp(want)), 0)
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
func slowGlob(p pattern, s string) bool {
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
		switch t := p[i]; t.kind {
		case literal:
			return strings.HasPrefix(s[at:], t.text) && from(i+1, at+len(t.text))
		case anyOne:
			if at == len(s) {
				return false
			}
			_, n := utf8.DecodeRuneInString(s[at:])
			return from(i+1, at+n)
		case anyDash:
			for _, d := range dashes {
				if strings.HasPrefix(s[at:], d) && from(i+1, at+len(d)) {
					return true
				}
			}
			return false
		case anyRun:
			if from(i+1, at) {
				return true
			}
			if at == len(s) {
				return false
			}
			n := 1
			if i+1 < len(p) && p[i+1].kind != literal {
				_, n = utf8.DecodeRuneInString(s[at:])
			}
			return from(i, at+n)
		}
		return false
	}
	return from(0, 0)
}

package sigma

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

type predicateOp uint8

const (
	opText predicateOp = iota
	opRegex
	opNetwork
	opCompare
	opTime
	opNull
	opExists
	opFieldRef
)

type textShape uint8

const (
	shapeGlob textShape = iota
	shapeExact
	shapePrefix
	shapeSuffix
	shapeContains
	shapePresent // "*": any value
)

// predicate is one question about one field; an empty field asks every value of
// the event (keywords). Equal questions of different rules have equal keys.
type predicate struct {
	field string
	op    predicateOp
	key   string

	pattern wildcard.Pattern // of opText, as written
	cased   bool
	shape   textShape
	literal string        // of the simple shapes, folded unless cased
	glob    wildcard.Glob // of shapeGlob, folded unless cased

	re               *regexp.Regexp
	written          string // of opRegex, for explanations
	net              netip.Prefix
	cmp              rulevalue.CompareOp
	number           float64
	digits           string // of number, which may have lost some
	part             scalar.TimePart
	other            string // of opFieldRef
	pinStart, pinEnd bool
	want             bool
}

func textPredicate(field string, p wildcard.Pattern, cased bool) *predicate {
	q := &predicate{field: field, op: opText, pattern: p, cased: cased}
	use := p
	if !cased {
		use = p.MapLiterals(fold.String)
	}
	q.shape, q.literal = shapeOf(use)
	if q.shape == shapeGlob {
		q.glob = wildcard.NewGlob(use)
	}
	var key strings.Builder
	fmt.Fprintf(&key, "%s\x00t%t", field, cased)
	for _, t := range use {
		key.WriteByte('\x01' + byte(t.Kind))
		key.WriteString(t.Text)
		key.WriteByte(0)
	}
	q.key = key.String()
	return q
}

func shapeOf(p wildcard.Pattern) (textShape, string) {
	switch {
	case len(p) == 0:
		return shapeExact, ""
	case len(p) == 1 && p[0].Kind == wildcard.AnyRun:
		return shapePresent, ""
	case len(p) == 1 && p[0].Kind == wildcard.Literal:
		return shapeExact, p[0].Text
	case len(p) == 2 && p[0].Kind == wildcard.Literal && p[1].Kind == wildcard.AnyRun:
		return shapePrefix, p[0].Text
	case len(p) == 2 && p[0].Kind == wildcard.AnyRun && p[1].Kind == wildcard.Literal:
		return shapeSuffix, p[1].Text
	case len(p) == 3 && p[0].Kind == wildcard.AnyRun && p[1].Kind == wildcard.Literal && p[2].Kind == wildcard.AnyRun:
		return shapeContains, p[1].Text
	}
	return shapeGlob, ""
}

func otherPredicate(field string, v *rulevalue.Value) *predicate {
	q := &predicate{field: field}
	switch v.Kind {
	case rulevalue.Regex:
		q.op, q.re = opRegex, v.Regexp()
		q.written = v.Expression()
		q.key = "r" + q.written
	case rulevalue.CIDR:
		q.op, q.net = opNetwork, v.Net
		q.key = "n" + v.Net.String()
	case rulevalue.Compare:
		q.op, q.cmp, q.number, q.digits = opCompare, v.Op, v.Number, v.Digits
		q.key = fmt.Sprintf("c%d %s", v.Op, v.Digits)
	case rulevalue.Time:
		q.op, q.cmp, q.number, q.digits, q.part = opTime, v.Op, v.Number, v.Digits, v.Part
		q.key = fmt.Sprintf("p%d %d %s", v.Part, v.Op, v.Digits)
	case rulevalue.Null:
		q.op, q.key = opNull, "0"
	case rulevalue.Exists:
		q.op, q.want = opExists, v.Want
		q.key = fmt.Sprintf("e%t", v.Want)
	case rulevalue.FieldRef:
		q.op, q.other, q.pinStart, q.pinEnd = opFieldRef, v.Field, v.PinStart, v.PinEnd
		q.key = fmt.Sprintf("f%t%t%s", v.PinStart, v.PinEnd, v.Field)
	}
	q.key = field + "\x00" + q.key
	return q
}

// matchText answers for one scalar value. low is the folded text.
func (q *predicate) matchText(text, low string) bool {
	switch q.op {
	case opText:
		if q.cased {
			low = text
		}
		return q.matchShape(low)
	case opRegex:
		return q.re.MatchString(text)
	case opNetwork:
		if !addressLike(text) {
			return false // before the library makes an error of it
		}
		addr, err := netip.ParseAddr(text)
		if q.net.Addr().Is4() {
			addr = addr.Unmap() // Windows writes ::ffff:10.0.0.1 of a client at 10.0.0.1
		}
		return err == nil && q.net.Contains(addr.WithZone(""))
	case opCompare:
		n, ok := scalar.Float(text)
		if ok && n == q.number && (n >= 1<<53 || n <= -1<<53) {
			return q.cmp.Holds(float64(scalar.CompareDecimals(text, q.digits)), 0)
		}
		return ok && q.cmp.Holds(n, q.number)
	case opTime:
		n, ok := q.part.Of(text)
		return ok && q.cmp.Holds(n, q.number)
	}
	return false
}

// addressLike leaves out most of what is no address.
func addressLike(s string) bool {
	if len(s) < 2 || len(s) > 100 {
		return false
	}
	colons := strings.IndexByte(s, ':') >= 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' || c == '.':
		case c == '%':
			return colons
		case c != ':' && (!colons || c|0x20 < 'a' || c|0x20 > 'f'):
			return false
		}
	}
	return colons || strings.Count(s, ".") == 3
}

func (q *predicate) matchShape(s string) bool {
	switch q.shape {
	case shapeExact:
		return s == q.literal
	case shapePrefix:
		return strings.HasPrefix(s, q.literal)
	case shapeSuffix:
		return strings.HasSuffix(s, q.literal)
	case shapeContains:
		return strings.Contains(s, q.literal)
	case shapePresent:
		return true
	default:
		return q.glob.Match(s)
	}
}

// matchRef compares two folded texts for a field reference.
func (q *predicate) matchRef(a, b string) bool {
	switch {
	case q.pinStart && q.pinEnd:
		return a == b
	case q.pinStart:
		return strings.HasPrefix(a, b)
	case q.pinEnd:
		return strings.HasSuffix(a, b)
	default:
		return strings.Contains(a, b)
	}
}

package sigma

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// textWidth is what a line of an explanation is kept to.
const textWidth = 80

// String is the tree as text: ✓ and ✗ before each node, the event's value and
// what would have had to differ below the predicates that stand in the way.
func (e Explanation) String() string {
	var b strings.Builder
	verdict := "does not fit"
	if e.Met {
		verdict = "fits"
	}
	if e.Rule != nil {
		fmt.Fprintf(&b, "%s %s: %s\n", mark(e.Met), shorten(e.Rule.Title, textWidth-18), verdict)
	}
	if !e.LogSourceMet {
		got := make([]string, len(e.Got))
		for i, l := range e.Got {
			got[i] = l.String()
		}
		fmt.Fprintf(&b, "✗ log source: the rule is for %s\n    the event is of %s\n", e.Wanted, shorten(strings.Join(got, ", "), textWidth-20))
	}
	if e.Note != "" {
		b.WriteString(e.Note + "\n")
	}
	if e.Root != nil {
		e.Root.write(&b, 0)
	}
	return b.String()
}

func mark(met bool) string {
	if met {
		return "✓"
	}
	return "✗"
}

// maxListed bounds how many alike alternatives are written out.
const maxListed = 6

func (r *Reason) write(b *strings.Builder, depth int) {
	indent := strings.Repeat("  ", min(depth, 12))
	room := textWidth - len(indent) - 2
	fmt.Fprintf(b, "%s%s %s\n", indent, mark(r.Met), shorten(r.Text, room))
	if r.Actual != "" && (r.Needed || r.Met) {
		fmt.Fprintf(b, "%s    is %s\n", indent, shorten(r.Actual, room-5))
	}
	if r.Change != "" {
		fmt.Fprintf(b, "%s    %s\n", indent, shorten(r.Change, room-2))
	}
	left := 0
	for i, k := range r.Kids {
		// Of a long list the parts that hold tell the story; the rest repeats.
		if i >= maxListed && !k.Met && len(k.Kids) == 0 {
			left++
			continue
		}
		k.write(b, depth+1)
	}
	if left > 0 {
		fmt.Fprintf(b, "%s  ✗ and %d more\n", indent, left)
	}
}

// shorten keeps the start of a text within a width and on one line.
func shorten(s string, width int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '·'
		}
		return r
	}, s)
	if width = max(width, 16); utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}

// String is the predicate in words.
func (q *predicate) String() string {
	field := q.field
	if field == "" {
		field = "any value"
	}
	switch q.op {
	case opText:
		return field + " " + q.verb() + " " + q.valueText()
	case opRegex:
		return field + " matches /" + q.re.String() + "/"
	case opNetwork:
		return field + " is in " + q.net.String()
	case opCompare:
		return fmt.Sprintf("%s %s %s", field, q.cmp, q.digits)
	case opTime:
		return fmt.Sprintf("%s of %s %s %s", q.part, field, q.cmp, q.digits)
	case opNull:
		return field + " is absent or null"
	case opExists:
		if q.want {
			return field + " exists"
		}
		return field + " does not exist"
	default:
		return field + " " + q.refVerb() + " the value of " + q.other
	}
}

func (q *predicate) verb() string {
	cased := ""
	if q.cased {
		cased = " (with case)"
	}
	switch q.shape {
	case shapeExact:
		return "is" + cased
	case shapePrefix:
		return "starts with" + cased
	case shapeSuffix:
		return "ends with" + cased
	case shapeContains:
		return "contains" + cased
	case shapePresent:
		return "has a value"
	default:
		return "is like" + cased
	}
}

// valueText is the wanted text without the wildcards the verb already says.
func (q *predicate) valueText() string {
	if q.shape == shapePresent {
		return ""
	}
	p := q.pattern
	if q.shape != shapeGlob {
		if p.startsOpen() {
			p = p[1:]
		}
		if p.endsOpen() {
			p = p[:len(p)-1]
		}
		return strconv.Quote(p.plain())
	}
	return strconv.Quote(p.String())
}

func (q *predicate) refVerb() string {
	switch {
	case q.pinStart && q.pinEnd:
		return "is"
	case q.pinStart:
		return "starts with"
	case q.pinEnd:
		return "ends with"
	default:
		return "contains"
	}
}

// actual is what the event holds where the predicate looks.
func (q *predicate) actual(ev *Event) string {
	if q.field == "" {
		return ""
	}
	out := actualOf(q.field, ev)
	if q.op == opFieldRef {
		out += "; " + q.other + " is " + actualOf(q.other, ev)
	}
	return out
}

func actualOf(field string, ev *Event) string {
	var r reading
	r.read(ev.Fields, field)
	switch {
	case !r.present:
		return "absent"
	case len(r.texts) == 0 && r.null:
		return "null"
	case len(r.texts) == 0:
		return "not a text"
	}
	quoted := make([]string, len(r.texts))
	for i, t := range r.texts {
		quoted[i] = strconv.Quote(t)
	}
	return strings.Join(quoted, ", ")
}

// change says what would have had to differ.
func (q *predicate) change(met bool) string {
	if met {
		return "must not hold: " + q.String()
	}
	if q.op == opNull || q.op == opExists {
		return "must hold: " + q.String()
	}
	return "would have to: " + q.String()
}

package sigma

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// String is the predicate in words.
func (q *predicate) String() string { return q.subject() + " " + q.predicateText() }

func (q *predicate) subject() string {
	switch {
	case q.field == "":
		return "any value"
	case q.op == opTime:
		return q.part.String() + " of " + q.field
	}
	return q.field
}

// predicateText is the predicate without what it is about.
func (q *predicate) predicateText() string {
	verb, object := q.verb()
	return strings.TrimSpace(verb.indicative + " " + object)
}

// verb is a verb as a finding and as a wish.
type verb struct{ indicative, infinitive string }

var (
	verbIs       = verb{"is", "be"}
	verbStarts   = verb{"starts with", "start with"}
	verbEnds     = verb{"ends with", "end with"}
	verbContains = verb{"contains", "contain"}
	verbLike     = verb{"is like", "be like"}
	verbMatches  = verb{"matches", "match"}
	verbWithin   = verb{"is in", "be in"}
	verbPresent  = verb{"has a value", "have a value"}
	verbNull     = verb{"is absent or null", "be absent or null"}
	verbExists   = verb{"exists", "exist"}
	verbAbsent   = verb{"does not exist", "not exist"}
)

func (q *predicate) verb() (verb, string) {
	switch q.op {
	case opText:
		return q.textVerb()
	case opRegex:
		return verbMatches, "/" + q.written + "/"
	case opNetwork:
		return verbWithin, q.net.String()
	case opCompare, opTime:
		return verb{q.cmp.String(), "be " + q.cmp.String()}, q.digits
	case opNull:
		return verbNull, ""
	case opExists:
		if q.want {
			return verbExists, ""
		}
		return verbAbsent, ""
	}
	return anchorVerb(q.pinStart, q.pinEnd), "the value of " + q.other
}

func anchorVerb(start, end bool) verb {
	switch {
	case start && end:
		return verbIs
	case start:
		return verbStarts
	case end:
		return verbEnds
	}
	return verbContains
}

// textVerb says the wildcards at the ends as a verb, and in the text only those
// between.
func (q *predicate) textVerb() (verb, string) {
	p := q.pattern
	if q.shape == shapePresent {
		return verbPresent, ""
	}
	open, close := p.StartsOpen(), p.EndsOpen()
	inner := p
	if open {
		inner = inner[1:]
	}
	if close && len(inner) > 0 {
		inner = inner[:len(inner)-1]
	}
	v, text := anchorVerb(!open, !close), textline.Quote(inner.PlainWithDashes())
	if inner.HasWildcard() {
		v, text = verbLike, textline.Quote(p.String())
	}
	if inner.Has(wildcard.AnyDash) {
		text += " (or another dash)"
	}
	if q.cased {
		text += " (case-sensitive)"
	}
	return v, text
}

// actual is what the event holds where the predicate looks.
func (q *predicate) actual(ev *logevent.Event) string {
	if q.field == "" {
		return ""
	}
	out := actualOf(q.field, ev)
	if q.op == opFieldRef {
		out += "; " + q.other + " is " + actualOf(q.other, ev)
	}
	return out
}

func actualOf(field string, ev *logevent.Event) string {
	var r fieldreader.Reader
	r.ReadField(ev.Fields, field)
	switch {
	case !r.Present:
		return "absent"
	case len(r.Texts) == 0 && r.Null:
		return "null"
	case len(r.Texts) == 0:
		return "not a string"
	}
	quoted := make([]string, len(r.Texts))
	for i, t := range r.Texts {
		quoted[i] = textline.Quote(t)
	}
	return strings.Join(quoted, ", ")
}

// change says what would have had to differ for the predicate to come out as
// wanted.
func (q *predicate) change(wanted bool) string {
	v, object := q.verb()
	subject, wish := q.subject(), "must"
	switch {
	case q.field == "" && wanted:
		subject = "at least one value"
	case q.field == "":
		subject = "values"
	}
	if !wanted {
		wish = "must not"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", subject, wish, v.infinitive, object))
}

// maxNamed bounds how many alternatives a sentence names.
const maxNamed = 3

// anyChange is change for a list of which one is enough.
func (e *expr) anyChange() string {
	first := e.children[0]
	if first.op != exprLeaf {
		return e.text + " must match one of its values"
	}
	out := first.predicate.change(true)
	for i, k := range e.children[1:] {
		switch {
		case k.op != exprLeaf:
		case i+1 < maxNamed:
			_, object := k.predicate.verb()
			out += " or " + object
		case i+1 == maxNamed:
			return out + fmt.Sprintf(" or one of %d more", len(e.children)-maxNamed)
		}
	}
	return out
}

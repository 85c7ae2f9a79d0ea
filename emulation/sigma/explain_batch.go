package sigma

import (
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Batch is events of one log source of which many rules are asked how near they came.
// What one rule asked about a value is not asked again for the next. A batch must be
// used by one goroutine at a time; [Batch.Share] gives another its own.
type Batch struct {
	*columns
	answers map[string]*answers
}

// columns are events by their fields. They are safe for concurrent use.
type columns struct {
	events  []*logevent.Event
	mutex   sync.Mutex
	byField map[string]*column
}

// column is what the events have in one field: few values, each of many events. That of
// keywords has all texts of an event.
type column struct {
	value  []int32 // by event
	values []columnValue
}

// columnValue is the texts of one field of an event, as they are and folded.
type columnValue struct{ texts, folded []string }

// answers are what a predicate says: about each value of its field, or about each event
// where it looks at more than one field's texts.
type answers struct {
	predicate *predicate
	column    *column // nil: by event
	known     []int8  // 0 not asked yet, 1 holds, -1 does not
}

// NewBatch returns a batch of events, which must not be changed while it is used.
func NewBatch(events []*logevent.Event) *Batch {
	return &Batch{columns: &columns{events: events, byField: map[string]*column{}}, answers: map[string]*answers{}}
}

// Share returns a batch of the same events, which are not read again.
func (b *Batch) Share() *Batch { return &Batch{columns: b.columns, answers: map[string]*answers{}} }

// NearMissIn is [Set.NearMiss] of the events of a batch. All of them must be of the
// rule's log source, unless it is a correlation.
func (s *Set) NearMissIn(rule *Rule, batch *Batch) (near NearMiss, ok bool) {
	p := s.byRule[rule]
	if p == nil {
		return s.NearMiss(rule, batch.events)
	}
	bound := batch.bind(p.expr())
	best, least := -1, 1<<30
	for i := range batch.events {
		if n := bound.mismatches(batch, i, true, least); n < least {
			best, least = i, n
		}
		if least == 0 {
			return NearMiss{}, false
		}
	}
	if best < 0 {
		return NearMiss{}, false
	}
	return NearMiss{Event: best, Changes: p.expr().changes(batch.events[best])}, true
}

// boundExpr is an expression whose predicates know their answers in a batch.
type boundExpr struct {
	expr     *expr
	children []*boundExpr
	answers  *answers
}

func (b *Batch) bind(e *expr) *boundExpr {
	out := &boundExpr{expr: e}
	if e.op == exprLeaf {
		out.answers = b.answersOf(e.predicate)
		return out
	}
	out.children = make([]*boundExpr, len(e.children))
	for i, child := range e.children {
		out.children[i] = b.bind(child)
	}
	return out
}

func (b *Batch) answersOf(q *predicate) *answers {
	if known, ok := b.answers[q.key]; ok {
		return known
	}
	a := &answers{predicate: q}
	if q.op == opExists || q.op == opNull || q.op == opFieldRef {
		a.known = make([]int8, len(b.events))
	} else {
		a.column = b.of(q.field)
		a.known = make([]int8, len(a.column.values))
	}
	b.answers[q.key] = a
	return a
}

// of returns the column of a field; that of no field is of keywords.
func (b *columns) of(field string) *column {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if known, ok := b.byField[field]; ok {
		return known
	}
	c := &column{value: make([]int32, len(b.events))}
	index := map[string]int32{}
	for i, ev := range b.events {
		var r fieldreader.Reader
		if field == "" {
			r.AddEvent(ev.Fields, ev.Raw)
		} else {
			r.ReadField(ev.Fields, field)
		}
		key := strings.Join(r.Texts, "\x00")
		at, known := index[key]
		if !known || len(c.values[at].texts) != len(r.Texts) {
			at = int32(len(c.values))
			index[key] = at
			value := columnValue{texts: r.Texts}
			for _, text := range r.Texts {
				value.folded = append(value.folded, fold.String(text))
			}
			c.values = append(c.values, value)
		}
		c.value[i] = at
	}
	b.byField[field] = c
	return c
}

// hold reports whether the predicate holds for an event of the batch.
func (a *answers) hold(b *Batch, event int) bool {
	at := int32(event)
	if a.column != nil {
		at = a.column.value[event]
	}
	if a.known[at] == 0 {
		holds := false
		if a.column == nil {
			holds = a.predicate.holds(b.events[event])
		} else {
			value := a.column.values[at]
			for i, text := range value.texts {
				holds = holds || a.predicate.matchText(text, value.folded[i])
			}
		}
		a.known[at] = -1
		if holds {
			a.known[at] = 1
		}
	}
	return a.known[at] == 1
}

// mismatches is that of the expression, but no more than limit.
func (x *boundExpr) mismatches(b *Batch, event int, wanted bool, limit int) int {
	switch x.expr.op {
	case exprLeaf:
		if limit == 0 || x.answers.hold(b, event) == wanted {
			return 0
		}
		return 1
	case exprNot:
		return x.children[0].mismatches(b, event, !wanted, limit)
	}
	if x.expr.needsAll(wanted) {
		sum := 0
		for _, child := range x.children {
			if sum += child.mismatches(b, event, wanted, limit-sum); sum >= limit {
				return limit
			}
		}
		return sum
	}
	least := limit
	for _, child := range x.children {
		if least = min(least, child.mismatches(b, event, wanted, least)); least == 0 {
			return 0
		}
	}
	return least
}

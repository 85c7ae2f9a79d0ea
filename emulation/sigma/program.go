package sigma

import (
	"slices"
	"strings"
	"sync"
)

// program is the compiled form of the rules that apply to the same events. An
// event is matched in two steps: the fields that hold triggers are scanned once
// each, which finds the few rules that may fit, and those go through their forks.
type program struct {
	plans     []*plan
	preds     []asked
	slots     []slot     // those with a scanner come first
	scanning  int        // how many they are
	names     fieldNames // of those with a scanner
	dotted    []int32    // scanning slots whose field may be nested
	everytime []uint64
	forks     []fork
	entries   []int32 // of each plan, its first fork
	keyword   int32   // the slot of the whole event if keywords are scanned for, else -1
	scratch   sync.Pool
}

// asked is a predicate as a program knows it, once for all rules that share it.
type asked struct {
	*predicate
	slot, other int32
	wakes       []int32 // plans it triggers
	scanned     bool    // the scan finds it, so not found means false
	sure        bool    // and found means true
	needles     []needle
	caseless    bool // about bytes that folding leaves alone, and brings about nowhere
	rules       int  // that ask it
	hint        *regexHint
}

// slot is a field some predicate asks about.
type slot struct {
	field   string
	scanner *scanner
}

// fork asks a predicate and goes on according to the answer: to another fork, or
// to the end.
type fork struct{ pred, yes, no int32 }

const (
	fits   int32 = -1
	misfit int32 = -2
)

type builder struct {
	*program
	slotOf map[string]int32
	byKey  map[string]int32
	byPred map[*predicate]int32
	known  *expr // the part of a rule that is true whenever the rule is asked
}

func newProgram(plans []*plan) *program {
	p := &program{plans: plans, everytime: make([]uint64, (len(plans)+63)/64), keyword: -1}
	b := &builder{program: p, slotOf: map[string]int32{}, byKey: map[string]int32{}, byPred: map[*predicate]int32{}}
	for _, pl := range plans {
		b.count(pl.expr(), map[int32]bool{})
	}
	known := make([]*expr, len(plans))
	for i, pl := range plans {
		t, ok := b.triggers(pl.expr(), false)
		if !ok {
			p.everytime[i/64] |= 1 << (i % 64)
		}
		for _, id := range t.preds {
			p.preds[id].scanned = true
			if hint := p.preds[id].hint; hint != nil {
				hint.literals = nil // the scan looks for them
			}
			p.preds[id].wakes = append(p.preds[id].wakes, int32(i))
		}
		if t.exact {
			known[i] = t.of
		}
	}
	for i, pl := range plans {
		b.known = known[i]
		p.entries = append(p.entries, b.emit(pl.expr(), fits, misfit))
	}
	b.layout()
	p.scratch.New = func() any { return newScratch(p) }
	return p
}

// intern gives equal predicates one id.
func (b *builder) intern(q *predicate) int32 {
	if id, ok := b.byPred[q]; ok {
		return id
	}
	id, ok := b.byKey[q.key]
	if !ok {
		id = int32(len(b.preds))
		a := asked{predicate: q}
		a.needles, a.sure = q.needles()
		a.caseless = q.op == opText && q.pattern.caseless()
		if q.op == opRegex {
			a.hint = newRegexHint(q.re.String())
		}
		b.preds = append(b.preds, a)
		b.byKey[q.key] = id
	}
	b.byPred[q] = id
	return id
}

func (b *builder) count(e *expr, seen map[int32]bool) {
	if e.op == exprLeaf {
		if id := b.intern(e.pred); !seen[id] {
			seen[id] = true
			b.preds[id].rules++
		}
	}
	for _, k := range e.kids {
		b.count(k, seen)
	}
}

// emit writes the forks of e from the last to the first and returns the first.
func (b *builder) emit(e *expr, yes, no int32) int32 {
	if e == b.known {
		return yes
	}
	switch e.op {
	case exprLeaf:
		b.forks = append(b.forks, fork{b.intern(e.pred), yes, no})
		return int32(len(b.forks) - 1)
	case exprNot:
		return b.emit(e.kids[0], no, yes)
	case exprAnd:
		for _, k := range slices.Backward(b.byCost(e)) {
			yes = b.emit(k, yes, no)
		}
		return yes
	default:
		for _, k := range slices.Backward(b.byCost(e)) {
			no = b.emit(k, yes, no)
		}
		return no
	}
}

// layout gives every field its slot, those to be scanned first.
func (b *builder) layout() {
	found := map[string][]find{}
	var fields []string
	for id := range b.preds {
		p := &b.preds[id]
		if !p.scanned {
			continue
		}
		if found[p.field] == nil {
			fields = append(fields, p.field)
		}
		for _, n := range p.needles {
			found[p.field] = append(found[p.field], find{n, int32(id), p.sure})
		}
	}
	for _, field := range fields {
		at := b.slot(field)
		finds := found[field]
		if field != "" {
			finds = append(finds, found[""]...) // keywords look there too
		}
		b.slots[at].scanner = newScanner(finds)
		if field == "" {
			b.keyword = at
			b.slots[at].scanner.mark = markOf(finds)
		} else if strings.Contains(field, ".") {
			b.dotted = append(b.dotted, at)
		}
	}
	b.scanning = len(b.slots)
	b.names = newFieldNames(b.slots)
	for id := range b.preds {
		p := &b.preds[id]
		p.slot = b.slot(p.field)
		if p.op == opFieldRef {
			p.other = b.slot(p.predicate.other)
		}
	}
}

func (b *builder) slot(field string) int32 {
	at, ok := b.slotOf[field]
	if !ok {
		at = int32(len(b.slots))
		b.slots = append(b.slots, slot{field: field})
		b.slotOf[field] = at
	}
	return at
}

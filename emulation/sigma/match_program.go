package sigma

import (
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
)

// program is the compiled form of the rules that apply to the same events. An
// event is matched in two steps: each field that rules have literals for is scanned
// once, which triggers the few rules that may match, and their decisions are evaluated.
// MATCHING.md explains it from end to end.
type program struct {
	rules          []*compiledRule
	predicates     []compiledPredicate
	triggers       [][]int32  // by predicate: the rules that it triggers
	slots          []slot     // those with a scanner come first
	scannedSlots   int        // how many they are
	fieldIndex     fieldIndex // of those with a scanner
	dotted         []int32    // scanning slots whose field may be nested
	alwaysEvaluate []uint64
	decisions      []decision
	firstDecisions []int32 // of each rule, its first decision
	keyword        int32   // the slot of the whole event if keywords are scanned for, else -1
	states         sync.Pool
}

// compiledPredicate is a predicate as a program knows it, once for all rules that share it.
type compiledPredicate struct {
	*predicate
	slot, other int32
	scanned     bool // the scan finds it, so not found means false
	exact       bool // and found means true
	literals    []literalscan.Literal
	caseless    bool // about bytes that folding leaves alone, and brings about nowhere
	rules       int  // that ask it
	prefilter   *regexlit.Prefilter
}

// slot is a field some predicate asks about.
type slot struct {
	field   string
	scanner *literalscan.Scanner
}

// decision is a node of a rule's decision diagram: the predicate to evaluate, and the
// index of the next decision, or accept or reject, for each answer.
type decision struct{ predicate, yes, no int32 }

const (
	accept int32 = -1
	reject int32 = -2
)

type builder struct {
	*program
	slotOf  map[string]int32
	byKey   map[string]int32
	byPred  map[*predicate]int32
	implied *expr // the part of a rule that is true whenever the rule is asked
}

func newProgram(rules []*compiledRule) *program {
	p := &program{rules: rules, alwaysEvaluate: make([]uint64, (len(rules)+63)/64), keyword: -1}
	b := &builder{program: p, slotOf: map[string]int32{}, byKey: map[string]int32{}, byPred: map[*predicate]int32{}}
	for _, rule := range rules {
		b.countUses(rule.expr(), map[int32]bool{})
	}
	p.triggers = make([][]int32, len(p.predicates))
	implied := make([]*expr, len(rules))
	for i, rule := range rules {
		t, ok := b.findTrigger(rule.expr(), false)
		if !ok {
			p.alwaysEvaluate[i/64] |= 1 << (i % 64)
		}
		for _, id := range t.predicates {
			p.predicates[id].scanned = true
			if hint := p.predicates[id].prefilter; hint != nil {
				hint.OmitLiterals()
			}
			p.triggers[id] = append(p.triggers[id], int32(i))
		}
		if t.exact {
			implied[i] = t.part
		}
	}
	for i, rule := range rules {
		b.implied = implied[i]
		p.firstDecisions = append(p.firstDecisions, b.emit(rule.expr(), accept, reject))
	}
	b.assignSlots()
	p.states.New = func() any { return newMatchState(p) }
	return p
}

// intern gives equal predicates one id.
func (b *builder) intern(q *predicate) int32 {
	if id, ok := b.byPred[q]; ok {
		return id
	}
	id, ok := b.byKey[q.key]
	if !ok {
		id = int32(len(b.predicates))
		a := compiledPredicate{predicate: q}
		a.literals, a.exact = q.literals()
		a.caseless = q.op == opText && q.pattern.IsCaseless()
		if q.op == opRegex {
			a.prefilter = regexlit.NewPrefilter(q.re.String())
		}
		b.predicates = append(b.predicates, a)
		b.byKey[q.key] = id
	}
	b.byPred[q] = id
	return id
}

func (b *builder) countUses(e *expr, seen map[int32]bool) {
	if e.op == exprLeaf {
		if id := b.intern(e.predicate); !seen[id] {
			seen[id] = true
			b.predicates[id].rules++
		}
	}
	for _, k := range e.children {
		b.countUses(k, seen)
	}
}

// emit writes the decisions of e from the last to the first and returns the first.
func (b *builder) emit(e *expr, yes, no int32) int32 {
	if e == b.implied {
		return yes
	}
	switch e.op {
	case exprLeaf:
		b.decisions = append(b.decisions, decision{b.intern(e.predicate), yes, no})
		return int32(len(b.decisions) - 1)
	case exprNot:
		return b.emit(e.children[0], no, yes)
	case exprAnd:
		for _, k := range slices.Backward(b.sortedByCost(e)) {
			yes = b.emit(k, yes, no)
		}
		return yes
	default:
		for _, k := range slices.Backward(b.sortedByCost(e)) {
			no = b.emit(k, yes, no)
		}
		return no
	}
}

// assignSlots gives every field its slot, those to be scanned first.
func (b *builder) assignSlots() {
	found := map[string][]literalscan.Ref{}
	var fields []string
	for id := range b.predicates {
		p := &b.predicates[id]
		if !p.scanned {
			continue
		}
		if found[p.field] == nil {
			fields = append(fields, p.field)
		}
		for _, n := range p.literals {
			found[p.field] = append(found[p.field], literalscan.Ref{Literal: n, Predicate: int32(id), Exact: p.exact})
		}
	}
	for _, field := range fields {
		at := b.slotOfField(field)
		refs := found[field]
		if field != "" {
			refs = append(refs, found[""]...) // keywords look there too
		}
		b.slots[at].scanner = literalscan.NewScanner(refs)
		if field == "" {
			b.keyword = at
			b.slots[at].scanner = literalscan.NewKeywordScanner(refs)
		} else if strings.Contains(field, ".") {
			b.dotted = append(b.dotted, at)
		}
	}
	b.scannedSlots = len(b.slots)
	b.fieldIndex = newFieldIndex(b.slots)
	for id := range b.predicates {
		p := &b.predicates[id]
		p.slot = b.slotOfField(p.field)
		if p.op == opFieldRef {
			p.other = b.slotOfField(p.predicate.other)
		}
	}
}

func (b *builder) slotOfField(field string) int32 {
	at, ok := b.slotOf[field]
	if !ok {
		at = int32(len(b.slots))
		b.slots = append(b.slots, slot{field: field})
		b.slotOf[field] = at
	}
	return at
}

// compiledRule is a detection rule ready to be evaluated. Its expression is made when it
// is first asked for: most of a large set is for log sources that never come.
type compiledRule struct {
	rule              *Rule
	index             int
	expr              func() *expr
	readFields        func() []string // what it reads
	filters           []*expr
	suppressed        bool // only correlations of it raise alerts
	correlationInputs []*correlationInput
}

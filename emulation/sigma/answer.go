package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
)

// decide goes through the decisions of a rule.
func (m *matchState) decide(at int32) bool {
	for at >= 0 {
		s := &m.decisions[at]
		if m.holds(s.predicate) {
			at = s.yes
		} else {
			at = s.no
		}
	}
	return at == accept
}

// holds answers a predicate, and evaluates it once an event at most.
func (m *matchState) holds(id int32) bool {
	answer := m.Answer(id)
	if answer == literalscan.Yes || answer == literalscan.No {
		return answer == literalscan.Yes
	}
	q := &m.predicates[id]
	if answer == literalscan.Unknown && q.scanned {
		return false
	}
	answer = literalscan.No
	if m.evaluate(q) {
		answer = literalscan.Yes
	}
	m.SetAnswer(id, answer)
	return answer == literalscan.Yes
}

func (m *matchState) evaluate(q *compiledPredicate) bool {
	f := m.readSlot(q.slot)
	switch q.op {
	case opExists:
		return f.present == q.want
	case opNull:
		return !f.present || f.null
	case opFieldRef:
		other := m.readSlot(q.other)
		for i := f.from; i < f.to; i++ {
			for j := other.from; j < other.to; j++ {
				if q.matchRef(m.FoldedAt(i), m.FoldedAt(j)) {
					return true
				}
			}
		}
		return false
	}
	for i := f.from; i < f.to; i++ {
		if m.matchesText(q, i) {
			return true
		}
	}
	return false
}

// matchesText answers for the text of index i, which is folded only for those
// predicates that compare folded texts.
func (m *matchState) matchesText(q *compiledPredicate, i int32) bool {
	if q.op != opText || q.caseless {
		return (q.prefilter == nil || m.mayMatch(q.prefilter, i)) && q.matchText(m.Texts[i], m.Texts[i])
	}
	if q.cased {
		return q.matchShape(m.Texts[i])
	}
	return q.matchShape(m.FoldedAt(i))
}

// mayMatch asks for the folded text only if it has to.
func (m *matchState) mayMatch(h *regexlit.Prefilter, i int32) bool {
	return h.RunIn(m.Texts[i]) && (!h.NeedsFolded() || h.LiteralsIn(m.FoldedAt(i)))
}

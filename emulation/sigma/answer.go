package sigma

import "github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"

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

// holds answers a predicate once an event.
func (m *matchState) holds(pred int32) bool {
	answer := m.answers[pred]
	known := answer>>2 == m.epoch
	if known && answer&3 != answerMaybe {
		return answer&3 == answerYes
	}
	q := &m.predicates[pred]
	if !known && q.scanned {
		return false
	}
	answer = answerNo
	if m.evaluate(q) {
		answer = answerYes
	}
	m.answers[pred] = m.epoch<<2 | answer
	return answer == answerYes
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
				if q.matchRef(m.foldedAt(i), m.foldedAt(j)) {
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
	return q.matchShape(m.foldedAt(i))
}

// mayMatch asks for the folded text only if it has to.
func (m *matchState) mayMatch(h *regexlit.Prefilter, i int32) bool {
	return h.RunIn(m.Texts[i]) && (!h.NeedsFolded() || h.LiteralsIn(m.foldedAt(i)))
}

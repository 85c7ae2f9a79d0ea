package sigma

// run goes through the forks of a rule.
func (x *scratch) run(at int32) bool {
	for at >= 0 {
		s := &x.forks[at]
		if x.ask(s.pred) {
			at = s.yes
		} else {
			at = s.no
		}
	}
	return at == fits
}

// ask answers a predicate once an event.
func (x *scratch) ask(pred int32) bool {
	answer := x.answers[pred]
	known := answer>>2 == x.epoch
	if known && answer&3 != maybe {
		return answer&3 == yes
	}
	q := &x.preds[pred]
	if !known && q.scanned {
		return false
	}
	answer = no
	if x.evaluate(q) {
		answer = yes
	}
	x.answers[pred] = x.epoch<<2 | answer
	return answer == yes
}

func (x *scratch) evaluate(q *asked) bool {
	f := x.field(q.slot)
	switch q.op {
	case opExists:
		return f.present == q.want
	case opNull:
		return !f.present || f.null
	case opFieldRef:
		other := x.field(q.other)
		for i := f.from; i < f.to; i++ {
			for j := other.from; j < other.to; j++ {
				if q.matchRef(x.low(i), x.low(j)) {
					return true
				}
			}
		}
		return false
	}
	for i := f.from; i < f.to; i++ {
		if x.matches(q, i) {
			return true
		}
	}
	return false
}

// matches answers for the text of index i, which is folded only for those
// predicates that compare folded texts.
func (x *scratch) matches(q *asked, i int32) bool {
	if q.op != opText || q.caseless {
		return (q.hint == nil || q.hint.allows(i, x)) && q.matchText(x.texts[i], x.texts[i])
	}
	if q.cased {
		return q.matchShape(x.texts[i])
	}
	return q.matchShape(x.low(i))
}

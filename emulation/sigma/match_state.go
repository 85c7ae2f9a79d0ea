package sigma

import (
	"math/bits"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// matchState is what one event needs while it is matched. It is pooled by program,
// so that matching does not allocate.
type matchState struct {
	*program
	literalscan.State
	event  *logevent.Event
	fields []field
}

// field is what a slot holds in the present event.
type field struct {
	epoch         uint32
	from, to      int32 // of the texts
	present, null bool
}

func newMatchState(p *program) *matchState {
	return &matchState{program: p, State: literalscan.NewState(p.triggers, len(p.alwaysEvaluate)), fields: make([]field, len(p.slots))}
}

// match appends the rules that fit. Rules that do not apply to the event's log
// sources are left out if routed is false.
func (p *program) match(ev *logevent.Event, out []*Rule, routed bool) []*Rule {
	m := p.states.Get().(*matchState)
	m.begin(ev)
	m.scanFields()
	for w, word := range m.State.Triggered {
		for ; word != 0; word &= word - 1 {
			i := w*64 + bits.TrailingZeros64(word)
			if rule := p.rules[i].rule; (routed || rule.LogSource.AppliesTo(ev.LogSources)) && m.decide(p.firstDecisions[i]) {
				out = append(out, rule)
			}
		}
	}
	m.end()
	return out
}

func (m *matchState) begin(ev *logevent.Event) {
	m.event = ev
	if m.State.Begin(m.alwaysEvaluate) {
		clear(m.fields)
	}
}

func (m *matchState) end() {
	m.event = nil
	m.State.End()
	m.program.states.Put(m)
}

// readSlot reads a slot's field unless that was done.
func (m *matchState) readSlot(at int32) *field {
	f := &m.fields[at]
	if f.epoch == m.Epoch {
		return f
	}
	from := m.beginField()
	if name := m.slots[at].field; name == "" {
		m.AddEvent(m.event.Fields, m.event.Raw)
	} else {
		m.ReadField(m.event.Fields, name)
	}
	return m.endField(at, from)
}

// setValue has a slot hold a value that was found for it, and only a text.
func (m *matchState) setValue(at int32, v any) *field {
	from := m.beginField()
	m.Present = true
	m.AddValue(v, 0)
	return m.endField(at, from)
}

func (m *matchState) setText(at int32, text string) *field {
	from := int32(len(m.Texts))
	m.Texts = append(m.Texts, text)
	f := &m.fields[at]
	*f = field{m.Epoch, from, from + 1, true, false}
	return f
}

func (m *matchState) beginField() (from int) {
	m.Present, m.Null = false, false
	return len(m.Texts)
}

// endField keeps what was read since open as the field of a slot.
func (m *matchState) endField(at int32, from int) *field {
	f := &m.fields[at]
	*f = field{m.Epoch, int32(from), int32(len(m.Texts)), m.Present, m.Null}
	return f
}

// decide evaluates the decisions of a rule from the given one on, and reports whether
// they end at accept.
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

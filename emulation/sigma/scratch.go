package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"math/bits"
	"unsafe"
)

// matchState is what one event needs while it is matched. It is pooled by program
// and grows to the size of the events, so that matching does not allocate.
type matchState struct {
	*program
	fieldreader.Reader
	event          *logevent.Event
	foldedTexts    []string // beside the first of the reading's texts: folded, or empty until asked for
	foldArena      []byte
	epoch          uint32
	answers        []uint32 // per predicate: epoch<<2 | answer; of another epoch: unknown
	fields         []field
	candidateRules []uint64
}

// field is what a slot holds in the present event.
type field struct {
	epoch         uint32
	from, to      int32 // of the texts
	present, null bool
}

const (
	answerMaybe uint32 = iota // a literal was found; the predicate has to be asked
	answerYes
	answerNo
)

// The most a pooled state keeps after an event.
const (
	keptBytes = 1 << 20
	keptTexts = 1 << 14
)

func newMatchState(p *program) *matchState {
	return &matchState{program: p, answers: make([]uint32, len(p.predicates)), fields: make([]field, len(p.slots)), candidateRules: make([]uint64, len(p.alwaysEvaluate))}
}

// match appends the rules that fit. Rules that do not apply to the event's log
// sources are left out if routed is false.
func (p *program) match(ev *logevent.Event, out []*Rule, routed bool) []*Rule {
	m := p.states.Get().(*matchState)
	m.begin(ev)
	m.scanFields()
	for w, word := range m.candidateRules {
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
	if m.epoch++; m.epoch == 1<<30 {
		m.epoch = 1
		clear(m.answers)
		clear(m.fields)
	}
	copy(m.candidateRules, m.alwaysEvaluate)
}

// end lets go of the event, and of memory only an unusual one needs.
func (m *matchState) end() {
	m.event = nil
	clear(m.Texts)
	clear(m.foldedTexts)
	m.Texts, m.foldedTexts, m.foldArena, m.Arena = m.Texts[:0], m.foldedTexts[:0], m.foldArena[:0], m.Arena[:0]
	if cap(m.foldArena) > keptBytes || cap(m.Arena) > keptBytes || cap(m.Texts) > keptTexts {
		m.Texts, m.foldedTexts, m.foldArena, m.Arena = nil, nil, nil, nil
	}
	m.program.states.Put(m)
}

// readSlot reads a slot's field unless that was done.
func (m *matchState) readSlot(at int32) *field {
	f := &m.fields[at]
	if f.epoch == m.epoch {
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
	*f = field{m.epoch, from, from + 1, true, false}
	return f
}

func (m *matchState) beginField() (from int) {
	m.Present, m.Null = false, false
	return len(m.Texts)
}

// endField keeps what was read since open as the field of a slot.
func (m *matchState) endField(at int32, from int) *field {
	f := &m.fields[at]
	*f = field{m.epoch, int32(from), int32(len(m.Texts)), m.Present, m.Null}
	return f
}

// foldedAt is the text of index i, folded when it is first asked for.
func (m *matchState) foldedAt(i int32) string {
	for len(m.foldedTexts) <= int(i) {
		m.foldedTexts = append(m.foldedTexts, "")
	}
	if m.foldedTexts[i] == "" && m.Texts[i] != "" {
		start := len(m.foldArena)
		m.foldArena = fold.Append(m.foldArena, m.Texts[i])
		low := m.foldArena[start:]
		m.foldedTexts[i] = unsafe.String(unsafe.SliceData(low), len(low))
	}
	return m.foldedTexts[i]
}

// markFound notes that a literal of a predicate stands in the event.
func (m *matchState) markFound(pred int32, sure bool) {
	if m.answers[pred]>>2 == m.epoch {
		return
	}
	answer := m.epoch << 2
	if sure {
		answer |= answerYes
	}
	m.answers[pred] = answer
	for _, i := range m.predicates[pred].triggersRules {
		m.candidateRules[i>>6] |= 1 << (i & 63)
	}
}

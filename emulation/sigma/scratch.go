package sigma

import (
	"math/bits"
	"unsafe"
)

// scratch is what one event needs while it is matched. It is pooled by program
// and grows to the size of the events, so that matching does not allocate.
type scratch struct {
	*program
	reading
	event      *Event
	lows       []string // beside the first of the reading's texts: folded, or empty until asked for
	folds      []byte
	epoch      uint32
	answers    []uint32 // per predicate: epoch<<2 | answer; of another epoch: unknown
	fields     []field
	candidates []uint64
}

// field is what a slot holds in the present event.
type field struct {
	epoch         uint32
	from, to      int32 // of the texts
	present, null bool
}

const (
	maybe uint32 = iota // a needle was found; the predicate has to be asked
	yes
	no
)

// The most a pooled scratch keeps after an event.
const (
	keptBytes = 1 << 20
	keptTexts = 1 << 14
)

func newScratch(p *program) *scratch {
	return &scratch{program: p, answers: make([]uint32, len(p.preds)), fields: make([]field, len(p.slots)), candidates: make([]uint64, len(p.everytime))}
}

// match appends the rules that fit. Rules that do not apply to the event's log
// sources are left out if routed is false.
func (p *program) match(ev *Event, out []*Rule, routed bool) []*Rule {
	x := p.scratch.Get().(*scratch)
	x.begin(ev)
	x.scan()
	for w, word := range x.candidates {
		for ; word != 0; word &= word - 1 {
			i := w*64 + bits.TrailingZeros64(word)
			if rule := p.plans[i].rule; (routed || rule.LogSource.appliesTo(ev.LogSources)) && x.run(p.entries[i]) {
				out = append(out, rule)
			}
		}
	}
	x.end()
	return out
}

func (x *scratch) begin(ev *Event) {
	x.event = ev
	if x.epoch++; x.epoch == 1<<30 {
		x.epoch = 1
		clear(x.answers)
		clear(x.fields)
	}
	copy(x.candidates, x.everytime)
}

// end lets go of the event, and of memory only an unusual one needs.
func (x *scratch) end() {
	x.event = nil
	clear(x.texts)
	clear(x.lows)
	x.texts, x.lows, x.folds, x.arena = x.texts[:0], x.lows[:0], x.folds[:0], x.arena[:0]
	if cap(x.folds) > keptBytes || cap(x.arena) > keptBytes || cap(x.texts) > keptTexts {
		x.texts, x.lows, x.folds, x.arena = nil, nil, nil, nil
	}
	x.program.scratch.Put(x)
}

// field reads a slot's field unless that was done.
func (x *scratch) field(at int32) *field {
	f := &x.fields[at]
	if f.epoch == x.epoch {
		return f
	}
	from := x.open()
	if name := x.slots[at].field; name == "" {
		x.allOf(x.event)
	} else {
		x.read(x.event.Fields, name)
	}
	return x.close(at, from)
}

// values has a slot hold a value that was found for it, and only a text.
func (x *scratch) values(at int32, v any) *field {
	from := x.open()
	x.present = true
	x.add(v, 0)
	return x.close(at, from)
}

func (x *scratch) only(at int32, text string) *field {
	from := int32(len(x.texts))
	x.texts = append(x.texts, text)
	f := &x.fields[at]
	*f = field{x.epoch, from, from + 1, true, false}
	return f
}

func (x *scratch) open() (from int) {
	x.present, x.null = false, false
	return len(x.texts)
}

// close keeps what was read since open as the field of a slot.
func (x *scratch) close(at int32, from int) *field {
	f := &x.fields[at]
	*f = field{x.epoch, int32(from), int32(len(x.texts)), x.present, x.null}
	return f
}

// low is the text of index i, folded when it is first asked for.
func (x *scratch) low(i int32) string {
	for len(x.lows) <= int(i) {
		x.lows = append(x.lows, "")
	}
	if x.lows[i] == "" && x.texts[i] != "" {
		start := len(x.folds)
		x.folds = fold(x.folds, x.texts[i])
		low := x.folds[start:]
		x.lows[i] = unsafe.String(unsafe.SliceData(low), len(low))
	}
	return x.lows[i]
}

// found notes that a needle of a predicate stands in the event.
func (x *scratch) found(pred int32, sure bool) {
	if x.answers[pred]>>2 == x.epoch {
		return
	}
	answer := x.epoch << 2
	if sure {
		answer |= yes
	}
	x.answers[pred] = answer
	for _, i := range x.preds[pred].wakes {
		x.candidates[i>>6] |= 1 << (i & 63)
	}
}

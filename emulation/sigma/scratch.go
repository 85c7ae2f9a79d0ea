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
	lows       []string // beside the reading's texts: folded, or empty until asked for
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

// scan looks for the needles of every field that has any.
func (x *scratch) scan() {
	if x.keyword < 0 && x.scanning <= 2*len(x.event.Fields)+8 {
		for at := range x.slots[:x.scanning] {
			x.scanSlot(int32(at))
		}
		return
	}
	x.scanEvent()
	for _, at := range x.dotted {
		x.scanSlot(at)
	}
}

// scanEvent goes through the fields of the event instead of those of the rules:
// where keywords ask for every value, or where the rules have many more fields.
// The scanners of the fields find keywords too.
func (x *scratch) scanEvent() {
	for name, v := range x.event.Fields {
		at, ok := x.slotOf[name]
		ok = ok && int(at) < x.scanning && at != x.keyword
		text, plain := v.(string)
		switch {
		case ok:
			from := x.open()
			x.present = true
			x.add(v, 0)
			x.scanField(at, x.close(at, from))
			if !plain {
				x.scanAll(v)
			}
		case plain && x.keyword >= 0:
			x.scanText(text)
		default:
			x.scanAll(v)
		}
	}
	if x.keyword >= 0 && x.event.Raw != "" {
		x.scanText(x.event.Raw)
	}
}

// scanAll looks for keywords in everything inside a value.
func (x *scratch) scanAll(v any) {
	if x.keyword < 0 {
		return
	}
	from := len(x.texts)
	x.all(v, 0)
	for i := from; i < len(x.texts); i++ {
		x.lows = append(x.lows, "")
		x.slots[x.keyword].scanner.scan(int32(i), x)
	}
}

func (x *scratch) scanText(text string) {
	x.texts, x.lows = append(x.texts, text), append(x.lows, "")
	x.slots[x.keyword].scanner.scan(int32(len(x.texts)-1), x)
}

func (x *scratch) scanSlot(at int32) {
	if x.fields[at].epoch != x.epoch {
		x.scanField(at, x.field(at))
	}
}

func (x *scratch) scanField(at int32, f *field) {
	for i := f.from; i < f.to; i++ {
		x.slots[at].scanner.scan(i, x)
	}
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

func (x *scratch) open() (from int) {
	x.present, x.null = false, false
	return len(x.texts)
}

// close keeps what was read since open as the field of a slot.
func (x *scratch) close(at int32, from int) *field {
	for range x.texts[from:] {
		x.lows = append(x.lows, "")
	}
	f := &x.fields[at]
	*f = field{x.epoch, int32(from), int32(len(x.texts)), x.present, x.null}
	return f
}

// low is the text of index i, folded when it is first asked for.
func (x *scratch) low(i int32) string {
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
		if (q.hint == nil || q.hint.allows(x.texts[i], x.low(i))) && q.matchText(x.texts[i], x.low(i)) {
			return true
		}
	}
	return false
}

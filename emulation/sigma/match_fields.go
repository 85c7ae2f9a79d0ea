package sigma

import (
	"math/bits"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
)

// scanFields looks for the literals of every field that has any.
func (m *matchState) scanFields() {
	if m.keyword < 0 && m.scannedSlots <= 2*len(m.event.Fields)+8 {
		for at := range m.slots[:m.scannedSlots] {
			m.scanSlot(int32(at))
		}
		return
	}
	m.scanEvent()
	for _, at := range m.dotted {
		m.scanSlot(at)
	}
}

// scanEvent goes through the fields of the event instead of those of the rules:
// where keywords ask for every value, or where the rules have many more fields.
// The scanners of the fields find keywords too.
func (m *matchState) scanEvent() {
	for name, v := range m.event.Fields {
		at := m.fieldIndex.lookup(name)
		text, plain := v.(string)
		switch {
		case at < 0 && plain:
			m.scanText(text)
		case at < 0:
			m.scanValue(v)
		case plain:
			m.scanField(at, m.setText(at, text))
		default:
			m.scanField(at, m.setValue(at, v))
			m.scanValue(v)
		}
	}
	if m.event.Raw != "" {
		m.scanText(m.event.Raw)
	}
}

// scanValue looks for keywords in everything inside a value.
func (m *matchState) scanValue(v any) {
	if m.keyword < 0 || m.slots[m.keyword].scanner.CannotHold(v) {
		return
	}
	from := len(m.Texts)
	m.AddScalars(v, 0)
	for i := from; i < len(m.Texts); i++ {
		m.slots[m.keyword].scanner.Scan(int32(i), &m.State)
	}
}

// scanText looks for keywords in a text.
func (m *matchState) scanText(text string) {
	if m.keyword < 0 {
		return
	}
	s := m.slots[m.keyword].scanner
	if !s.MayHold(text) {
		return
	}
	m.Texts = append(m.Texts, text)
	s.Scan(int32(len(m.Texts)-1), &m.State)
}

func (m *matchState) scanSlot(at int32) {
	if f := &m.fields[at]; f.epoch == m.Epoch {
		return
	}
	if text, plain := m.event.Fields[m.slots[at].field].(string); plain && at != m.keyword {
		m.scanField(at, m.setText(at, text))
	} else {
		m.scanField(at, m.readSlot(at))
	}
}

func (m *matchState) scanField(at int32, f *field) {
	for i := f.from; i < f.to; i++ {
		m.slots[at].scanner.Scan(i, &m.State)
	}
}

// fieldIndex finds the slot of a field. Every name of every event is asked for
// where keywords are, so it spares what a map does for names of any length.
type fieldIndex struct {
	table []fieldEntry // open addressing
	shift uint8
}

type fieldEntry struct {
	name string
	slot int32
}

func newFieldIndex(slots []slot) fieldIndex {
	size := bits.Len(uint(len(slots) * 2))
	n := fieldIndex{make([]fieldEntry, 1<<size), uint8(64 - size)}
	for at, s := range slots {
		if s.field != "" {
			*n.entry(s.field) = fieldEntry{s.field, int32(at)}
		}
	}
	return n
}

// entry is where a name is, or would be. The hash knows the length and the last
// eight bytes, in which most names differ; those alike in both are told apart by
// comparing.
func (n *fieldIndex) entry(name string) *fieldEntry {
	h := (fold.Tail8(name) + uint64(len(name))) * literalscan.KeyHash
	for at := h >> (n.shift & 63); ; at++ {
		if e := &n.table[at&uint64(len(n.table)-1)]; e.name == "" || e.name == name {
			return e
		}
	}
}

// lookup is the slot of a field, or -1.
func (n *fieldIndex) lookup(name string) int32 {
	if e := n.entry(name); e.name != "" {
		return e.slot
	}
	return -1
}

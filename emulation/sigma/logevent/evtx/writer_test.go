package evtx

import (
	"bytes"
	"encoding/binary"
	"time"
	"unicode/utf16"
)

// writer writes a file of one chunk, as far as the tests need it.
type writer struct{ chunk []byte }

func newWriter() *writer {
	w := &writer{chunk: make([]byte, chunkHead, chunkSize)}
	copy(w.chunk, chunkMagic)
	return w
}

// file is the file with the chunk, padded.
func (w *writer) file() []byte {
	head := make([]byte, headerSize)
	copy(head, Magic)
	return append(append(head, w.chunk...), make([]byte, chunkSize-len(w.chunk))...)
}

// record writes a record whose binary XML is what body writes.
func (w *writer) record(number uint64, at time.Time, body func()) {
	start := len(w.chunk)
	w.u32(recordMagic)
	w.u32(0)
	w.chunk = binary.LittleEndian.AppendUint64(w.chunk, number)
	w.chunk = binary.LittleEndian.AppendUint64(w.chunk, uint64(at.UnixNano()/100)+from1601)
	w.bytes(tokenFragment, 1, 1, 0)
	body()
	w.bytes(tokenEnd)
	size := uint32(len(w.chunk) - start + recordTail)
	w.u32(size)
	binary.LittleEndian.PutUint32(w.chunk[start+4:], size)
}

const from1601 = 116444736000000000

func (w *writer) bytes(b ...byte) { w.chunk = append(w.chunk, b...) }
func (w *writer) u16(n uint16)    { w.chunk = binary.LittleEndian.AppendUint16(w.chunk, n) }
func (w *writer) u32(n uint32)    { w.chunk = binary.LittleEndian.AppendUint32(w.chunk, n) }

func units(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// name writes a name where it is used.
func (w *writer) name(s string) {
	w.u32(uint32(len(w.chunk) + 4))
	w.u32(0)
	w.u16(0)
	w.u16(uint16(len(units(s)) / 2))
	w.bytes(units(s)...)
	w.u16(0)
}

// attribute is an attribute, or with a negative number none; its value is a text or the
// number of a substitution.
type attribute struct {
	name, text string
	value      int
}

// element writes an element. In a template it has the number of what it depends on.
func (w *writer) element(template bool, name string, attributes []attribute, inside func()) {
	token := byte(tokenOpen)
	if len(attributes) > 0 {
		token |= moreFollows
	}
	w.bytes(token)
	if template {
		w.u16(0xffff)
	}
	w.u32(0)
	w.name(name)
	if len(attributes) > 0 {
		w.u32(0)
	}
	for _, a := range attributes {
		w.bytes(tokenAttribute)
		w.name(a.name)
		if a.text != "" {
			w.text(a.text)
		} else {
			w.substitution(a.value)
		}
	}
	if inside == nil {
		w.bytes(tokenCloseEmpty)
		return
	}
	w.bytes(tokenCloseStart)
	inside()
	w.bytes(tokenCloseElement)
}

func (w *writer) text(s string) {
	w.bytes(tokenValue, kindText)
	w.u16(uint16(len(units(s)) / 2))
	w.bytes(units(s)...)
}

func (w *writer) substitution(n int) {
	w.bytes(tokenOptional)
	w.u16(uint16(n))
	w.bytes(kindText)
}

type given struct {
	kind byte
	raw  []byte
}

// instance writes a template that is defined here, or again the one at an offset, and
// what fills it in. It returns the offset.
func (w *writer) instance(at uint32, define func(), values ...given) uint32 {
	w.bytes(tokenTemplate, 1)
	w.u32(7)
	if define != nil {
		at = uint32(len(w.chunk) + 4)
	}
	w.u32(at)
	if define != nil {
		w.chunk = append(w.chunk, make([]byte, templateHead)...)
		from := len(w.chunk)
		w.bytes(tokenFragment, 1, 1, 0)
		define()
		w.bytes(tokenEnd)
		binary.LittleEndian.PutUint32(w.chunk[from-4:], uint32(len(w.chunk)-from))
	}
	w.u32(uint32(len(values)))
	for _, v := range values {
		w.u16(uint16(len(v.raw)))
		w.bytes(v.kind, 0)
	}
	for _, v := range values {
		w.bytes(v.raw...)
	}
	return at
}

// sample is a file with an event of Sysmon written out, and two of a template.
func sample() []byte {
	w := newWriter()
	at := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	w.record(1, at, func() {
		w.element(false, "Event", nil, func() {
			w.element(false, "System", nil, func() {
				w.element(false, "Provider", []attribute{{name: "Name", text: "Microsoft-Windows-Sysmon"}}, nil)
				w.element(false, "EventID", nil, func() { w.text("1") })
				w.element(false, "Channel", nil, func() { w.text("Microsoft-Windows-Sysmon/Operational") })
				w.element(false, "Correlation", nil, nil)
			})
			w.element(false, "EventData", nil, func() {
				w.element(false, "Data", []attribute{{name: "Name", text: "Image"}}, func() { w.text(`C:\whoami.exe`) })
				w.element(false, "Data", []attribute{{name: "Name", text: "Empty"}}, func() {})
			})
		})
	})
	define := func() {
		w.element(true, "Event", nil, func() {
			w.element(true, "System", nil, func() {
				w.element(true, "EventID", []attribute{{name: "Qualifiers", value: 9}}, func() { w.substitution(0) })
				w.element(true, "TimeCreated", []attribute{{name: "SystemTime", value: 1}}, nil)
				w.element(true, "Security", []attribute{{name: "UserID", value: 2}}, nil)
				w.element(true, "Keywords", nil, func() { w.substitution(3) })
			})
			w.element(true, "EventData", nil, func() {
				w.element(true, "Data", nil, func() { w.substitution(4) })
				w.element(true, "Data", nil, func() { w.substitution(5) })
				w.element(true, "Data", []attribute{{name: "Name", text: "Id"}}, func() { w.substitution(6) })
				w.element(true, "Data", []attribute{{name: "Name", text: "Flag"}}, func() { w.substitution(7) })
				w.element(true, "Data", []attribute{{name: "Name", text: "List"}}, func() { w.substitution(8) })
			})
		})
	}
	fileTime := binary.LittleEndian.AppendUint64(nil, uint64(at.UnixNano()/100)+from1601)
	values := func(id uint16) []given {
		return []given{
			{kindUint16, binary.LittleEndian.AppendUint16(nil, id)}, {kindFileTime, fileTime},
			{kindSID, []byte{1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0}}, {kindHex64, binary.LittleEndian.AppendUint64(nil, 0x8020<<48)},
			{kindText, units("lsass")}, {kindText, units("x\\ntds.dit \U0001F600\x00")},
			{kindGUID, bytes.Repeat([]byte{0xab}, 16)}, {kindBool, []byte{1, 0, 0, 0}}, {kindList | kindText, units("a\x00b\x00")}, {kindNull, nil},
		}
	}
	var template uint32
	w.record(2, at, func() { template = w.instance(0, define, values(325)...) })
	w.record(3, at, func() { w.instance(template, nil, values(326)...) })
	return w.file()
}

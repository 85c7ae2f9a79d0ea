package snapshot

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"unsafe"
)

var errDamaged = errors.New("the snapshot is damaged")

// encoder gathers the texts, each once, apart from the rest.
type encoder struct {
	out     []byte
	texts   []byte
	places  map[string]uint64
	numbers map[pointee]uint64
	used    []int // per slab
}

type pointee struct {
	slab int
	at   unsafe.Pointer
}

func (e *encoder) uint(v uint64) { e.out = binary.AppendUvarint(e.out, v) }
func (e *encoder) int(v int64)   { e.out = binary.AppendVarint(e.out, v) }

func (e *encoder) string(s string) {
	at, known := e.places[s]
	if !known {
		at = uint64(len(e.texts))
		e.texts = append(e.texts, s...)
		e.places[s] = at
	}
	e.uint(at)
	e.uint(uint64(len(s)))
}

// element writes a value that may be zero.
func (e *encoder) element(c *typeCodec, p unsafe.Pointer) {
	if !c.zeroAllowed {
		if reflect.NewAt(c.typ, p).Elem().IsZero() {
			e.uint(0)
			return
		}
		e.uint(1)
	}
	c.write(e, p)
}

// The kinds of values of keys the specification does not know.
const (
	anyNil = iota
	anyText
	anyFalse
	anyTrue
	anyFloat
	anyInt
	anyList
	anyMap
)

func (e *encoder) any(v any) {
	switch v := v.(type) {
	case nil:
		e.uint(anyNil)
	case string:
		e.uint(anyText)
		e.string(v)
	case bool:
		if v {
			e.uint(anyTrue)
		} else {
			e.uint(anyFalse)
		}
	case float64:
		e.uint(anyFloat)
		e.uint(math.Float64bits(v))
	case int:
		e.uint(anyInt)
		e.int(int64(v))
	case []any:
		e.uint(anyList)
		e.uint(uint64(len(v)))
		for _, x := range v {
			e.any(x)
		}
	case map[string]any:
		e.uint(anyMap)
		e.uint(uint64(len(v)))
		for key, x := range v {
			e.string(key)
			e.any(x)
		}
	default:
		panic("snapshot: no codec for a value of " + reflect.TypeOf(v).String())
	}
}

// decoder reads what an encoder wrote. It panics on damage, be it with
// errDamaged or with an index out of range; whoever starts it recovers.
type decoder struct {
	in    []byte
	pos   int
	texts string
	slabs []slabSpace
	depth int // of pointers
}

// The limits of what is decoded: beyond what the documents of rules can reach.
const (
	maxDepth    = 10_000 // of pointers
	maxAnyDepth = 1_000  // of lists and maps in one another
)

func (d *decoder) descend() {
	if d.depth++; d.depth > maxDepth {
		panic(errDamaged)
	}
}

func (d *decoder) uint() uint64 {
	if b := d.in[d.pos]; b < 0x80 {
		d.pos++
		return uint64(b)
	}
	v, n := binary.Uvarint(d.in[d.pos:])
	if n <= 0 {
		panic(errDamaged)
	}
	d.pos += n
	return v
}

func (d *decoder) int() int64 {
	v := d.uint()
	return int64(v>>1) ^ -int64(v&1)
}

// count reads how many values follow, each of which takes a byte at least.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.in)-d.pos) {
		panic(errDamaged)
	}
	return int(n)
}

func (d *decoder) string() string {
	at, n := d.uint(), d.uint()
	if at > uint64(len(d.texts)) || n > uint64(len(d.texts))-at {
		panic(errDamaged)
	}
	return d.texts[at : at+n]
}

func (d *decoder) element(c *typeCodec, p unsafe.Pointer) {
	if c.zeroAllowed || d.uint() != 0 {
		c.read(d, p)
	}
}

func (d *decoder) any(depth int) any {
	if depth > maxAnyDepth {
		panic(errDamaged)
	}
	switch d.uint() {
	case anyNil:
		return nil
	case anyText:
		return d.string()
	case anyFalse:
		return false
	case anyTrue:
		return true
	case anyFloat:
		return math.Float64frombits(d.uint())
	case anyInt:
		return int(d.int())
	case anyList:
		list := make([]any, d.count())
		for i := range list {
			list[i] = d.any(depth + 1)
		}
		return list
	case anyMap:
		n := d.count()
		m := make(map[string]any, n)
		for range n {
			key := d.string()
			m[key] = d.any(depth + 1)
		}
		return m
	}
	panic(errDamaged)
}

// slabSpace is the memory for all values of a type.
type slabSpace struct {
	base        unsafe.Pointer
	size        uintptr
	used, count int
}

func newSlab(t reflect.Type, count int) slabSpace {
	s := reflect.MakeSlice(reflect.SliceOf(t), max(1, count), max(1, count))
	return slabSpace{base: s.UnsafePointer(), size: t.Size(), count: count}
}

func (l *slabSpace) at(i int) unsafe.Pointer { return unsafe.Add(l.base, uintptr(i)*l.size) }

func (l *slabSpace) allocate(n int) unsafe.Pointer {
	if n > l.count-l.used {
		panic(errDamaged)
	}
	if n == 0 {
		return l.base
	}
	p := l.at(l.used)
	l.used += n
	return p
}

func writeCounts(e *encoder, p unsafe.Pointer) {
	m := *(*map[string]int)(p)
	e.uint(uint64(len(m)))
	for key, v := range m {
		e.string(key)
		e.int(int64(v))
	}
}

func readCounts(d *decoder, p unsafe.Pointer) {
	n := d.count()
	m := make(map[string]int, n)
	for range n {
		key := d.string()
		m[key] = int(d.int())
	}
	*(*map[string]int)(p) = m
}

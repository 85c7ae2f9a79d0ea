package snapshot

import (
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"regexp"
	"strings"
	"unsafe"
)

// The codec writes parsed rules as they lie in memory, field by field, and knows
// nothing of what they mean: a field added to a rule is cached with it. Texts
// stand in one block and are not copied when read; values of one type come out
// of one allocation. Both keep reading thousands of rules to milliseconds.

// typeCodec writes and reads the values of one type.
type typeCodec struct {
	typ         reflect.Type
	write       func(e *encoder, p unsafe.Pointer)
	read        func(d *decoder, p unsafe.Pointer)
	skip        bool // nothing is written: it is made anew when asked for
	zeroAllowed bool // the zero value can be written too
}

// schema holds the codecs of all types that can be reached from one.
type schema struct {
	codecs map[reflect.Type]*typeCodec
	slabs  []reflect.Type // types that are allocated together
	slabOf map[reflect.Type]int
	text   strings.Builder // describes the types, to tell an older layout
}

func newSchema(root reflect.Type) *schema {
	s := &schema{codecs: map[reflect.Type]*typeCodec{}, slabOf: map[reflect.Type]int{}}
	s.codecOf(root)
	return s
}

func (s *schema) codecOf(t reflect.Type) *typeCodec {
	if c, ok := s.codecs[t]; ok {
		return c
	}
	c := &typeCodec{typ: t}
	s.codecs[t] = c
	fmt.Fprintf(&s.text, "%s=%s;", t, t.Kind())
	switch t {
	case reflect.TypeFor[*regexp.Regexp]():
		c.skip = true
		return c
	case reflect.TypeFor[netip.Prefix]():
		c.write = func(e *encoder, p unsafe.Pointer) { e.string((*netip.Prefix)(p).String()) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*netip.Prefix)(p) = netip.MustParsePrefix(d.string()) }
		return c
	case reflect.TypeFor[map[string]int]():
		c.write, c.read = writeCounts, readCounts
		return c
	}
	switch t.Kind() {
	case reflect.Struct, reflect.String, reflect.Int, reflect.Int64, reflect.Uint8, reflect.Float64:
		c.zeroAllowed = true
	}
	switch t.Kind() {
	case reflect.Bool: // only what is not zero is written
		c.write = func(*encoder, unsafe.Pointer) {}
		c.read = func(_ *decoder, p unsafe.Pointer) { *(*bool)(p) = true }
	case reflect.Uint8:
		c.write = func(e *encoder, p unsafe.Pointer) { e.uint(uint64(*(*uint8)(p))) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*uint8)(p) = uint8(d.uint()) }
	case reflect.Int, reflect.Int64:
		c.write = func(e *encoder, p unsafe.Pointer) { e.int(*(*int64)(p)) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*int64)(p) = d.int() }
	case reflect.Float64:
		c.write = func(e *encoder, p unsafe.Pointer) { e.uint(math.Float64bits(*(*float64)(p))) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*float64)(p) = math.Float64frombits(d.uint()) }
	case reflect.String:
		c.write = func(e *encoder, p unsafe.Pointer) { e.string(*(*string)(p)) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*string)(p) = d.string() }
	case reflect.Interface:
		c.write = func(e *encoder, p unsafe.Pointer) { e.any(*(*any)(p)) }
		c.read = func(d *decoder, p unsafe.Pointer) { *(*any)(p) = d.any(0) }
	case reflect.Pointer:
		s.pointer(c)
	case reflect.Slice:
		s.slice(c)
	case reflect.Map:
		s.mapping(c)
	case reflect.Struct:
		s.structure(c)
	default:
		panic("snapshot: no codec for " + t.String()) // a mistake in the package, found by any test of the cache
	}
	return c
}

func (s *schema) slab(t reflect.Type) int {
	n, ok := s.slabOf[t]
	if !ok {
		n = len(s.slabs)
		s.slabs = append(s.slabs, t)
		s.slabOf[t] = n
	}
	return n
}

// pointer writes what is pointed to once, and afterwards its number.
func (s *schema) pointer(c *typeCodec) {
	to := s.codecOf(c.typ.Elem())
	slab := s.slab(c.typ.Elem())
	c.write = func(e *encoder, p unsafe.Pointer) {
		at := *(*unsafe.Pointer)(p)
		number, known := e.numbers[pointee{slab, at}]
		if known {
			e.uint(number)
			return
		}
		number = uint64(e.used[slab])
		e.used[slab]++
		e.numbers[pointee{slab, at}] = number
		e.uint(number)
		to.write(e, at)
	}
	c.read = func(d *decoder, p unsafe.Pointer) {
		l := &d.slabs[slab]
		number := d.uint()
		switch {
		case number < uint64(l.used):
			*(*unsafe.Pointer)(p) = l.at(int(number))
		default:
			at := l.allocate(1)
			*(*unsafe.Pointer)(p) = at
			d.descend()
			to.read(d, at)
			d.depth--
		}
	}
}

func (s *schema) slice(c *typeCodec) {
	elem := s.codecOf(c.typ.Elem())
	size := c.typ.Elem().Size()
	slab := s.slab(reflect.ArrayOf(1, c.typ.Elem())) // apart from what is pointed to, whose numbers count
	c.write = func(e *encoder, p unsafe.Pointer) {
		h := (*sliceHeader)(p)
		e.uint(uint64(h.len))
		e.used[slab] += h.len
		for i := range h.len {
			e.element(elem, unsafe.Add(h.data, uintptr(i)*size))
		}
	}
	c.read = func(d *decoder, p unsafe.Pointer) {
		n := d.count()
		data := d.slabs[slab].allocate(n)
		*(*sliceHeader)(p) = sliceHeader{data, n, n}
		for i := range n {
			d.element(elem, unsafe.Add(data, uintptr(i)*size))
		}
	}
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func (s *schema) mapping(c *typeCodec) {
	key, elem := s.codecOf(c.typ.Key()), s.codecOf(c.typ.Elem())
	c.write = func(e *encoder, p unsafe.Pointer) {
		m := reflect.NewAt(c.typ, p).Elem()
		e.uint(uint64(m.Len()))
		for it := m.MapRange(); it.Next(); {
			for _, part := range []struct {
				*typeCodec
				reflect.Value
			}{{key, it.Key()}, {elem, it.Value()}} {
				v := reflect.New(part.typ)
				v.Elem().Set(part.Value)
				e.element(part.typeCodec, v.UnsafePointer())
			}
		}
	}
	c.read = func(d *decoder, p unsafe.Pointer) {
		n := d.count()
		m := reflect.MakeMapWithSize(c.typ, n)
		for range n {
			k, v := reflect.New(key.typ), reflect.New(elem.typ)
			d.element(key, k.UnsafePointer())
			d.element(elem, v.UnsafePointer())
			m.SetMapIndex(k.Elem(), v.Elem())
		}
		reflect.NewAt(c.typ, p).Elem().Set(m)
	}
}

// structure writes a bit for every field that is not zero, and then those.
func (s *schema) structure(c *typeCodec) {
	type member struct {
		*typeCodec
		offset uintptr
	}
	members := make([]member, c.typ.NumField())
	for i := range members {
		f := c.typ.Field(i)
		fmt.Fprintf(&s.text, "%s.%s %s;", c.typ, f.Name, f.Type)
		members[i] = member{s.codecOf(f.Type), f.Offset}
	}
	if len(members) > 64 {
		panic("snapshot: too many fields in " + c.typ.String())
	}
	c.write = func(e *encoder, p unsafe.Pointer) {
		var present uint64
		for i, m := range members {
			if !m.skip && !reflect.NewAt(m.typ, unsafe.Add(p, m.offset)).Elem().IsZero() {
				present |= 1 << i
			}
		}
		e.uint(present)
		for i, m := range members {
			if present&(1<<i) != 0 {
				m.write(e, unsafe.Add(p, m.offset))
			}
		}
	}
	c.read = func(d *decoder, p unsafe.Pointer) {
		present := d.uint()
		for i := 0; present != 0 && i < len(members); i++ {
			if present&1 != 0 {
				if members[i].skip {
					panic(errDamaged)
				}
				members[i].read(d, unsafe.Add(p, members[i].offset))
			}
			present >>= 1
		}
	}
}

package snapshot

import (
	"encoding/binary"
	"reflect"
	"unsafe"
)

// codec writes and reads values of T.
type codec[T any] struct{ schema *schema }

// New returns a codec for T and every type that can be reached from it. It
// panics where T reaches a type that has no codec, such as a channel.
func New[T any]() *codec[T] {
	return &codec[T]{newSchema(reflect.TypeFor[T]())}
}

// Layout describes the types, field by field: what was written with another
// layout cannot be decoded.
func (c *codec[T]) Layout() string { return c.schema.text.String() }

// Encode writes how much memory each type needs, the texts, and the rest. It
// panics where an interface holds a type that has no codec.
func (c *codec[T]) Encode(v T) []byte {
	e := &encoder{places: map[string]uint64{}, numbers: map[pointee]uint64{}, used: make([]int, len(c.schema.slabs))}
	c.schema.codecs[reflect.TypeFor[T]()].write(e, unsafe.Pointer(&v))
	var out []byte
	for _, n := range e.used {
		out = binary.AppendUvarint(out, uint64(n))
	}
	return append(AppendBlock(out, e.texts), e.out...)
}

// Decode reads what encode wrote; the result points into src, which must not be
// changed afterwards. It returns an error where src is damaged in a way that shows:
// a number out of range, a text or a value that is cut off.
func (c *codec[T]) Decode(src []byte) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			var none T
			v, err = none, errDamaged
		}
	}()
	d := &decoder{slabs: make([]slabSpace, len(c.schema.slabs))}
	for i, t := range c.schema.slabs {
		n, size := binary.Uvarint(src)
		if size <= 0 || n > uint64(len(src)) {
			return v, errDamaged
		}
		if t.Kind() == reflect.Array {
			t = t.Elem()
		}
		d.slabs[i] = newSlab(t, int(n))
		src = src[size:]
	}
	texts, rest, ok := CutBlock(src)
	if !ok {
		return v, errDamaged
	}
	d.texts = unsafe.String(unsafe.SliceData(texts), len(texts))
	d.in = rest
	c.schema.codecs[reflect.TypeFor[T]()].read(d, unsafe.Pointer(&v))
	return v, nil
}

// AppendBlock appends a block after its length.
func AppendBlock(dst, block []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(block))), block...)
}

// CutBlock is the block at the start of src and what follows it; ok is false where
// the block is cut off.
func CutBlock(src []byte) (block, rest []byte, ok bool) {
	n, size := binary.Uvarint(src)
	if size <= 0 || n > uint64(len(src)-size) {
		return nil, nil, false
	}
	return src[size : size+int(n)], src[size+int(n):], true
}

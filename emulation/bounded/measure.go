package bounded

import (
	"math/big"

	"github.com/zclconf/go-cty/cty"
)

// maxDigits is about how many binary digits a number may have before and after the
// point: written out, as in a template, a larger one takes seconds.
const maxDigits = 16 << 10

// size is how large a value is: the values in it, and the bytes of their texts.
type size struct{ nodes, text int }

// sizeOf measures a value. One that is larger than MaxValue is not measured to its end:
// as values share their parts, it may have more of them than could ever be counted.
func sizeOf(value cty.Value) size {
	var s size
	s.add(value)
	return s
}

func (s size) bytes() int { return s.nodes*nodeBytes + s.text }

func (s size) tooLarge() bool { return s.bytes() > MaxValue }

func (s *size) add(value cty.Value) {
	s.nodes++
	value, _ = value.Unmark()
	kind := value.Type()
	switch {
	case !value.IsKnown() || value.IsNull():
		s.addType(kind)
	case kind == cty.String:
		s.text += len(value.AsString())
	case kind == cty.Number:
		s.text += digits(value.AsBigFloat())
	case value.CanIterateElements():
		if kind.IsCollectionType() {
			s.addType(kind.ElementType())
		}
		for it := value.ElementIterator(); it.Next() && !s.tooLarge(); {
			key, element := it.Element()
			if kind.IsObjectType() || kind.IsMapType() {
				s.text += len(key.AsString())
			}
			s.add(element)
		}
	}
}

// addType measures a type, which a value without elements has all the same.
func (s *size) addType(kind cty.Type) {
	s.nodes++
	switch {
	case s.tooLarge():
	case kind.IsCollectionType():
		s.addType(kind.ElementType())
	case kind.IsTupleType():
		for _, element := range kind.TupleElementTypes() {
			s.addType(element)
			if s.tooLarge() {
				return
			}
		}
	case kind.IsObjectType():
		for name, element := range kind.AttributeTypes() {
			s.text += len(name)
			s.addType(element)
			if s.tooLarge() {
				return
			}
		}
	}
}

// digits is about how many digits a number has; of one that has too many it is more
// than a value may have.
func digits(number *big.Float) int {
	exponent := number.MantExp(nil)
	if exponent < 0 {
		exponent = -exponent
	}
	if binary := exponent + int(number.MinPrec()); binary <= maxDigits {
		return binary/3 + 1
	}
	return MaxValue + 1
}

package evtx

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/clock"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// value is what a place in a template is filled in with.
type value struct {
	kind     byte
	from, to int
}

// The types of values. A list of values has the type of its elements and kindList.
const (
	kindNull     = 0x00
	kindText     = 0x01
	kindANSI     = 0x02
	kindInt8     = 0x03
	kindUint8    = 0x04
	kindInt16    = 0x05
	kindUint16   = 0x06
	kindInt32    = 0x07
	kindUint32   = 0x08
	kindInt64    = 0x09
	kindUint64   = 0x0a
	kindFloat32  = 0x0b
	kindFloat64  = 0x0c
	kindBool     = 0x0d
	kindBinary   = 0x0e
	kindGUID     = 0x0f
	kindSize     = 0x10
	kindFileTime = 0x11
	kindSysTime  = 0x12
	kindSID      = 0x13
	kindHex32    = 0x14
	kindHex64    = 0x15
	kindBinXML   = 0x21
	kindList     = 0x80
)

// sizes are those of the types that have one.
var sizes = map[byte]int{
	kindInt8: 1, kindUint8: 1, kindInt16: 2, kindUint16: 2, kindInt32: 4, kindUint32: 4, kindInt64: 8, kindUint64: 8,
	kindFloat32: 4, kindFloat64: 8, kindBool: 4, kindGUID: 16, kindFileTime: 8, kindSysTime: 16, kindHex32: 4, kindHex64: 8,
}

// value is the text or number of a value; ok is false where there is none.
func (r *Reader) value(v value) (out record.Value, ok bool, err error) {
	raw := r.chunk[v.from:v.to]
	if err := r.spend(1, len(raw)); err != nil {
		return out, false, err
	}
	if v.kind&kindList != 0 {
		return r.list(v.kind&^kindList, raw)
	}
	if v.kind == kindNull || len(raw) == 0 && v.kind != kindText && v.kind != kindANSI {
		return out, false, nil
	}
	out, err = r.scalar(v.kind, raw)
	return out, err == nil, err
}

// list reads several values of a type. Texts end with a zero each.
func (r *Reader) list(kind byte, raw []byte) (record.Value, bool, error) {
	out := record.Value{Kind: record.List}
	add := func(part []byte) error {
		if err := r.spend(1, 0); err != nil {
			return err
		}
		v, err := r.scalar(kind, part)
		out.Members = append(out.Members, record.Member{Value: v})
		return err
	}
	if kind == kindText {
		for at := 0; at+1 < len(raw); {
			end := at
			for end+1 < len(raw) && (raw[end] != 0 || raw[end+1] != 0) {
				end += 2
			}
			if err := add(raw[at:end]); err != nil {
				return out, false, err
			}
			at = end + 2
		}
		return out, len(out.Members) > 0, nil
	}
	size := sizes[kind]
	if size == 0 {
		return record.OfText(strings.ToUpper(hex.EncodeToString(raw))), len(raw) > 0, nil
	}
	for ; len(raw) >= size; raw = raw[size:] {
		if err := add(raw[:size]); err != nil {
			return out, false, err
		}
	}
	return out, len(out.Members) > 0, nil
}

// scalar reads one value.
func (r *Reader) scalar(kind byte, raw []byte) (record.Value, error) {
	if size := sizes[kind]; len(raw) < size {
		return record.Value{}, fmt.Errorf("a value of type %#02x has %d bytes", kind, len(raw))
	}
	number := func(s string) (record.Value, error) { return record.Value{Kind: record.Number, Text: s}, nil }
	text := func(s string) (record.Value, error) { return record.OfText(s), nil }
	switch kind {
	case kindText:
		return text(r.keepUTF16(raw))
	case kindANSI:
		return text(latin(raw))
	case kindInt8:
		return number(strconv.Itoa(int(int8(raw[0]))))
	case kindUint8:
		return number(strconv.Itoa(int(raw[0])))
	case kindInt16:
		return number(strconv.Itoa(int(int16(binary.LittleEndian.Uint16(raw)))))
	case kindUint16:
		return number(strconv.Itoa(int(binary.LittleEndian.Uint16(raw))))
	case kindInt32:
		return number(strconv.Itoa(int(int32(binary.LittleEndian.Uint32(raw)))))
	case kindUint32:
		return number(strconv.FormatUint(uint64(binary.LittleEndian.Uint32(raw)), 10))
	case kindInt64:
		return number(strconv.FormatInt(int64(binary.LittleEndian.Uint64(raw)), 10))
	case kindUint64:
		return number(strconv.FormatUint(binary.LittleEndian.Uint64(raw), 10))
	case kindFloat32:
		return float(float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))), 32)
	case kindFloat64:
		return float(math.Float64frombits(binary.LittleEndian.Uint64(raw)), 64)
	case kindBool:
		return record.Value{Kind: record.Bool, Text: strconv.FormatBool(binary.LittleEndian.Uint32(raw) != 0)}, nil
	case kindGUID:
		return text(guid(raw))
	case kindSize, kindHex32, kindHex64:
		if len(raw) >= 8 {
			return text("0x" + strconv.FormatUint(binary.LittleEndian.Uint64(raw), 16))
		}
		if len(raw) >= 4 {
			return text("0x" + strconv.FormatUint(uint64(binary.LittleEndian.Uint32(raw)), 16))
		}
		return text("")
	case kindFileTime:
		return text(clock.FileTime(binary.LittleEndian.Uint64(raw)).Format(timeLayout))
	case kindSysTime:
		return text(systemTime(raw))
	case kindSID:
		return text(sid(raw))
	}
	return text(strings.ToUpper(hex.EncodeToString(raw)))
}

const timeLayout = "2006-01-02T15:04:05.0000000Z"

func float(f float64, bits int) (record.Value, error) {
	s := strconv.FormatFloat(f, 'f', -1, bits)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return record.OfText(s), nil
	}
	return record.Value{Kind: record.Number, Text: s}, nil
}

func guid(b []byte) string {
	return strings.ToUpper(fmt.Sprintf("%08x-%04x-%04x-%x-%x", binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint16(b[4:]), binary.LittleEndian.Uint16(b[6:]), b[8:10], b[10:16]))
}

func systemTime(b []byte) string {
	part := func(i int) int { return int(binary.LittleEndian.Uint16(b[i*2:])) }
	return time.Date(part(0), time.Month(part(1)), part(3), part(4), part(5), part(6), part(7)*int(time.Millisecond), time.UTC).Format(timeLayout)
}

// sid is the text of a security identifier.
func sid(b []byte) string {
	if len(b) < 8 {
		return strings.ToUpper(hex.EncodeToString(b))
	}
	authority := uint64(binary.BigEndian.Uint16(b[2:]))<<32 | uint64(binary.BigEndian.Uint32(b[4:]))
	out := append([]byte("S-"), strconv.Itoa(int(b[0]))...)
	out = strconv.AppendUint(append(out, '-'), authority, 10)
	for i, at := 0, 8; i < int(b[1]) && at+4 <= len(b); i, at = i+1, at+4 {
		out = strconv.AppendUint(append(out, '-'), uint64(binary.LittleEndian.Uint32(b[at:])), 10)
	}
	return string(out)
}

// latin is a text in bytes, each of which is a character.
func latin(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		if c != 0 {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

// utf16 is the text of a part of the chunk.
func (r *Reader) utf16(from, to int) (string, error) {
	if err := r.spend(0, to-from); err != nil {
		return "", err
	}
	return r.keepUTF16(r.chunk[from:to]), nil
}

// keepUTF16 decodes a text, without the zero that may end it, into memory that the
// texts of a record share.
func (r *Reader) keepUTF16(raw []byte) string {
	for len(raw) >= 2 && raw[len(raw)-1] == 0 && raw[len(raw)-2] == 0 {
		raw = raw[:len(raw)-2]
	}
	if len(raw) < 2 {
		return ""
	}
	from := len(r.text)
	r.text = decodeUTF16(r.text, raw)
	return unsafe.String(&r.text[from], len(r.text)-from)
}

// decodeUTF16 appends a text; half of a pair becomes U+FFFD.
func decodeUTF16(out, raw []byte) []byte {
	for i := 0; i+1 < len(raw); i += 2 {
		c := rune(raw[i]) | rune(raw[i+1])<<8
		switch {
		case c < utf8.RuneSelf:
			out = append(out, byte(c))
		case utf16.IsSurrogate(c):
			next := rune(utf8.RuneError)
			if i+3 < len(raw) {
				next = utf16.DecodeRune(c, rune(raw[i+2])|rune(raw[i+3])<<8)
			}
			if next != utf8.RuneError {
				i += 2
			}
			out = utf8.AppendRune(out, next)
		default:
			out = utf8.AppendRune(out, c)
		}
	}
	return out
}

package winevent

import (
	"strings"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/eventxml"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// Inside is the object that a text of JSON or XML is; ok is false where it is none.
func Inside(parser *record.Parser, text string) (v record.Value, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return v, false
	}
	raw := unsafe.Slice(unsafe.StringData(text), len(text)) // only read
	var err error
	switch text[0] {
	case '{', '[':
		v, err = parser.JSON(raw)
	case '<':
		v, err = eventxml.Parse(parser, raw)
	default:
		return v, false
	}
	return v, err == nil
}

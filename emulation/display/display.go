package display

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// mark begins the parameters of the colours that we set, up to the writer. Nobody who
// writes a title can know it, so an escape sequence without it is not ours. It has the
// form of parameters, so that those who lay out text take it for no text.
var mark = sync.OnceValue(func() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // it never fails, or ends the program
	return strconv.FormatUint(binary.LittleEndian.Uint64(random[:]), 10) + ";"
})

const (
	sequence = "\x1b["
	reset    = "0"
)

// Paint gives words a colour or another rendition, by the numbers that ECMA-48 has for
// them. It is shown where it is written to a writer of this package.
func Paint(words string, renditions ...int) string {
	numbers := make([]string, len(renditions))
	for i, rendition := range renditions {
		numbers[i] = strconv.Itoa(rendition)
	}
	return own(strings.Join(numbers, ";")) + words + own(reset)
}

func own(parameters string) string { return sequence + mark() + parameters + "m" }

// Own returns text in which all colours count as ours. It must have gone through Clean
// or Source, and been coloured by a library of ours since.
func Own(text string) string { return strings.ReplaceAll(text, sequence, sequence+mark()) }

// NewWriter returns a writer that writes text for a person to another. It fails as that
// does.
func NewWriter(to io.Writer) io.Writer { return writer{to} }

type writer struct{ to io.Writer }

// Write takes texts as a whole: a character or a sequence must not be spread over
// several calls.
func (w writer) Write(text []byte) (int, error) {
	if plain(text) {
		return w.to.Write(text)
	}
	if _, err := io.WriteString(w.to, Render(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// plain reports whether text is printable ASCII and needs nothing done.
func plain(text []byte) bool {
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// Render is text as a writer writes it: its own colours are set, all else is as Clean
// has it.
func Render(text string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, sequence+mark())
		clean(&out, before, false)
		if !found {
			return out.String()
		}
		parameters, rest, _ := strings.Cut(after, "m")
		out.WriteString(sequence + parameters + "m")
		text = rest
	}
}

// Clean writes as escapes, such as \u001b, whatever is no visible character: controls,
// what changes the direction of writing, what takes no width, and bytes that are not
// UTF-8. Line breaks and tabs stay. In JSON the escapes stand for the same characters.
func Clean(text string) string {
	var out strings.Builder
	clean(&out, text, false)
	return out.String()
}

// Line is Clean for text that belongs on one line: line breaks and tabs are escapes too.
func Line(text string) string {
	var out strings.Builder
	clean(&out, text, true)
	return out.String()
}

func clean(out *strings.Builder, text string, line bool) {
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(out, `\x%02x`, text[0])
		case (r == '\n' || r == '\t') && line:
			out.WriteString(map[rune]string{'\n': `\n`, '\t': `\t`}[r])
		case visible(r):
			out.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(out, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(out, `\u%04x\u%04x`, high, low)
		}
		text = text[size:]
	}
}

// visible reports whether a character may be shown as it is.
func visible(r rune) bool { return r == '\n' || r == '\t' || unicode.IsGraphic(r) }

// Source is the text of a file with something else in the place of each character that
// Clean would write as an escape, of as many bytes, so that places in it stay the same.
func Source(text []byte) []byte {
	if plain(text) {
		return text
	}
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '\r' && len(text) > 1 && text[1] == '\n', visible(r) && !(r == utf8.RuneError && size == 1):
			out = append(out, text[:size]...)
		default:
			out = append(out, substitutes[size]...)
		}
		text = text[size:]
	}
	return out
}

// substitutes are by their number of bytes.
var substitutes = [...]string{1: "?", 2: "¿", 3: "\ufffd", 4: "????"}

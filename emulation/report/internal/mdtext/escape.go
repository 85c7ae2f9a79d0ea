package mdtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// zeroWidth stands after a character that makes a name or number behind it a reference:
// forges look for those in the finished page, so writing the character as an entity
// does not help. A reader sees no difference.
const zeroWidth = "\u200b"

// entities are the characters that mean something in Markdown or in HTML. HTML's form
// works in tables and in HTML too, where a backslash would be seen.
var entities = map[rune]string{
	'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", '|': "&#124;", '`': "&#96;", '*': "&#42;", '_': "&#95;", '~': "&#126;",
	'[': "&#91;", ']': "&#93;", '!': "&#33;", '#': "&#35;", '\\': "&#92;", '$': "&#36;", '@': "&#64;", '%': "&#37;",
}

// references are the characters that begin a mention of a person, an issue, a merge
// request, a label, a milestone, a snippet or an epic on GitHub or GitLab.
const references = "@#!~%$&"

// Text writes words that may come from anyone so that they are read as they are: on
// one line, without markup, links, references or people who are told.
func Text(words string) string {
	var out strings.Builder
	for _, r := range strings.Join(strings.Fields(words), " ") {
		if r == ':' { // of a pictogram's name, or of an address
			out.WriteString("&#58;")
			continue
		}
		out.WriteString(character(r))
		if strings.ContainsRune(references, r) {
			out.WriteString(zeroWidth)
		}
	}
	return out.String()
}

// Code writes words as code, in which forges look for no references. HTML's element is
// used: a span between backquotes is left by a backquote, and in a table by a bar.
func Code(words string) string {
	if words == "" {
		return ""
	}
	var out strings.Builder
	for _, r := range strings.Join(strings.Fields(words), " ") {
		out.WriteString(character(r))
	}
	return "<code>" + strings.ReplaceAll(out.String(), "://", "&#58;//") + "</code>"
}

// Preformatted writes words with their lines. Markdown is not read in this element,
// which nothing but its own end closes.
func Preformatted(words string) string {
	var out strings.Builder
	for _, r := range strings.TrimRight(words, "\n") {
		if r == '\n' {
			out.WriteRune(r)
			continue
		}
		out.WriteString(character(r))
	}
	return "<pre>\n" + out.String() + "\n</pre>\n"
}

// character writes one character so that it means itself. What turns the reading
// order or moves the cursor is replaced.
func character(r rune) string {
	if safe, special := entities[r]; special {
		return safe
	}
	if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) {
		return "\ufffd"
	}
	return string(r)
}

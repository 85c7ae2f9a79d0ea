package yamldoc

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// document is one YAML document of a file: either a tree or what broke it.
type document struct {
	Root *Node
	line int
	Err  *Error
}

// Documents reads a file. A "---" at the start of a line is a document marker
// everywhere in YAML, even inside a block text, so splitting there first lets
// the reader go on past a broken document.
func Documents(src []byte) []document {
	if len(src) > MaxFileSize {
		return []document{{Err: &Error{Summary: "File too large",
			Detail: fmt.Sprintf("a rule file must not be larger than %d bytes", MaxFileSize), Section: "Rules: YAML File"}}}
	}
	src = decodeUTF16(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")))
	var docs []document
	for _, chunk := range splitDocuments(src) {
		if root, err := readDocument(chunk); err != nil {
			docs = append(docs, document{line: chunk.line, Err: err})
		} else if root != nil {
			docs = append(docs, document{Root: root, line: root.Line})
		}
	}
	return docs
}

type chunk struct {
	text []byte
	line int // lines of the file before it
}

func splitDocuments(src []byte) []chunk {
	var out []chunk
	start, startLine, line := 0, 0, 0
	for pos := 0; pos < len(src); {
		end := bytes.IndexByte(src[pos:], '\n')
		if end < 0 {
			end = len(src)
		} else {
			end += pos + 1
		}
		if l := src[pos:end]; isMarker(l, "---") || isMarker(l, "...") {
			out = append(out, chunk{src[start:pos], startLine})
			start, startLine = pos+3, line
		}
		pos = end
		line++
	}
	return append(out, chunk{src[min(start, len(src)):], startLine})
}

func isMarker(line []byte, mark string) bool {
	if !bytes.HasPrefix(line, []byte(mark)) {
		return false
	}
	return len(line) == len(mark) || strings.IndexByte(" \t\r\n", line[len(mark)]) >= 0
}

// isBlank says that a chunk holds nothing but blanks, comments and directives.
func isBlank(text []byte) bool {
	for l := range bytes.Lines(text) {
		l = bytes.TrimSpace(l)
		if len(l) > 0 && l[0] != '#' && l[0] != '%' {
			return false
		}
	}
	return true
}

var yamlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`line (\d+):? ?`) })

func readDocument(c chunk) (root *Node, nodeErr *Error) {
	if isBlank(c.text) {
		return nil, nil
	}
	if line, what := badCharacter(c.text); line > 0 {
		return nil, &Error{Line: c.line + line, Summary: what, Detail: "a rule file must be UTF-8 text without control characters", Section: "Rules: YAML File"}
	}
	// The YAML library is not ours; a panic in it must not take the others' rules along.
	defer func() {
		if p := recover(); p != nil {
			root, nodeErr = nil, &Error{Line: c.line + 1, Summary: "Invalid YAML", Detail: fmt.Sprint(p), Section: "Rules: YAML File"}
		}
	}()
	var y yaml.Node
	if err := yaml.Unmarshal(c.text, &y); err != nil {
		return nil, yamlError(err, c.line)
	}
	if y.Kind != yaml.DocumentNode || len(y.Content) == 0 {
		return nil, nil
	}
	conv := converter{lineOffset: c.line, remaining: maxNodes}
	root, err := conv.convert(y.Content[0], 0)
	if err != nil {
		return nil, err.(*Error)
	}
	return root, nil
}

func yamlError(err error, offset int) *Error {
	e := &Error{Line: offset + 1, Summary: "Invalid YAML", Section: "Rules: YAML File"}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine().FindStringSubmatchIndex(text); m != nil {
		if n, convErr := strconv.Atoi(text[m[2]:m[3]]); convErr == nil {
			e.Line = offset + n
		}
		text = text[:m[0]] + text[m[1]:]
	}
	e.Detail = text
	return e
}

func decodeUTF16(src []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(src, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return src
	}
	units := make([]uint16, 0, len(src)/2)
	for i := 2; i+1 < len(src); i += 2 {
		units = append(units, order.Uint16(src[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// badCharacter is the line of the first byte that is no UTF-8, or of the first
// control character that YAML forbids; 0 if there is none.
func badCharacter(src []byte) (line int, what string) {
	if utf8.Valid(src) && bytes.IndexFunc(src, forbidden) < 0 {
		return 0, ""
	}
	line = 1
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == utf8.RuneError && n == 1:
			return line, "Invalid UTF-8"
		case r == '\n':
			line++
		case forbidden(r):
			return line, "Control character"
		}
		src = src[n:]
	}
	return 0, ""
}

func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85
}

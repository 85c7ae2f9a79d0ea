package reader

import (
	"bytes"
	"strconv"
	"strings"
)

// FormatError tells that an input is in no format that is read.
type FormatError struct {
	Is string // what it is instead
}

// Error says what the input is.
func (e *FormatError) Error() string {
	return "expected events as JSON, XML, EVTX, CSV, or lines of auditd, syslog or Zeek: this is " + e.Is
}

// magics are how files of other kinds begin.
var magics = []struct{ begins, is string }{
	{"\xd4\xc3\xb2\xa1", "a packet capture"}, {"\xa1\xb2\xc3\xd4", "a packet capture"}, {"\x0a\x0d\x0d\x0a", "a packet capture (pcapng)"},
	{"\x30\x00\x00\x00LfLe", "an event log of Windows XP (.evt)"}, {"\x7fELF", "a program"}, {"MZ", "a program"}, {"%PDF", "a PDF document"},
	{"SQLite format 3", "an SQLite database"}, {"PAR1", "a Parquet file"}, {"Obj\x01", "an Avro file"}, {"\x28\xb5\x2f\xfd", "packed with zstd: unpack it first"},
	{"\xfd7zXZ", "packed with xz: unpack it first"}, {"BZh", "packed with bzip2: unpack it first"}, {"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"},
	{"Rar!", "a RAR archive: unpack it first"}, {"PK\x03\x04", "a zip archive, which can be read from a file only"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"},
}

// whatIs says what the first bytes of an input are of.
func whatIs(head []byte) string {
	if isBinary(head) {
		return "a binary file of another kind"
	}
	if isWebPage(string(bytes.TrimSpace(head))) {
		return "a web page"
	}
	line, _, _ := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return "blank"
	}
	return "text of another kind, which begins with " + quoted(line)
}

// quoted is the beginning of a line, printable.
func quoted(line []byte) string { return strconv.Quote(string(line[:min(len(line), 40)])) }

// isWebPage says that a text begins as HTML does.
func isWebPage(text string) bool {
	for _, begins := range [...]string{"<!doctype html", "<html"} {
		if len(text) >= len(begins) && strings.EqualFold(text[:len(begins)], begins) {
			return true
		}
	}
	return false
}

func isBinary(head []byte) bool { return bytes.IndexByte(head, 0) >= 0 }

// magicOf says what a file of another kind is; it is empty where that is not known.
func magicOf(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begins)) {
			return m.is
		}
	}
	return ""
}

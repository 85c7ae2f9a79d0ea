package cli

import (
	"bytes"
	"io"
)

// workflowGuard is a stream that a job of GitHub's reads: it takes a line that begins with
// :: or ##[ for a command to itself, also after blanks. What ringer prints has words of
// scenarios, rules and events in it, so an unseen character is put into each such
// beginning. It is not safe for concurrent use.
type workflowGuard struct {
	to io.Writer
	// begun is what the line began with so far, blanks left out; other tells that it began
	// with something else.
	begun []byte
	other bool
}

// unseen breaks a beginning: it is no blank, so that it is not taken off.
const unseen = "\u200b"

// mayBeBlank reports whether a byte is a blank or may be of one that is not ASCII.
func mayBeBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\v' || b == '\f' || b >= 0x80 }

// Write fails if the stream does.
func (g *workflowGuard) Write(text []byte) (int, error) {
	var out bytes.Buffer
	for _, b := range text {
		switch {
		case b == '\n' || b == '\r':
			g.begun, g.other = g.begun[:0], false
		case g.other || len(g.begun) == 0 && mayBeBlank(b):
		default:
			if begun := string(g.begun) + string(b); begun == "::" || begun == "##[" {
				out.WriteString(unseen)
				g.other = true
			} else if begun == ":" || begun == "#" || begun == "##" {
				g.begun = append(g.begun, b)
			} else {
				g.other = true
			}
		}
		out.WriteByte(b)
	}
	if _, err := g.to.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}

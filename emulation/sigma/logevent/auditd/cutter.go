package auditd

import (
	"bytes"
	"errors"
	"io"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
)

// Cutter gathers the lines that are records of one event. Those of several events may
// be mixed, as the kernel writes them.
type Cutter struct {
	lines cut.Texts
	open  []group // in the order of their first lines
	err   error   // of the stream, once all events before it are handed out
}

type group struct {
	id    string
	text  []byte
	first int
	whole bool
}

// maxOpen is how many events may be incomplete at a time.
const maxOpen = 64

// NewCutter gathers from lines.
func NewCutter(lines *cut.Lines) *Cutter { return &Cutter{lines: cut.Texts{Lines: lines}} }

// Next is the lines of one event. It fails as a [cut.Cutter] does.
func (c *Cutter) Next() (cut.Piece, error) {
	for {
		if len(c.open) > 0 && (c.open[0].whole || c.err != nil || len(c.open) > maxOpen) {
			first := c.open[0]
			c.open = c.open[1:]
			return cut.Piece{Text: first.text, Line: first.first}, nil
		}
		if c.err != nil {
			return cut.Piece{}, c.err
		}
		line, err := c.lines.Next()
		switch {
		case err == nil:
			c.add(line)
		case errors.Is(err, io.EOF):
			c.err = err
		default:
			return cut.Piece{}, err
		}
	}
}

func (c *Cutter) add(line cut.Piece) {
	id := idOf(line.Text)
	kind := typeOf(line.Text)
	for i := range c.open {
		g := &c.open[i]
		if id != "" && g.id == id && !g.whole && len(g.text)+len(line.Text) < maxEvent {
			if kind != "EOE" { // the end of an event says nothing else
				g.text = append(append(g.text, '\n'), line.Text...)
			}
			g.whole = kind == "EOE" || kind == "PROCTITLE"
			return
		}
	}
	if kind == "EOE" && id != "" {
		return // of an event that PROCTITLE ended
	}
	c.open = append(c.open, group{id: id, text: bytes.Clone(line.Text), first: line.Line, whole: id == "" || !continues(kind)})
}

// maxEvent is the most bytes that the records of an event may have.
const maxEvent = 1 << 20

// continues says that other records of the same event follow one of that type. Records
// that programs write stand alone.
func continues(kind string) bool {
	switch kind {
	case "SYSCALL", "EXECVE", "CWD", "PATH", "SOCKADDR", "PROCTITLE", "AVC", "SECCOMP", "BPRM_FCAPS", "CAPSET", "MMAP", "OBJ_PID", "SOCKETCALL",
		"IPC", "FD_PAIR", "KERN_MODULE", "BPF", "NETFILTER_CFG", "INTEGRITY_RULE", "INTEGRITY_PCR", "EVENT_LISTENER", "URINGOP", "OPENAT2", "MQ_OPEN", "MQ_GETSETATTR":
		return true
	}
	return false
}

// typeOf is the type of a record.
func typeOf(line []byte) string {
	_, rest, ok := bytes.Cut(line, []byte("type="))
	if !ok {
		return ""
	}
	kind, _, _ := bytes.Cut(rest, []byte(" "))
	return string(kind)
}

// idOf is the time and number of the event that a record is of.
func idOf(line []byte) string {
	_, rest, ok := bytes.Cut(line, []byte("audit("))
	if !ok {
		return ""
	}
	id, _, ok := bytes.Cut(rest, []byte(")"))
	if !ok {
		return ""
	}
	return string(id)
}

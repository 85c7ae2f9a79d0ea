package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/display"
)

// rows are the last lines of a terminal, written anew again and again while something
// goes on. They are also its stream: lines that are written to it come above them. Only
// they command the terminal: text is written as package display has it.
//
// Between two writes the cursor stands at the beginning of the first row. Whatever a
// terminal does with its lines when it is resized (most wrap them anew, some cut
// them), all rows are then from the cursor on, and erasing that leaves none behind.
type rows struct {
	out  io.Writer
	size func() Size

	mutex   sync.Mutex
	content func(columns, most int) []string // nil while there are no rows
	partial []byte                           // of a line that is written in several parts
}

// mostRows is the most rows there are, whatever goes on.
const mostRows = 6

// redrawEvery is how often rows are written. It is also how long it takes until they
// fit a terminal that was resized.
const redrawEvery = 100 * time.Millisecond

// What a terminal is told, as in ECMA-48 and DEC's manuals.
const (
	// The erasing of all that is below the cursor begins in the second column, as
	// some terminals, such as tmux, take it for clear where it begins in the first of
	// the screen: they then keep what was there in their scrollback.
	eraseBelow = "\r\x1b[K\x1b[C\x1b[J\r"
	cursorUp   = "\x1b[%dA"
	// Without wrapping a row takes one line even if the terminal became narrower
	// since its width was asked.
	wrapOff, wrapOn = "\x1b[?7l", "\x1b[?7h"
)

// show writes rows until the function that it returns is called, which removes them.
// content returns the rows: at most that many, each cut to that many columns.
func (r *rows) show(content func(columns, most int) []string) (end func()) {
	r.mutex.Lock()
	r.content = content
	r.mutex.Unlock()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(redrawEvery)
		defer ticker.Stop()
		for {
			r.redraw()
			select {
			case <-ticker.C:
			case <-stop:
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stop)
		<-stopped
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.content = nil
		_, _ = io.WriteString(r.out, eraseBelow+string(r.partial)) // a terminal that is gone needs nothing
		r.partial = nil
	})
}

func (r *rows) redraw() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	_ = r.draw(nil) // a terminal that is gone needs nothing
}

// Write writes text above the rows, as soon as a line of it is complete. It fails if
// the terminal does.
func (r *rows) Write(given []byte) (int, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.content == nil {
		return display.NewWriter(r.out).Write(given)
	}
	r.partial = append(r.partial, display.Render(string(given))...)
	end := bytes.LastIndexByte(r.partial, '\n') + 1
	if end == 0 {
		return len(given), nil
	}
	lines := r.partial[:end]
	r.partial = bytes.Clone(r.partial[end:])
	return len(given), r.draw(lines)
}

// draw erases the rows, and writes lines and then the rows as they are now, all at
// once so that nothing flickers.
func (r *rows) draw(lines []byte) error {
	var out strings.Builder
	out.WriteString(eraseBelow)
	out.Write(lines)
	size := r.size()
	columns, most := size.Columns-1, min(mostRows, size.Lines-1)
	if columns > 0 && most > 0 {
		shown := r.content(columns, most)
		shown = shown[max(0, len(shown)-most):]
		for i, row := range shown {
			shown[i] = text.Trim(display.Line(row), columns)
		}
		out.WriteString(wrapOff + strings.Join(shown, "\r\n") + "\r")
		if up := len(shown) - 1; up > 0 {
			fmt.Fprintf(&out, cursorUp, up)
		}
		out.WriteString(wrapOn)
	}
	_, err := io.WriteString(r.out, out.String())
	return err
}

// showRows shows rows on stderr if that is a terminal that can go back; end removes
// them.
func (c *command) showRows(content func(columns, most int) []string) (shown bool, end func()) {
	live, ok := c.Stderr.(*rows)
	if !ok || !c.canRewrite(c.stderrWidth()) {
		return false, func() {}
	}
	return true, live.show(content)
}

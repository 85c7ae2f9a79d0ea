package cli

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// screen is a terminal with a scrollback that understands what rows write. Like tmux
// it wraps its lines anew when it is resized.
type screen struct {
	mutex         sync.Mutex
	columns, high int
	lines         []screenLine
	top           int // of lines, the first that is on the screen
	x, y          int // y counts from the first of lines
	wraps         bool
	unknown       []string
}

type screenLine struct {
	text      []rune
	continues bool // on the next line, as it was too long
}

func newScreen(columns, high int) *screen {
	return &screen{columns: columns, high: high, lines: make([]screenLine, 1), wraps: true}
}

var sequence = regexp.MustCompile(`^\x1b\[(\??)(\d*)([A-Za-z])`)

func (s *screen) Write(given []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for rest := given; len(rest) > 0; {
		if found := sequence.FindSubmatch(rest); found != nil {
			s.told(string(found[1])+string(found[3]), string(found[2]))
			rest = rest[len(found[0]):]
			continue
		}
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		switch r {
		case '\r':
			s.x = 0
		case '\n': // the terminal's driver makes \r\n of it
			s.x = 0
			s.down()
		case '\x1b':
			s.unknown = append(s.unknown, string(rest[:min(8, len(rest))]))
		default:
			s.put(r)
		}
	}
	return len(given), nil
}

func (s *screen) told(what, number string) {
	n, _ := strconv.Atoi(number) // no number is 0
	switch {
	case what == "J" && n == 0:
		if s.x == 0 && s.y == s.top { // as tmux does: what is on the screen goes to the scrollback
			s.y = len(s.lines)
			s.lines = append(s.lines, screenLine{})
			s.top = s.y
		}
		s.lines = s.lines[:s.y+1]
		s.eraseLine()
	case what == "K" && n == 0:
		s.eraseLine()
	case what == "C":
		s.x = min(s.x+max(n, 1), s.columns-1)
	case what == "A":
		s.y = max(s.top, s.y-max(n, 1))
	case what == "?l" && n == 7:
		s.wraps = false
	case what == "?h" && n == 7:
		s.wraps = true
	default:
		s.unknown = append(s.unknown, what+number)
	}
}

func (s *screen) eraseLine() {
	line := &s.lines[s.y]
	line.text, line.continues = line.text[:min(s.x, len(line.text))], false
}

func (s *screen) down() {
	s.y++
	if s.y == len(s.lines) {
		s.lines = append(s.lines, screenLine{})
	}
	s.top = max(s.top, s.y-s.high+1)
}

func (s *screen) put(r rune) {
	if s.x == s.columns {
		if s.wraps {
			s.lines[s.y].continues = true
			s.x = 0
			s.down()
		} else {
			s.x--
		}
	}
	line := &s.lines[s.y]
	for len(line.text) <= s.x {
		line.text = append(line.text, ' ')
	}
	line.text[s.x] = r
	s.x++
}

// resize wraps the lines anew, and keeps the cursor at its character.
func (s *screen) resize(columns, high int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for len(s.lines)-s.top > high && len(s.lines)-1 > s.y {
		s.lines = s.lines[:len(s.lines)-1] // as tmux does: what is below the cursor goes first
	}
	lines, x, y := s.lines, s.x, s.y
	s.columns, s.high, s.lines, s.top = columns, high, nil, 0
	var whole []rune
	at := -1
	for i, line := range lines {
		if i == y {
			at = len(whole) + x
		}
		whole = append(whole, line.text...)
		if line.continues {
			continue
		}
		first := len(s.lines)
		for len(whole) > columns {
			s.lines = append(s.lines, screenLine{text: whole[:columns:columns], continues: true})
			whole = whole[columns:]
		}
		s.lines = append(s.lines, screenLine{text: whole})
		if at >= 0 {
			s.y, s.x = first+at/columns, at%columns
		}
		whole, at = nil, -1
	}
	s.top = max(0, len(s.lines)-high)
	s.y = max(s.y, s.top)
}

func (s *screen) size() Size {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return Size{Columns: s.columns, Lines: s.high}
}

// text returns all that can be read, the scrollback too; lines that were wrapped are
// whole again.
func (s *screen) text() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var all []string
	whole := ""
	for _, line := range s.lines {
		whole += string(line.text)
		if !line.continues {
			all, whole = append(all, strings.TrimRight(whole, " ")), ""
		}
	}
	for len(all) > 0 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

func TestRowsLeaveNoLineBehind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		before  int    // lines on the terminal before the rows
		resized []Size // one after the other, while the rows are shown
	}{
		{"on a terminal that stays as it is", 30, []Size{{80, 24}}},
		{"at the top of a terminal", 0, []Size{{80, 24}}},
		{"on one that becomes narrower", 30, []Size{{80, 24}, {41, 24}, {20, 24}}},
		{"on one that becomes lower", 30, []Size{{80, 24}, {80, 8}, {80, 3}}},
		{"on one that becomes larger again", 30, []Size{{80, 24}, {40, 12}, {140, 50}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			terminal := newScreen(80, 24)
			live := &rows{out: terminal, size: terminal.size}
			want := []string{}
			for i := range tt.before {
				want = append(want, fmt.Sprintf("before %d", i))
				fmt.Fprintln(live, want[i])
			}
			end := live.show(func(_, most int) []string {
				var all []string
				for i := range most {
					all = append(all, fmt.Sprintf("row %d %s", i, strings.Repeat("x", 200)))
				}
				return all
			})
			for _, size := range tt.resized {
				terminal.resize(size.Columns, size.Lines)
				for i := range 40 {
					live.redraw()
					line := fmt.Sprintf("line %d at %d%s", i, size.Columns, strings.Repeat("y", i*3))
					want = append(want, line)
					fmt.Fprintln(live, line)
				}
			}
			_, _ = live.Write([]byte("a part"))
			live.redraw()
			end()
			end()
			fmt.Fprintln(live, " and the rest")
			assert.Equal(t, append(want, "a part and the rest"), terminal.text())
			assert.Empty(t, terminal.unknown)
			assert.True(t, terminal.wraps, "the terminal is left as it was")
		})
	}
}

func TestRowsNeverWrapAndAreAtMostSix(t *testing.T) {
	t.Parallel()
	for _, size := range []Size{{80, 24}, {20, 4}, {3, 2}, {200, 50}} {
		terminal := newScreen(size.Columns, size.Lines)
		live := &rows{out: terminal, size: terminal.size}
		end := live.show(func(_, most int) []string {
			return strings.Split(strings.Repeat("wide 漢字 ", 50)+strings.Repeat("\na row", 9), "\n")[:most]
		})
		live.redraw()
		shown := terminal.text()
		end()
		assert.Len(t, shown, min(6, size.Lines-1), "%v", size)
		for _, line := range terminal.lines {
			assert.False(t, line.continues, "%v", size)
		}
		assert.Empty(t, terminal.text(), "%v", size)
	}
}

func TestATerminalThatCannotGoBackHasNoRows(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"dumb": false, "xterm": true} {
		var out bytes.Buffer
		size := func() Size { return Size{80, 24} }
		c := &command{State: &State{Stderr: &rows{out: &out, size: size}, StderrSize: size, Env: func(asked string) string {
			return map[string]string{"TERM": name}[asked]
		}}}
		shown, end := c.showRows(func(int, int) []string { return []string{"a row"} })
		end()
		assert.Equal(t, want, shown, name)
		assert.Equal(t, want, out.Len() > 0, name)
	}
}

func TestColoursAreAsTheFlagThenTheEnvironmentSays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		flag  string
		env   string
		width int
		want  bool
	}{
		{colorAuto, "", 80, true},
		{colorAuto, "", 0, false},
		{colorAuto, "TERM=dumb", 80, false},
		{colorAuto, "NO_COLOR=1", 80, false},
		{colorAuto, "FORCE_COLOR=1", 0, true},
		{colorAuto, "FORCE_COLOR=1 TERM=dumb", 0, true},
		{colorAuto, "FORCE_COLOR=0", 80, false},
		{colorAuto, "FORCE_COLOR=1 NO_COLOR=1", 80, false},
		{colorAlways, "NO_COLOR=1", 0, true},
		{colorNever, "FORCE_COLOR=1", 80, false},
	} {
		env := map[string]string{}
		for _, set := range strings.Fields(tt.env) {
			name, value, _ := strings.Cut(set, "=")
			env[name] = value
		}
		c := &command{colors: tt.flag, State: &State{Env: func(name string) string { return env[name] }}}
		assert.Equal(t, tt.want, c.color(tt.width), "%+v", tt)
	}
}

// The clock of a test stands still.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

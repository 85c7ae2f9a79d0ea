package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tmux is a real terminal of 24 rows × 80 columns with a scrollback.
type tmux struct {
	t      *testing.T
	socket string
}

// startTmux starts a terminal on which that many lines stand, as after other commands.
// It performs a command, and then says with which code it ended. It skips the test
// where there is no tmux.
func startTmux(t *testing.T, lines int, command string) tmux {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("needs tmux, which is in the Debian package tmux: ", err)
	}
	m := tmux{t, filepath.Join(t.TempDir(), "tmux")}
	script := fmt.Sprintf("trap : INT; seq %d; %s; echo ended with $?; exec sleep 600", lines, command)
	m.run("-u", "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "exec sh -c '"+script+"'")
	t.Cleanup(func() { m.run("kill-server") })
	return m
}

func (m tmux) run(args ...string) string {
	m.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-S", m.socket}, args...)...) // also after the test's context
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=screen-256color")
	out, err := cmd.CombinedOutput()
	require.NoError(m.t, err, "%s", out)
	return string(out)
}

// text is all that can be read: the scrollback and the screen.
func (m tmux) text() string {
	return strings.TrimRight(m.run("capture-pane", "-p", "-J", "-S", "-"), "\n ")
}

// await waits until the terminal shows something.
func (m tmux) await(what string) {
	m.t.Helper()
	require.Eventually(m.t, func() bool { return strings.Contains(m.text(), what) }, 60*time.Second, 20*time.Millisecond, "%s", what)
}

// copies writes as many scenarios, which are one under different names, and returns
// their folder.
func copies(t *testing.T, n int) string {
	t.Helper()
	text, err := os.ReadFile("../../scenarios/naikon.hcl")
	require.NoError(t, err)
	folder := t.TempDir()
	for i := range n {
		name := fmt.Sprintf("copy-%02d", i)
		renamed := strings.Replace(string(text), `scenario "naikon"`, fmt.Sprintf("scenario %q", name), 1)
		require.NotEqual(t, string(text), renamed)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+".hcl"), []byte(renamed), 0o600))
	}
	return folder
}

// Whatever the number of scenarios, rows stay below all that was written, and none is
// left.
func TestTheRowsOfARunLeaveNoLineOnATerminal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		lines   int // on the terminal before
		flags   string
		disturb func(tmux)
		want    []string
	}{
		{"undisturbed", 0, "", func(tmux) {}, []string{"ended with 0"}},
		{"of each variant", 0, "--variants", func(tmux) {}, []string{"ended with 0"}},
		{"made half as wide on an empty terminal", 1, "", func(m tmux) { m.run("resize-window", "-x", "40", "-y", "24") }, []string{"ended with 0"}},
		{"made narrower, lower and large again", 40, "", func(m tmux) {
			for _, size := range []string{"-x 40 -y 24", "-x 33 -y 10", "-x 120 -y 40", "-x 50 -y 7"} {
				m.run(append([]string{"resize-window"}, strings.Fields(size)...)...)
				time.Sleep(150 * time.Millisecond)
			}
		}, []string{"ended with 0"}},
		{"interrupted", 1, "", func(m tmux) { m.run("send-keys", "C-c") },
			[]string{"interrupted: everything that was started has been stopped", "ended with 130"}},
		{"made narrower and interrupted", 1, "", func(m tmux) {
			m.run("resize-window", "-x", "45", "-y", "20")
			m.run("send-keys", "C-c")
		}, []string{"interrupted: everything that was started has been stopped", "ended with 130"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			scenarios := 35
			if strings.Contains(tt.name, "interrupted") {
				scenarios = 150 // it is to go on until it is interrupted, on a fast machine too
			}
			folder := copies(t, scenarios)
			m := startTmux(t, tt.lines, fmt.Sprintf("ringer run --lab fake --no-record --parallel 1 %s %s/*.hcl >%s/out", tt.flags, folder, t.TempDir()))
			m.await(" scenarios · ")
			tt.disturb(m)
			m.await("ended with")
			var want []string
			for i := range tt.lines {
				want = append(want, strconv.Itoa(i+1))
			}
			assert.Equal(t, append(want, tt.want...), strings.Split(m.text(), "\n"))
		})
	}
}

// What is laid out follows the terminal's width, also after it has been resized, and a
// list is cut there; a terminal has colours, and NO_COLOR takes them away.
func TestTheLayoutFollowsTheTerminal(t *testing.T) {
	t.Parallel()
	m := startTmux(t, 0, "unset COLUMNS FORCE_COLOR NO_COLOR; again() { echo @begin $1; ringer show billing; ringer list rules; ringer run --dry-run naikon; echo @end $1; read line; }; "+
		"again 1; again 2; NO_COLOR=1; export NO_COLOR; again 3")
	for n, columns := range []int{80, 60, 100} {
		m.await(fmt.Sprintf("@end %d", n+1))
		_, shown, _ := strings.Cut(m.text(), fmt.Sprintf("@begin %d", n+1))
		shown, _, _ = strings.Cut(shown, fmt.Sprintf("@end %d", n+1))
		widest := 0
		for line := range strings.SplitSeq(shown, "\n") {
			widest = max(widest, utf8.RuneCountInString(strings.TrimRight(line, " ")))
		}
		assert.LessOrEqual(t, widest, columns)
		assert.Greater(t, widest, columns-3)
		_, colored, _ := strings.Cut(m.run("capture-pane", "-p", "-e", "-J", "-S", "-"), fmt.Sprintf("@begin %d", n+1))
		assert.Equal(t, n < 2, strings.Contains(colored, "\x1b["), "run %d", n+1)
		if n < 2 {
			m.run("resize-window", "-x", strconv.Itoa([]int{60, 100}[n]), "-y", "24")
			m.run("send-keys", "Enter")
		}
	}
}

// On a terminal there are at most six rows at any time, with many scenarios at once.
func TestARunHasAtMostSixRows(t *testing.T) {
	t.Parallel()
	m := startTmux(t, 0, fmt.Sprintf("ringer run --lab fake --no-record --parallel 20 %s/*.hcl >/dev/null", copies(t, 35)))
	m.await(" scenarios · ")
	most := 0
	for {
		text := m.text()
		if strings.Contains(text, "ended with") {
			break
		}
		most = max(most, strings.Count(text, "\n")+1)
	}
	assert.LessOrEqual(t, most, 6)
	assert.Greater(t, most, 2)
}

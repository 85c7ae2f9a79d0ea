package watch_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect/watch"
	"github.com/ringer-lab/ringer/emulation/outside"
)

var dropped = []watch.Dropped{
	{Step: "page", Path: "/var/www/html/x.php", Content: []byte("a shell")}, {Step: "again", Path: "/var/www/html/y.php", Content: []byte("a shell")},
	{Step: "note", Path: "/tmp/note", Content: []byte("a note")},
}

// program is a script that a test has as a scanner.
func program(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "scan")
	require.NoError(t, os.WriteFile(name, []byte("#!/bin/sh\n"+text), 0o700))
	return name
}

func scanned(t *testing.T, s outside.Scanner) outside.Watch {
	t.Helper()
	if s.Limit == 0 {
		s.Limit = 20 * time.Second
	}
	w := opened(t, watch.Detector{Detector: outside.Detector{Name: "command.words", Format: "command", Scans: true}, Source: outside.Source{Scanner: &s}})
	w.Scan(t.Context(), dropped)
	return w.Watches()[0]
}

func TestAScannerIsOfTheStepThatDroppedTheFile(t *testing.T) {
	t.Parallel()
	count := filepath.Join(t.TempDir(), "count")
	w := scanned(t, outside.Scanner{Command: []string{program(t, "echo x >> "+count+"\ngrep -q shell \"$2\" && exit 7\nexit 0\n"), "--look"}, Found: 7})
	require.Empty(t, w.Outages)
	require.False(t, w.Answered.IsZero())
	require.Len(t, w.Arrivals, 2)
	for i, step := range []string{"page", "again"} {
		assert.Equal(t, "words", w.Arrivals[i].Alert.Rule)
		assert.Equal(t, step, w.Arrivals[i].Alert.Step)
		assert.Equal(t, dropped[i].Path, w.Arrivals[i].Alert.Path)
	}
	text, err := os.ReadFile(count)
	require.NoError(t, err)
	assert.Equal(t, "x\nx\n", string(text), "a content is looked at once, whoever dropped it")

	steps := []outside.Performed{{Step: "page", Began: time.Now().Add(-time.Minute)}, {Step: "again", Began: time.Now().Add(-time.Minute)}, {Step: "note", Began: time.Now().Add(-time.Minute)}}
	joined := outside.Join(w, steps)
	assert.Equal(t, "again", joined[1].Step)
	assert.Equal(t, "joined by the file that was scanned", joined[1].Why)
	assert.Empty(t, outside.AnswerOf(w, joined, steps[2], "words").Unknown, "it was asked of the note, and found nothing")
}

func TestAScannerThatCannotSayIsAnOutage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, says string }{
		{"echo no signatures >&2\nexit 2\n", "its program failed: exit status 2: no signatures"},
		{"exec sleep 60\n", "its program did not end within 300ms"},
	} {
		w := scanned(t, outside.Scanner{Command: []string{program(t, test.text)}, Found: 1, Limit: 300 * time.Millisecond})
		require.Len(t, w.Outages, 1)
		assert.Equal(t, test.says, w.Outages[0].Reason)
	}
	w := scanned(t, outside.Scanner{Command: []string{filepath.Join(t.TempDir(), "nothing")}, Found: 3})
	require.Len(t, w.Outages, 1, "a program that is not there")
	assert.Contains(t, w.Outages[0].Reason, "its program cannot be started")
}

func TestAScannerIsKeptFromTheNetwork(t *testing.T) {
	t.Parallel()
	if exec.CommandContext(t.Context(), "unshare", "--user", "--map-current-user", "--net", "--", "true").Run() != nil {
		t.Skip("this system makes no network of its own for a program")
	}
	w := scanned(t, outside.Scanner{Command: []string{program(t, "test $(wc -l < /proc/net/dev) = 3 || exit 9\nexit 1\n")}, Found: 1})
	assert.Empty(t, w.Outages, "there is loopback alone: two lines of titles, and one")
	assert.Len(t, w.Arrivals, 3)
}

func TestYARALooksAtWhatStepsDropped(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("yara"); err != nil {
		t.Skip("apt-get install yara")
	}
	rules := filepath.Join(t.TempDir(), "shells.yar")
	require.NoError(t, os.WriteFile(rules, []byte(`rule Shell : web { strings: $a = "shell" condition: $a }
rule Any { condition: filesize > 0 }
rule Never { strings: $a = "nowhere" condition: $a }
`), 0o600))
	w := scanned(t, outside.Scanner{Rules: rules})
	require.Empty(t, w.Outages)
	var found []string
	for _, a := range w.Arrivals {
		found = append(found, a.Alert.Step+" "+a.Alert.Rule)
	}
	assert.ElementsMatch(t, []string{"page Shell", "again Shell", "page Any", "again Any", "note Any"}, found)

	require.NoError(t, os.WriteFile(rules, []byte("rule Broken {"), 0o600))
	w = scanned(t, outside.Scanner{Rules: rules})
	require.Len(t, w.Outages, 1, "rules that cannot be read")
	assert.Contains(t, w.Outages[0].Reason, "its program failed")
}

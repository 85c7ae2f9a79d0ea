//go:build linux

package agent

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
)

// What a daemon changes, adds and removes is taken back, and a file that it has open stays
// the file that it has open.
func TestTheFoldersOfAnImageAreRestored(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	require.NoError(t, os.MkdirAll(at("pages/old"), 0o755))
	require.NoError(t, os.WriteFile(at("log"), []byte("before\n"), 0o640))
	require.NoError(t, os.WriteFile(at("pages/removed"), []byte("a page"), 0o444))
	require.NoError(t, os.Symlink("removed", at("pages/link")))
	long := time.Now().Add(-time.Hour)
	require.NoError(t, os.Chtimes(at("log"), long, long))
	saved, err := saveFolders([]string{folder})
	require.NoError(t, err)

	open, err := os.OpenFile(at("log"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	defer open.Close()
	_, err = open.WriteString("during\n")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(at("made/deeper"), 0o755))
	require.NoError(t, os.WriteFile(at("made/deeper/page"), []byte("x"), 0o600))
	require.NoError(t, os.Remove(at("pages/removed")))
	require.NoError(t, os.Remove(at("pages/link")))
	require.NoError(t, os.Mkdir(at("pages/link"), 0o755))
	require.NoError(t, os.Chmod(at("pages/old"), 0o700))
	now, err := saveFolders([]string{folder})
	require.NoError(t, err)
	assert.Len(t, saved.differences(now), 7)

	require.NoError(t, saved.restore([]string{folder}))
	now, err = saveFolders([]string{folder})
	require.NoError(t, err)
	assert.Empty(t, saved.differences(now))
	_, err = open.WriteString("after\n")
	require.NoError(t, err)
	text, err := os.ReadFile(at("log"))
	require.NoError(t, err)
	assert.Equal(t, "before\nafter\n", string(text))
}

func TestFoldersOfAnImageMustNotHaveMoreThanCanBeKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "large"), nil, 0o600))
	require.NoError(t, os.Truncate(filepath.Join(folder, "large"), maxSaved+1))
	_, err := saveFolders([]string{folder})
	require.ErrorContains(t, err, "more than 32 MiB")
}

func TestAnImagesFoldersAreCopiedWithModesTimesAndLinks(t *testing.T) {
	t.Parallel()
	from, into := t.TempDir(), t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(from, "a/b"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(from, "a/b/page"), []byte("text"), 0o640))
	require.NoError(t, os.Symlink("/etc/shadow", filepath.Join(from, "a/link")))
	require.NoError(t, os.Chmod(filepath.Join(from, "a/b"), 0o555))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(from, "a/b"), 0o755) }) // the test's folder is removed
	require.NoError(t, copyFolder(from, into))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(into, "a/b"), 0o755) })
	was, err := saveFolders([]string{from})
	require.NoError(t, err)
	is, err := saveFolders([]string{into})
	require.NoError(t, err)
	require.Len(t, is, len(was))
	for name, file := range was {
		assert.True(t, file.same(is[strings.Replace(name, from, into, 1)]), name)
	}
}

// A step is told of each process that lives, and of whatever that came of, once; what is
// not running any more is left out.
func TestAStepIsToldOfTheProcessesThatRunAlready(t *testing.T) {
	t.Parallel()
	var table daemonProcesses
	see := func(kind event.Kind, process, parent uint64, told bool) {
		o := event.Observation{Kind: kind, Process: process, Parent: parent}
		if kind == event.Exec {
			o.Env = map[string]string{"PATH": "/"}
		}
		table.follow(o, told, "www-data")
	}
	see(event.Fork, 1, 0, false)
	see(event.Exec, 1, 0, false)
	see(event.Fork, 2, 1, false) // it starts the worker and ends
	see(event.Exec, 2, 1, false)
	see(event.Fork, 3, 2, false)
	see(event.Exit, 2, 1, false)
	see(event.Fork, 4, 1, false) // it came to nothing
	see(event.Create, 4, 1, false)
	see(event.Exit, 4, 1, false)
	words := func(all []event.Observation) (out []string) {
		for _, o := range all {
			out = append(out, string(o.Kind)+" "+string(rune('0'+o.Process)))
			if o.Kind == event.Exec {
				assert.Equal(t, map[string]string{event.EnvResident: "1", event.EnvUser: "www-data"}, o.Env)
			}
		}
		return out
	}
	running := []string{"fork 1", "exec 1", "fork 2", "exec 2", "fork 3"}
	assert.Equal(t, running, words(table.takeUntold()))
	assert.Empty(t, table.takeUntold())
	see(event.Fork, 5, 3, true)
	assert.Empty(t, table.takeUntold(), "the step has it")
	see(event.Fork, 6, 3, false)
	assert.Equal(t, []string{"fork 6"}, words(table.takeUntold()))
	table.tellAll("www-data")
	assert.Equal(t, slices.Concat(running, []string{"fork 5", "fork 6"}), words(table.takeUntold()))
}

// Much that comes and goes is forgotten.
func TestProcessesThatCameToNothingAreForgotten(t *testing.T) {
	t.Parallel()
	var table daemonProcesses
	table.follow(event.Observation{Kind: event.Fork, Process: 1}, false, "x")
	for i := uint64(2); i < 10*maxHistory; i++ {
		table.follow(event.Observation{Kind: event.Fork, Process: i, Parent: 1}, false, "x")
		table.follow(event.Observation{Kind: event.Exit, Process: i, Parent: 1}, false, "x")
	}
	assert.LessOrEqual(t, len(table.history), maxHistory+1)
	assert.LessOrEqual(t, len(table.parents), maxHistory+2)
	assert.Len(t, table.takeUntold(), 1)
}

// Lines are those that are whole; a log that is emptied is read from its beginning, and one
// that is not there yet has none.
func TestAnImagesLogIsReadByWholeLines(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "log")
	log := imageLog{name: name}
	lines := func() (out []string) {
		all, err := log.newLines()
		require.NoError(t, err)
		for _, line := range all {
			out = append(out, string(line))
		}
		return out
	}
	assert.Empty(t, lines())
	require.NoError(t, os.WriteFile(name, []byte("one\ntwo\nthr"), 0o600))
	assert.Equal(t, []string{"one", "two"}, lines())
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteString("ee\n")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	assert.Equal(t, []string{"three"}, lines())
	require.NoError(t, os.WriteFile(name, []byte("four\n"), 0o600))
	assert.Equal(t, []string{"four"}, lines())

	d := imageDaemon{logs: []*imageLog{{name: name}}}
	seen, err := d.logLines(t.Context(), 1)
	require.NoError(t, err)
	require.Len(t, seen, 1)
	assert.Equal(t, event.Observation{Kind: event.Line, Path: name, Content: []byte("four")}, seen[0])
	_, err = d.logLines(t.Context(), 1)
	require.ErrorContains(t, err, "logged 0 lines")
}

// What a daemon says is told in one line that a terminal can be given, and its end only.
func TestWhatAnImageSaysIsToldSafely(t *testing.T) {
	t.Parallel()
	d := imageDaemon{output: filepath.Join(t.TempDir(), "said")}
	assert.Empty(t, d.said())
	require.NoError(t, os.WriteFile(d.output, []byte("one\n\x1b[31mtwo\x00 \xff\n"), 0o600))
	assert.Equal(t, ": one �[31mtwo� �", d.said())
	require.NoError(t, os.WriteFile(d.output, []byte(strings.Repeat("x", 2*maxSaid)+" the end"), 0o600))
	assert.Len(t, d.said(), maxSaid+len(": "))
	assert.True(t, strings.HasSuffix(d.said(), "x the end"))
}

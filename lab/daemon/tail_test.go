//go:build linux

package daemon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o640)
	require.NoError(t, err)
	_, err = file.WriteString(text)
	require.NoError(t, err)
	require.NoError(t, file.Close())
}

func TestATailGivesWholeLinesOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path, "before\n")
	log, err := openTail(path)
	require.NoError(t, err)
	next := func() []string {
		lines, err := log.newLines()
		require.NoError(t, err)
		return lines
	}
	assert.Empty(t, next())
	appendTo(t, path, "one\ntw")
	assert.Equal(t, []string{"one"}, next())
	appendTo(t, path, "o\nthree\n")
	assert.Equal(t, []string{"two", "three"}, next())

	require.NoError(t, log.removeLine("three"))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "before\none\ntwo\n", string(content), "the mark is out of the log again")
	appendTo(t, path, "four\n")
	assert.Equal(t, []string{"four"}, next())

	appendTo(t, path, "later\n")
	require.NoError(t, log.removeLine("four"), "what came after it stays")
	assert.Equal(t, []string{"later"}, next())

	require.NoError(t, os.Truncate(path, 0))
	appendTo(t, path, "anew\n")
	assert.Equal(t, []string{"anew"}, next(), "a log that was emptied is read from its beginning")

	require.NoError(t, os.Rename(path, path+".1"))
	appendTo(t, path+".1", "by the old name's file\n")
	assert.Equal(t, []string{"by the old name's file"}, next())
}

func TestALogIsPutBackToHowItWas(t *testing.T) {
	t.Parallel()
	at := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		happen func(t *testing.T, path string)
	}{
		{"lines were added", func(t *testing.T, path string) { appendTo(t, path, "more\n") }},
		{"it was emptied", func(t *testing.T, path string) { require.NoError(t, os.Truncate(path, 0)) }},
		{"it was removed", func(t *testing.T, path string) { require.NoError(t, os.Remove(path)) }},
		{"it was written anew", func(t *testing.T, path string) { require.NoError(t, os.WriteFile(path, []byte("other"), 0o600)) }},
		{"nothing", func(*testing.T, string) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "log")
			require.NoError(t, os.WriteFile(path, []byte("before\n"), 0o640))
			require.NoError(t, os.Chtimes(path, at, at))
			was, err := saveLog(path)
			require.NoError(t, err)
			c.happen(t, path)
			require.NoError(t, was.restore())
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			stat, err := os.Stat(path)
			require.NoError(t, err)
			assert.Equal(t, "before\n", string(content))
			assert.Equal(t, os.FileMode(0o640), stat.Mode())
			assert.True(t, stat.ModTime().Equal(at))
		})
	}
}

func TestALogThatWasNotThereIsEmptyAfterwards(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	was, err := saveLog(path)
	require.NoError(t, err)
	appendTo(t, path, "started\n")
	require.NoError(t, was.restore())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Empty(t, content)
}

// Lines come out as they went in, however they are cut into writes.
func FuzzTail(f *testing.F) {
	f.Add("one\ntwo\n", uint8(3))
	f.Fuzz(func(t *testing.T, text string, cut uint8) {
		path := filepath.Join(t.TempDir(), "log")
		appendTo(t, path, "")
		log, err := openTail(path)
		require.NoError(t, err)
		defer log.file.Close()
		var got []string
		for _, part := range []string{text[:min(int(cut), len(text))], text[min(int(cut), len(text)):]} {
			appendTo(t, path, part)
			lines, err := log.newLines()
			require.NoError(t, err)
			got = append(got, lines...)
		}
		whole, _, _ := cutLast(text)
		assert.Equal(t, whole, strings.Join(got, "\n"))
	})
}

// cutLast cuts off what comes after the last line's end, and that.
func cutLast(text string) (before, after string, found bool) {
	i := strings.LastIndexByte(text, '\n')
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+1:], true
}

package effect_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// A program is a file that holds the binary, and to acts it is its text: also once it was
// made of one that holds a text already.
func TestAProgramIsABinaryAndReadAsItsText(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	binary := filepath.Join(folder, "ringer")
	require.NoError(t, os.WriteFile(binary, []byte("\x7fELF and so on"), 0o755))
	text := artifact.Program(artifact.Resource{Company: "x"})
	from, at := binary, ""
	for _, name := range []string{"first", "second"} {
		at = filepath.Join(folder, "new", name)
		disk := effect.ProgramDisk("", from)
		require.NoError(t, disk.Put(at, text, 0o755, false))
		read, err := disk.ReadFile(at)
		require.NoError(t, err)
		assert.Equal(t, text, read)
		from = at
	}
	whole, err := os.ReadFile(at)
	require.NoError(t, err)
	assert.Equal(t, 1, bytes.Count(whole, []byte("ELF")))
	end, _, ok := effect.SplitProgram(bytes.NewReader(whole), int64(len(whole)))
	assert.True(t, ok)
	assert.Equal(t, "\x7fELF and so on", string(whole[:end]))

	disk := effect.ProgramDisk("", binary)
	for _, plain := range []string{"", "text", "#!/bin/sh\n", "\x7fELF another"} {
		require.NoError(t, disk.Put(at, []byte(plain), 0o644, false))
		read, err := disk.ReadFile(at)
		require.NoError(t, err)
		assert.Equal(t, plain, string(read))
	}
	assert.Error(t, effect.ProgramDisk("", filepath.Join(folder, "gone")).Put(at, text, 0o755, false))
	_, err = disk.ReadFile(filepath.Join(folder, "gone"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// Whatever a file holds, a text that is found in it is in it.
func FuzzSplitProgram(f *testing.F) {
	f.Add([]byte("\x7fELF#!/ringer standin\n\x00\x00\x00\x11\x00ringer program"))
	f.Add([]byte("\x7fELF\xff\xff\xff\xff\x00ringer program"))
	f.Fuzz(func(t *testing.T, content []byte) {
		end, text, ok := effect.SplitProgram(bytes.NewReader(content), int64(len(content)))
		if !ok {
			assert.Equal(t, int64(len(content)), end)
			assert.Nil(t, text)
			return
		}
		assert.Equal(t, content[end:end+int64(len(text))], text)
	})
}

//go:build linux

package sensor

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// A file is read once as long as nothing but its names changes, and what is reported of
// it is what the sensor's user says.
func TestAFileWithANewNameIsNotReadAgain(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "program")
	require.NoError(t, os.WriteFile(name, []byte("content"), 0o755))
	read := 0
	s := Sensor{Head: func(file io.ReaderAt, size int64) []byte {
		read++
		head := make([]byte, size-4)
		_, err := file.ReadAt(head, 4)
		assert.NoError(t, err)
		return head
	}}
	look := func() (head []byte, digest string, is unix.Stat_t) {
		file, err := os.Open(name)
		require.NoError(t, err)
		defer file.Close()
		head, digest, err = s.digests.of(file, s.Head)
		require.NoError(t, err)
		require.NoError(t, unix.Stat(name, &is))
		return head, digest, is
	}
	head, digest, was := look()
	assert.Equal(t, "ent", string(head))
	assert.Equal(t, "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73", digest)

	require.NoError(t, os.Link(name, name+"2"))
	var is unix.Stat_t
	require.NoError(t, unix.Stat(name, &is))
	s.Unchanged(was, is)
	head, again, _ := look()
	assert.Equal(t, "ent", string(head))
	assert.Equal(t, digest, again)
	assert.Equal(t, 1, read, "it was known")

	require.NoError(t, os.WriteFile(name+"3", []byte("another"), 0o755))
	var other unix.Stat_t
	require.NoError(t, unix.Stat(name+"3", &other))
	s.Unchanged(is, other)
	name += "3"
	_, third, _ := look()
	assert.NotEqual(t, digest, third, "another file is another")
	assert.Equal(t, 2, read)
}

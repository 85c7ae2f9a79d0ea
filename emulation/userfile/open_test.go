//go:build unix

package userfile_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// folder has a file of each kind; outside of it lies a file that links lead to.
func folder(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	inside := filepath.Join(top, "inside")
	require.NoError(t, os.MkdirAll(filepath.Join(inside, "below"), 0o755))
	for _, name := range []string{"outside", "inside/file", "inside/below/file", "inside/bell\a"} {
		require.NoError(t, os.WriteFile(filepath.Join(top, name), []byte("text"), 0o600))
	}
	require.NoError(t, syscall.Mkfifo(filepath.Join(inside, "pipe"), 0o600))
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(inside, "socket"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = socket.Close() })
	for name, to := range map[string]string{
		"to_file": "below/file", "to_outside": "../outside", "to_absolute": filepath.Join(inside, "file"), "to_zero": "/dev/zero",
		"to_pipe": "pipe", "to_nothing": "nothing", "to_itself": "to_itself", "out": "..",
	} {
		require.NoError(t, os.Symlink(to, filepath.Join(inside, name)))
	}
	return inside
}

func TestOpenOpensRegularFilesAlone(t *testing.T) {
	t.Parallel()
	in := folder(t)
	for _, tt := range []struct {
		name, file string
		want       error // nil: it is opened
		says       string
	}{
		{"a file", "file", nil, ""},
		{"a link that the user named, wherever it leads", "to_outside", nil, ""},
		{"a pipe", "pipe", userfile.ErrNotRegular, "it is a pipe"},
		{"a link to a pipe", "to_pipe", userfile.ErrNotRegular, "it is a pipe"},
		{"a link to a device", "to_zero", userfile.ErrNotRegular, "it is a device"},
		{"a socket", "socket", userfile.ErrNotRegular, "it is a socket"},
		{"a folder", "below", userfile.ErrNotRegular, "it is a folder"},
		{"nothing", "nothing", fs.ErrNotExist, "nothing"},
		{"a link to itself", "to_itself", syscall.ELOOP, "to_itself"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			content, err := userfile.Read(filepath.Join(in, tt.file), 10)
			if tt.want == nil {
				require.NoError(t, err)
				assert.Equal(t, "text", string(content))
				return
			}
			require.ErrorIs(t, err, tt.want)
			assert.ErrorContains(t, err, tt.says)
			assert.ErrorContains(t, err, filepath.Join(in, tt.file))
		})
	}
	_, err := userfile.Read(filepath.Join(in, "bell\a"), 10)
	assert.ErrorContains(t, err, `bell\a": its name has control characters`)
}

func TestAFolderIsNotLeft(t *testing.T) {
	t.Parallel()
	name := folder(t)
	in, err := userfile.OpenFolder(name)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, in.Close()) })
	for _, tt := range []struct {
		name, file string
		want       error
	}{
		{"a file", "file", nil},
		{"a file further below", "below/file", nil},
		{"a link that stays inside", "to_file", nil},
		{"a link that leads out", "to_outside", userfile.ErrLeadsOut},
		{"a link by an absolute path", "to_absolute", userfile.ErrLeadsOut},
		{"a folder's link that leads out", "out/outside", userfile.ErrLeadsOut},
		{"a link to a device", "to_zero", userfile.ErrLeadsOut},
		{"a pipe", "pipe", userfile.ErrNotRegular},
		{"a path that leads out", "../outside", fs.ErrInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			content, err := userfile.ReadFS(in, tt.file, 10)
			if tt.want == nil {
				require.NoError(t, err)
				assert.Equal(t, "text", string(content))
				return
			}
			assert.ErrorIs(t, err, tt.want)
		})
	}
	entries, err := fs.ReadDir(in, "below")
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

func TestOnlyAFolderIsOpenedAsOne(t *testing.T) {
	t.Parallel()
	name := folder(t)
	for _, file := range []string{"file", "pipe", "to_zero", "nothing"} {
		_, err := userfile.OpenFolder(filepath.Join(name, file))
		assert.ErrorContains(t, err, file)
	}
}

func TestNoMoreIsReadThanTheLimit(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(name, []byte("12345"), 0o600))
	content, err := userfile.Read(name, 5)
	require.NoError(t, err)
	assert.Equal(t, "12345", string(content))
	_, err = userfile.Read(name, 4)
	var large *userfile.TooLargeError
	require.ErrorAs(t, err, &large)
	assert.Equal(t, userfile.TooLargeError{Name: name, Limit: 4}, *large)

	// Its size is told as 0, as that of any file in /proc.
	if _, err := os.Stat("/proc/self/maps"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no /proc")
	}
	_, err = userfile.Read("/proc/self/maps", 4)
	require.ErrorAs(t, err, &large)
}

func TestAStreamThatTheShellOpenedIsRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"/dev/stdin": true, "/dev/fd/63": true, "/proc/self/fd/11": true, "/dev/zero": false, "-": false, "events": false} {
		assert.Equal(t, want, userfile.Inherited(name), name)
	}
	_, err := userfile.OpenStream(filepath.Join(folder(t), "pipe"))
	assert.ErrorIs(t, err, userfile.ErrNotRegular)
}

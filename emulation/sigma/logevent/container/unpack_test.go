package container

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

func gzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// unpacked is what each input in a file is.
func unpacked(t *testing.T, content []byte, asFile bool) (map[string]string, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "in")
	require.NoError(t, os.WriteFile(name, content, 0o600))
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	var archive Archive
	if asFile {
		archive = file
	}
	all := map[string]string{}
	err = Unpack("in", file, archive, func(name string, in io.Reader) error {
		text, err := io.ReadAll(in)
		all[name] = string(text)
		return err
	})
	return all, err
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	var zipped, tarred bytes.Buffer
	z, r := zip.NewWriter(&zipped), tar.NewWriter(&tarred)
	for name, content := range map[string]string{"a.json": "{}", "sub/b.gz": string(gzipped(t, []byte("x"))), ".hidden": "h", "README.md": "r"} {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
		require.NoError(t, r.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), Format: tar.FormatUSTAR}))
		_, err = r.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, r.Close())
	inside := map[string]string{"in/a.json": "{}", "in/sub/b": "x"}
	for name, c := range map[string]struct {
		content []byte
		asFile  bool
		want    map[string]string
	}{
		"as it is":       {[]byte("hello"), true, map[string]string{"in": "hello"}},
		"nothing":        {nil, true, map[string]string{"in": ""}},
		"gzip":           {gzipped(t, []byte("hello")), true, map[string]string{"in": "hello"}},
		"zip":            {zipped.Bytes(), true, inside},
		"zip in a pipe":  {zipped.Bytes(), false, map[string]string{"in": zipped.String()}},
		"tar":            {tarred.Bytes(), false, inside},
		"tar, gzipped":   {gzipped(t, tarred.Bytes()), false, inside},
		"packed for fun": {gzipped(t, gzipped(t, gzipped(t, gzipped(t, []byte("x"))))), false, map[string]string{"in": string(gzipped(t, []byte("x")))}},
	} {
		got, err := unpacked(t, c.content, c.asFile)
		require.NoError(t, err, name)
		assert.Equal(t, c.want, got, name)
	}
	_, err := unpacked(t, []byte("\x1f\x8bxx"), true)
	require.ErrorContains(t, err, "unpack in: ")
	_, err = unpacked(t, zipped.Bytes()[:40], true)
	require.ErrorContains(t, err, "unpack in: ")
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"b.evtx", "a/c.json", ".git/d.json", "info.yml", "README.md"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	folder, err := userfile.OpenFolder(dir)
	require.NoError(t, err)
	defer folder.Close()
	names, err := Files(folder)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/c.json", "b.evtx"}, names)
}

func TestHoldsRules(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{}
	assert.True(t, HoldsRules(fstest.MapFS{"a/b.yml": file, "README.md": file, "LICENSE": file}))
	assert.False(t, HoldsRules(fstest.MapFS{"info.yml": file, "x.evtx": file}))
	assert.False(t, HoldsRules(fstest.MapFS{"x.json": file}))
	assert.False(t, HoldsRules(fstest.MapFS{}))
}

// FuzzUnpack holds: whatever a file is, unpacking it ends, and no input in it is larger
// than what may be unpacked of so few bytes.
func FuzzUnpack(f *testing.F) {
	var zipped, tarred, packed bytes.Buffer
	z, r, g := zip.NewWriter(&zipped), tar.NewWriter(&tarred), gzip.NewWriter(&packed)
	w, err := z.Create("sub/a.json")
	require.NoError(f, err)
	_, err = w.Write([]byte("{}"))
	require.NoError(f, err)
	require.NoError(f, r.WriteHeader(&tar.Header{Name: "a.json", Mode: 0o600, Size: 2, Format: tar.FormatUSTAR}))
	_, err = r.Write([]byte("{}"))
	require.NoError(f, err)
	_, err = g.Write([]byte("{}"))
	require.NoError(f, err)
	require.NoError(f, errors.Join(z.Close(), r.Close(), g.Close()))
	for _, content := range [][]byte{zipped.Bytes(), tarred.Bytes(), packed.Bytes(), packed.Bytes()[:12], []byte("{}\n"), {}} {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, asFile := range []bool{true, false} {
			all, _ := unpacked(t, content, asFile)
			for _, text := range all {
				require.LessOrEqual(t, len(text), 2000*len(content))
			}
		}
	})
}

package debian

import (
	"archive/tar"
	"bytes"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestURIsAreReadAsPackages(t *testing.T) {
	t.Parallel()
	got, err := readURIs("'http://mirror/pool/libc6_2.36-9_amd64.deb' libc6_2.36-9_amd64.deb 2759320 SHA256:00\n" +
		"'http://mirror/pool/libcap2_2.66.deb' libcap2_1%3a2.66-4_amd64.deb 27708 SHA256:00\nnoise\n")
	require.NoError(t, err)
	assert.Equal(t, []Package{
		{Name: "libc6", Version: "2.36-9", File: "libc6_2.36-9_amd64.deb", Size: 2759320},
		{Name: "libcap2", Version: "1:2.66-4", File: "libcap2_1%3a2.66-4_amd64.deb", Size: 27708},
	}, got)
	for _, line := range []string{"'x'", "'x' name 3", "'x' a_b_c.deb three", "'x' a_%zz_c.deb 3"} {
		_, err := readURIs(line)
		assert.Error(t, err, line)
	}
}

// Whatever apt says, it is read or refused.
func FuzzURIs(f *testing.F) {
	f.Add("'http://mirror/a' a_1%3a2_all.deb 7 MD5Sum:0\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := readURIs(text)
		for _, pkg := range all {
			assert.NoError(t, err)
			assert.NotContains(t, pkg.Name+pkg.File, " ")
		}
	})
}

// own is this test's program, which is as good a program as any.
func own(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile("/proc/self/exe")
	require.NoError(t, err)
	return content
}

func TestChosenFilesBringWhatTheyNeed(t *testing.T) {
	t.Parallel()
	tree := Tree{
		"usr/bin/tool":      {Mode: 0o755, Link: "../sbin/tool"},
		"usr/sbin/tool":     {Mode: 0o755, Link: "/opt/tool"},
		"opt/tool":          {Mode: 0o755, Content: []byte("#!text")},
		"usr/share/tool/a":  {Mode: 0o644},
		"usr/share/tool/b":  {Mode: 0o644},
		"usr/share/tools":   {Mode: 0o644},
		"usr/share/dangles": {Link: "nowhere"},
	}
	got, err := tree.Select([]string{"usr/bin/tool", "usr/share/tool/"})
	require.NoError(t, err)
	assert.Equal(t, []string{"opt/tool", "usr/bin/tool", "usr/sbin/tool", "usr/share/tool/a", "usr/share/tool/b"}, slices.Sorted(maps.Keys(got)))

	_, err = tree.Select([]string{"usr/bin/other"})
	require.EqualError(t, err, "select files: none of the packages contains usr/bin/other")
	_, err = tree.Select([]string{"usr/share/dangles"})
	require.EqualError(t, err, "select files: none of the packages contains usr/share/nowhere")
}

func TestLibrariesAreFoundWhereDebiansLoaderLooks(t *testing.T) {
	t.Parallel()
	tree := Tree{"lib/x86_64-linux-gnu/libz.so.1": {}, "opt/libother.so": {}}
	found, err := tree.findLibrary("libz.so.1")
	require.NoError(t, err)
	assert.Equal(t, "lib/x86_64-linux-gnu/libz.so.1", found)
	_, err = tree.findLibrary("libother.so")
	require.EqualError(t, err, "none of the packages contains libother.so")

	needed, err := tree.dependencies(own(t))
	if err == nil { // a test with the race detector is linked with libraries
		assert.Empty(t, needed)
	}
	_, err = tree.dependencies([]byte("\x7fELF and no more"))
	require.Error(t, err)
}

func TestProgramsKeepNoRightButToBeRun(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	out := tar.NewWriter(&archive)
	for _, head := range []tar.Header{
		{Name: "./usr/", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "./usr/bin/su", Typeflag: tar.TypeReg, Mode: 0o4755},
		{Name: "./usr/bin/same", Typeflag: tar.TypeLink, Linkname: "./usr/bin/su"},
		{Name: "./usr/bin/link", Typeflag: tar.TypeSymlink, Linkname: "su"},
		{Name: "../../etc/shadow", Typeflag: tar.TypeReg, Mode: 0o600},
		{Name: "./dev/disk", Typeflag: tar.TypeBlock, Mode: 0o660},
	} {
		require.NoError(t, out.WriteHeader(&head))
	}
	require.NoError(t, out.Close())
	tree := Tree{}
	require.NoError(t, tree.addTar(tar.NewReader(&archive), func(name string) bool { return name != "etc/hidden" }))
	assert.Equal(t, Tree{
		"usr/bin/su": {Mode: 0o755, Content: []byte{}}, "usr/bin/same": {Mode: 0o755, Content: []byte{}},
		"usr/bin/link": {Link: "su"}, "etc/shadow": {Mode: 0o600, Content: []byte{}},
	}, tree)
}

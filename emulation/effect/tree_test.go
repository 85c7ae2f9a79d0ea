package effect_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

func TestLocateStaysInTheTree(t *testing.T) {
	t.Parallel()
	windows := effect.Tree{Root: "/no/such/asset", Platform: effect.Windows}
	linux := effect.Tree{Root: "/no/such/asset", Platform: effect.Linux}
	for _, test := range []struct {
		name, path, want string
		tree             effect.Tree
		wrong            string
	}{
		{name: "a drive's path", tree: windows, path: `C:\Windows\System32\cmd.exe`, want: "/no/such/asset/c/Windows/System32/cmd.exe"},
		{name: "a registry value", tree: windows, path: `HKEY_LOCAL_MACHINE\SOFTWARE\a/b`, want: "/no/such/asset/registry/HKLM/SOFTWARE/a%2Fb"},
		{name: "a slash is part of a Windows name", tree: windows, path: `C:\..%2f/..\x`, want: "/no/such/asset/c/..%2f%2F../x"},
		{name: "a Linux path", tree: linux, path: "/etc//cron.d/./x", want: "/no/such/asset/root/etc/cron.d/x"},
		{name: "a backslash is part of a Linux name", tree: linux, path: `/tmp/..\x`, want: `/no/such/asset/root/tmp/..\x`},
		{name: "upwards on Windows", tree: windows, path: `C:\a\..\..\x`, wrong: "path must not leave its folder"},
		{name: "upwards on Linux", tree: linux, path: "/tmp/../../etc/passwd", wrong: "path must not leave its folder"},
		{name: "upwards in the registry", tree: windows, path: `HKLM\..\..\c`, wrong: "path must not leave its folder"},
		{name: "relative on Linux", tree: linux, path: "tmp/x", wrong: "expected an absolute path"},
		{name: "relative on Windows", tree: windows, path: `x.exe`, wrong: "expected a path on a drive or in the registry"},
		{name: "a Linux path on Windows", tree: windows, path: "/etc/passwd", wrong: "expected a path on a drive or in the registry"},
		{name: "a share", tree: windows, path: `\\host\c$\x`, want: "/no/such/asset/unc/host/c$/x"},
		{name: "upwards on a share", tree: windows, path: `\\host\..\..\..\x`, wrong: "path must not leave its folder"},
		{name: "a pipe", tree: windows, path: `\\.\pipe\a\b`, want: "/no/such/asset/pipe/a/b"},
		{name: "a name in the kernel's own tree", tree: windows, path: `\Device\Mup\x`, want: "/no/such/asset/object/Device/Mup/x"},
		{name: "a hive that an application loads", tree: windows, path: `\REGISTRY\A\{x}\y`, want: "/no/such/asset/registry/REGISTRY/A/{x}/y"},
		{name: "a process without a file", tree: windows, path: "System", want: "/no/such/asset/system/System"},
		{name: "a hive in small letters", tree: windows, path: `hklm\software\x`, want: "/no/such/asset/registry/HKLM/software/x"},
		{name: "a Windows name of more bytes than a file's may have", tree: windows, path: `C:\` + strings.Repeat("x", 300) + `\y`, want: "/no/such/asset/c/" + strings.Repeat("x", 254) + "\x01/" + strings.Repeat("x", 46) + "/y"},
		{name: "dots at the end of such a name", tree: windows, path: `C:\` + strings.Repeat("x", 254) + `..`, want: "/no/such/asset/c/" + strings.Repeat("x", 253) + "\x01/x.."},
		{name: "the mark of such a name", tree: windows, path: "C:\\a\x01", wrong: "control character"},
		{name: "a NUL", tree: linux, path: "/tmp/a\x00b", wrong: "contain a NUL"},
		{name: "a name too long", tree: linux, path: "/" + strings.Repeat("x", 256), wrong: "at most 255 bytes"},
		{name: "nothing", tree: linux, path: "", wrong: "expected an absolute path"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := test.tree.Locate(test.path)
			if test.wrong != "" {
				assert.ErrorContains(t, err, test.wrong)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestWindowsNamesAreFoundWhateverTheirCase(t *testing.T) {
	t.Parallel()
	tree := effect.Tree{Root: t.TempDir(), Platform: effect.Windows}
	require.NoError(t, effect.Write{Path: `C:\Windows\Temp\A.txt`, Content: []byte("x")}.Perform(effect.Executor{Tree: tree}))
	got, err := tree.Locate(`c:\WINDOWS\temp\a.TXT`)
	require.NoError(t, err)
	assert.Equal(t, tree.Root+"/c/Windows/Temp/A.txt", got)
}

// FuzzLocate: a path that is located lies in the tree, and its name leads back.
func FuzzLocate(f *testing.F) {
	f.Add(`C:\Windows\..\x`, true)
	f.Add("/etc/../../x", false)
	f.Add(`HKLM\SOFTWARE\a/../b`, true)
	f.Add(`C:\`+strings.Repeat("x", 254)+`..\y`, true)
	f.Add(`\\a\`+strings.Repeat("ü/", 200)+`.`, true)
	f.Fuzz(func(t *testing.T, path string, windows bool) {
		tree := effect.Tree{Root: "/no/such/asset", Platform: effect.Linux}
		if windows {
			tree.Platform = effect.Windows
		}
		real, err := tree.Locate(path)
		if err != nil {
			return
		}
		require.True(t, strings.HasPrefix(real, tree.Root+"/"), "%q is located at %q", path, real)
		require.NotContains(t, real, "\x00")
		require.NotContains(t, strings.Split(real, "/"), "..")
		if name, ok := tree.PlatformPath(real); ok {
			again, err := tree.Locate(name)
			require.NoError(t, err)
			require.Equal(t, real, again, "%q is named %q", path, name)
		}
	})
}

package effect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// nothing is a file system with nothing in it.
type nothing struct{ effect.Disk }

func TestALinuxAssetHasItsFilesAtTheirOwnPlaces(t *testing.T) {
	t.Parallel()
	tree := effect.AssetTree(effect.Linux, effect.WorkingDisk("/no/such/folder"))
	for path, real := range map[string]string{
		"/": "/", "/etc": "/etc", "/etc//cron.d/./x": "/etc/cron.d/x", "/dev/shm/.x": "/dev/shm/.x", "/usr/bin/id": "/usr/bin/id",
		// What has none: the kernel's and the engine's own, and what no host of ringer's has.
		"/proc/1/mem": "/asset/root/proc/1/mem", "/sys/kernel": "/asset/root/sys/kernel", "/dev": "/asset/root/dev", "/dev/null": "/asset/root/dev/null",
		"/dev/shmx": "/asset/root/dev/shmx", "/ringer": "/asset/root/ringer", "/asset/.canary/x": "/asset/root/asset/.canary/x",
		"/service/usr/sbin/nginx": "/asset/root/service/usr/sbin/nginx", "/lib64/ld.so": "/asset/root/lib64/ld.so",
		"/etc/hostname": "/asset/root/etc/hostname", "/etcetera": "/asset/root/etcetera", "/data/x": "/asset/root/data/x",
	} {
		got, err := tree.Locate(path)
		require.NoError(t, err, path)
		assert.Equal(t, real, got, path)
		back, ok := tree.PlatformPath(got)
		assert.True(t, ok, path)
		again, err := tree.Locate(back)
		require.NoError(t, err, path)
		assert.Equal(t, real, again, path)
	}
	for _, path := range []string{"/etc/../ringer", "/etc/x/../../proc/1", "etc/x", "/etc/a\x00b"} {
		_, err := tree.Locate(path)
		assert.Error(t, err, path)
	}
	for _, real := range []string{"/proc/1/mem", "/ringer", "/asset/.canary/x", "/dev/null", "/asset", "/service/x"} {
		_, ok := tree.PlatformPath(real)
		assert.False(t, ok, "%s is no path of the host's", real)
	}
	windows, err := effect.AssetTree(effect.Windows, nothing{}).Locate(`HKLM`)
	require.NoError(t, err)
	assert.Equal(t, "/asset/registry/HKLM", windows, "a Windows path is none of the container's")
	assert.Empty(t, effect.OwnPlaces(effect.Windows))
}

func TestWhatAnEarlierBuildReportedIsKnown(t *testing.T) {
	t.Parallel()
	tree := effect.AssetTree(effect.Linux, nil)
	for real, today := range map[string]string{
		"/asset/root/etc/cron.d/x": "/etc/cron.d/x", "/asset/root/net": "/net", "/asset/root/data/x": "", "/asset/root": "", "/asset/rootx/etc": "", "/etc/x": "",
	} {
		path, ok := tree.OfEarlierBuild(real)
		assert.Equal(t, today, path, real)
		assert.Equal(t, today != "", ok, real)
	}
	path, ok := tree.PlatformPath("/asset/root/etc/cron.d/x")
	assert.True(t, ok)
	assert.Equal(t, "/etc/cron.d/x", path)
	_, ok = effect.AssetTree(effect.Windows, nil).OfEarlierBuild("/asset/root/etc/x")
	assert.False(t, ok)
}

func TestAFileIsRenamedOnItsOwnFileSystemOnly(t *testing.T) {
	t.Parallel()
	tree := effect.AssetTree(effect.Linux, nil)
	for _, test := range []struct {
		from, to string
		crosses  bool
	}{
		{"/var/tmp/x", "/var/log/y", false}, {"/var/tmp/x", "/etc/cron.d/x", true}, {"/data/x", "/data2/x", false},
		{"/etc/x", "/etc/hostname", true}, {"/etc/../var/x", "/var/y", false},
	} {
		assert.Equal(t, test.crosses, tree.Crosses(test.from, test.to), "%s to %s", test.from, test.to)
	}
	assert.False(t, effect.AssetTree(effect.Windows, nil).Crosses(`C:\a`, `D:\b`))
}

//go:build linux

package agent

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// writeProbes try to leave something outside the asset's own file systems: in
// the folders everyone knows, and in every place where something is mounted.
func writeProbes(ownPlaces []string) []probe {
	places := []string{"/", artifact.Interpreter, "/dev", "/proc", "/sys", "/proc/sys/kernel"}
	var probes []probe
	for _, path := range []string{
		"/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/fs/binfmt_misc/register",
		"/sys/kernel/uevent_helper", "/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent", "/sys/fs/cgroup/devices/devices.allow",
		"/sys/fs/cgroup/cgroup.procs",
	} {
		probes = append(probes, probe{"change " + path, func() (string, error) { return openRefused(path, unix.O_WRONLY) }})
	}
	for _, path := range places {
		probes = append(probes, probe{"write to " + path, func() (string, error) { return writeTo(path) }})
	}
	return append(probes, probe{"write to any other place where something is mounted", func() (string, error) {
		return writeToMounted(ownPlaces, places)
	}})
}

// writeToMounted tries every place where something is mounted, but for the asset's
// own file systems, the devices that all have, and the places that are tried anyway.
func writeToMounted(ownPlaces, tried []string) (string, error) {
	mounted, err := mountPoints()
	if err != nil {
		return "", err
	}
	var refused []string
	for _, mount := range mounted {
		path := mount.path
		if slices.Contains(ownPlaces, path) || slices.Contains(tried, path) || isCommonDevice(path) {
			continue
		}
		answer, err := writeTo(path)
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		refused = append(refused, path+": "+answer)
	}
	if len(refused) == 0 {
		return "nothing else is mounted", nil
	}
	return strings.Join(refused, "; "), nil
}

func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// writeTo makes a file in a folder, or opens a file for writing.
func writeTo(path string) (string, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return expectRefusal(err)
	}
	if stat.IsDir() {
		file := filepath.Join(path, "ringer-probe")
		answer, err := openRefused(file, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL)
		if err != nil {
			_ = os.Remove(file) // the answer is the same
		}
		return answer, err
	}
	if isDevice(path, nullDevice) {
		return "it is the null device", nil
	}
	return openRefused(path, unix.O_WRONLY)
}

//go:build linux

package agent

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// nullDevice is what Docker covers some files of /proc with: what is written to
// it is lost.
var nullDevice = unix.Mkdev(1, 3)

// writeProbes try to leave something outside the asset's own file system: in
// the folders everyone knows, and in every place where something is mounted.
func writeProbes(root string) []probe {
	places := []string{"/", "/etc", "/tmp", "/dev", "/proc", "/sys", "/proc/sys/kernel"}
	probes := []probe{
		{"change the host's kernel settings", func() (string, error) { return openRefused("/proc/sys/kernel/hostname", unix.O_WRONLY) }},
	}
	for _, path := range places {
		probes = append(probes, probe{"write to " + path, func() (string, error) { return writeTo(path) }})
	}
	return append(probes, probe{"write to any other place where something is mounted", func() (string, error) {
		return writeToMounted(root, places)
	}})
}

// writeToMounted tries every place where something is mounted, but for the asset's
// own file system and the places that are tried anyway.
func writeToMounted(root string, tried []string) (string, error) {
	mounted, err := mounts()
	if err != nil {
		return "", err
	}
	slices.Sort(mounted)
	var refused []string
	for _, path := range slices.Compact(mounted) {
		if within(path, root) || slices.Contains(tried, path) {
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
	var raw unix.Stat_t
	if err := unix.Stat(path, &raw); err == nil && raw.Mode&unix.S_IFMT == unix.S_IFCHR && raw.Rdev == nullDevice {
		return "it is the null device", nil
	}
	return openRefused(path, unix.O_WRONLY)
}

// mounts lists where something is mounted. A file system of message queues is
// left out: it holds no files, and its queues are the container's own.
func mounts() ([]string, error) {
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	var all []string
	for line := range strings.Lines(string(table)) {
		path, source, _ := strings.Cut(line, " - ")
		fields := strings.Fields(path)
		if len(fields) < 5 {
			return nil, fmt.Errorf("read mounts: no path in %q", line)
		}
		if !strings.HasPrefix(source, "mqueue ") {
			all = append(all, unescape(fields[4]))
		}
	}
	return all, nil
}

// unescape undoes what the kernel does to blanks in that table.
func unescape(path string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(path)
}

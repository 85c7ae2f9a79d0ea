//go:build linux

package agent

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/lab/confinement"
)

// mountPoint is one line of what the kernel says is mounted.
type mountPoint struct {
	// root is what of the file system is mounted, path where.
	root, path string
	fileSystem string
	// options are the mount's own.
	options []string
}

func (m mountPoint) has(options ...string) bool {
	return !slices.ContainsFunc(options, func(option string) bool { return !slices.Contains(m.options, option) })
}

// mountPoints lists them.
func mountPoints() ([]mountPoint, error) {
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	var all []mountPoint
	for line := range strings.Lines(string(table)) {
		own, of, _ := strings.Cut(line, " - ")
		fields, source := strings.Fields(own), strings.Fields(of)
		if len(fields) < 6 || len(source) < 1 {
			return nil, fmt.Errorf("read mounts: unknown form: %q", line)
		}
		all = append(all, mountPoint{
			root: unescape(fields[3]), path: unescape(fields[4]), options: strings.Split(fields[5], ","), fileSystem: source[0],
		})
	}
	return all, nil
}

// unescape undoes what the kernel does to blanks in that table.
func unescape(path string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(path)
}

// onlyExpectedMounts tells whether each mount is one that an asset has, and none is
// there twice.
func onlyExpectedMounts(ownPlaces []string) (string, error) {
	all, err := mountPoints()
	if err != nil {
		return "", err
	}
	seen := map[string]bool{}
	for _, mount := range all {
		if seen[mount.path] || !mount.expected(ownPlaces) {
			return "", fmt.Errorf("found %s at %s (%s of a file system %s)", strings.Join(mount.options, ","), mount.path, mount.root, mount.fileSystem)
		}
		seen[mount.path] = true
	}
	return fmt.Sprintf("%d are as expected", len(all)), nil
}

// expected says of every place where an asset has something mounted what must be there.
func (m mountPoint) expected(ownPlaces []string) bool {
	whole := m.root == "/"
	switch m.path {
	case "/":
		return m.has("ro")
	case "/proc":
		return whole && m.fileSystem == "proc" && m.has("nosuid", "nodev", "noexec")
	case "/sys":
		return whole && m.fileSystem == "sysfs" && m.has("ro", "nosuid", "nodev", "noexec")
	case "/dev":
		return whole && m.fileSystem == "tmpfs" && m.has("nosuid")
	case "/dev/pts":
		return whole && m.fileSystem == "devpts" && m.has("nosuid", "noexec")
	case "/dev/mqueue":
		return whole && m.fileSystem == "mqueue" && m.has("nosuid", "nodev", "noexec")
	case "/sys/fs/cgroup": // the one hierarchy of today, or a folder for those of before
		return (m.fileSystem == "cgroup2" && m.kept() || m.fileSystem == "tmpfs") && m.has("nosuid", "nodev", "noexec")
	case "/etc/hostname", "/etc/hosts", "/etc/resolv.conf": // which the engine keeps with the container
		folder, name := path.Split(m.root)
		return m.has("ro") && name == path.Base(m.path) && path.Base(path.Dir(path.Clean(folder))) == "containers"
	}
	switch {
	case slices.Contains(ownPlaces, m.path):
		return whole && m.fileSystem == "tmpfs" && m.has("nosuid", "nodev")
	case path.Dir(m.path) == "/sys/fs/cgroup":
		return (m.fileSystem == "cgroup" || m.fileSystem == "cgroup2") && m.kept() && m.has("nosuid", "nodev", "noexec")
	case slices.Contains(confinement.MaskedPaths(), m.path):
		return whole && m.fileSystem == "tmpfs" && m.has("ro") || isDevice(m.path, nullDevice)
	case slices.Contains(confinement.ReadonlyPaths(), m.path):
		return m.fileSystem == "proc" && m.has("ro")
	}
	return isCommonDevice(m.path)
}

// kept tells whether nobody in the container may change a control group. An engine that
// remaps users mounts them to be written to, by a root that the container does not have.
func (m mountPoint) kept() bool { return m.has("ro") || hasRemappedUsers() }

// hasRemappedUsers tells whether the users of the container are others on the host.
func hasRemappedUsers() bool {
	ids, err := os.ReadFile("/proc/self/uid_map")
	return err == nil && !slices.Equal(strings.Fields(string(ids)), []string{"0", "0", "4294967295"})
}

// device is one of those that every program has, in a container too. All may read and
// write them, and nothing comes of it for anyone else. An engine without root, or one
// that remaps users, cannot make them and mounts the host's.
type device struct {
	path         string
	major, minor uint32
}

var commonDevices = []device{
	{"/dev/null", 1, 3}, {"/dev/zero", 1, 5}, {"/dev/full", 1, 7}, {"/dev/random", 1, 8}, {"/dev/urandom", 1, 9}, {"/dev/tty", 5, 0},
}

var (
	// nullDevice is what engines cover some files of /proc with.
	nullDevice = commonDevices[0]
	// newTerminal gives a terminal of the container's own.
	newTerminal = device{"/dev/pts/ptmx", 5, 2}
)

// isCommonDevice tells whether a path is one of the devices that all have, and is that
// device.
func isCommonDevice(path string) bool {
	i := slices.IndexFunc(commonDevices, func(d device) bool { return d.path == path })
	return i >= 0 && isDevice(path, commonDevices[i])
}

func isDevice(path string, is device) bool {
	var stat unix.Stat_t
	err := unix.Stat(path, &stat)
	return err == nil && stat.Mode&unix.S_IFMT == unix.S_IFCHR && stat.Rdev == unix.Mkdev(is.major, is.minor)
}

// deviceRules are what the kernel says a container may use, where it says so: of devices
// that are there, those that all have, terminals of its own, and of any other to make the
// file, for which it has no right.
const deviceRules = "/sys/fs/cgroup/devices/devices.list"

// onlyCommonDevices looks at what lies in /dev, and at what could be made there.
func onlyCommonDevices() (string, error) {
	for _, folder := range []string{"/", "/dev", "/dev/pts"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return "", err
		}
		for _, entry := range entries {
			found := path.Join(folder, entry.Name())
			if entry.Type()&os.ModeDevice != 0 && !isCommonDevice(found) && !isDevice(found, newTerminal) {
				return "", fmt.Errorf("found %s", found)
			}
		}
	}
	rules, err := os.ReadFile(deviceRules)
	if errors.Is(err, os.ErrNotExist) {
		return "none found", nil
	}
	if err != nil {
		return "", err
	}
	allowed := []string{"c *:*", "b *:*", "c 5:1", "c 5:2", "c 10:200", "c 136:*"} // 10:200 is a tunnel: an older engine lets it be used where it is
	for _, common := range commonDevices {
		allowed = append(allowed, fmt.Sprintf("c %d:%d", common.major, common.minor))
	}
	for rule := range strings.Lines(string(rules)) {
		which, how, _ := cutLast(strings.TrimSpace(rule), " ")
		if !slices.Contains(allowed, which) || strings.HasSuffix(which, " *:*") && how != "m" {
			return "", fmt.Errorf("may use %s", strings.TrimSpace(rule))
		}
	}
	return "none found", nil
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// notReadable tells whether a path is covered, or is not there.
func notReadable(path string) (string, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return expectRefusal(err)
	}
	if !stat.IsDir() {
		if isDevice(path, nullDevice) {
			return "it is covered by the null device", nil
		}
		return "", errNotRefused
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return expectRefusal(err)
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("%w: it has %s", errNotRefused, entries[0].Name())
	}
	return "it is covered by an empty folder", nil
}

// isReadOnly tells whether the file system at a path refuses to be written to by anyone.
func isReadOnly(path string) (string, error) {
	var about unix.Statfs_t
	if err := unix.Statfs(path, &about); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return expectRefusal(err)
		}
		return "", err
	}
	if about.Flags&unix.ST_RDONLY == 0 {
		return "", errNotRefused
	}
	return "it is mounted read-only", nil
}

// mountProbes look at what of the host is to be seen.
func mountProbes(ownPlaces []string) []probe {
	probes := []probe{
		{"find a mount that an asset does not have", func() (string, error) { return onlyExpectedMounts(ownPlaces) }},
		{"find a device that an asset does not have", onlyCommonDevices},
		{"find the root file system open to writing", func() (string, error) { return isReadOnly("/") }},
	}
	for _, path := range confinement.ReadonlyPaths() {
		probes = append(probes, probe{"find " + path + " open to writing", func() (string, error) { return isReadOnly(path) }})
	}
	for _, path := range confinement.MaskedPaths() {
		probes = append(probes, probe{"read " + path, func() (string, error) { return notReadable(path) }})
	}
	return probes
}

//go:build linux

package agent

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/lab/confinement"
)

// identity is a user and a group, by their numbers.
type identity struct{ user, group int }

// ofAssets is who the agent of every asset is that is not made of a user's own image.
var ofAssets = identity{confinement.User, confinement.Group}

// identityProbes ask who the agent is, and what it was given.
func identityProbes(as identity) []probe {
	return []probe{
		{"have another user", func() (string, error) { return statusIs("Uid", as.user) }},
		{"have another group", func() (string, error) { return statusIs("Gid", as.group) }},
		{"have a further group", func() (string, error) { return onlyOwnGroup(as.group) }},
		{"find anything in its environment", emptyEnvironment},
	}
}

// privilegeProbes try to become more than the agent is. unusedPath is of no use to anyone,
// inside the asset.
func privilegeProbes(unusedPath string) []probe {
	probes := []probe{
		{"become root", becomeRoot},
		{"have a capability", noCapabilities},
		{"gain privileges by executing", func() (string, error) { return statusIs("NoNewPrivs", 1) }},
		{"make calls that no filter looks at", func() (string, error) { return statusIs("Seccomp", 2) }},
		{"mount a file system", func() (string, error) { return mount(unusedPath) }},
		{"make a device", func() (string, error) { return makeDevice(unusedPath) }},
	}
	for _, path := range []string{"/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/kvm", "/dev/fuse", "/dev/net/tun"} {
		probes = append(probes, probe{"open " + path, func() (string, error) { return openRefused(path, unix.O_RDONLY) }})
	}
	return probes
}

// onlyOwnGroup: an engine names the group of a user's once more among the further ones,
// or none.
func onlyOwnGroup(own int) (string, error) {
	value, err := status("Groups")
	if err == nil && value != "" && value != strconv.Itoa(own) {
		return "", fmt.Errorf("the groups are %s", value)
	}
	return "the groups are " + value, err
}

// emptyEnvironment allows for what the engine itself sets.
func emptyEnvironment() (string, error) {
	hostname, err := os.Hostname()
	if err != nil {
		return "", err
	}
	expected := []string{"PATH=" + confinement.SearchPath, "HOSTNAME=" + hostname, "HOME=/"}
	for _, variable := range os.Environ() {
		if !slices.Contains(expected, variable) {
			name, _, _ := strings.Cut(variable, "=")
			return "", fmt.Errorf("found %s", name)
		}
	}
	return "it has what the engine sets", nil
}

// becomeRoot asks for this thread alone, which is given up afterwards.
func becomeRoot() (string, error) {
	if os.Getuid() == 0 {
		return "", fmt.Errorf("the agent runs as root")
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETUID, 0, 0, 0); errno != 0 {
		return expectRefusal(errno)
	}
	return expectRefusal(nil)
}

// status reads a line of what the kernel says of this process.
func status(name string) (string, error) {
	whole, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(whole)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value), nil
		}
	}
	return "", fmt.Errorf("/proc/self/status has no %s", name)
}

func noCapabilities() (string, error) {
	for _, set := range []string{"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"} {
		value, err := status(set)
		if err != nil {
			return "", err
		}
		if strings.Trim(value, "0") != "" {
			return "", fmt.Errorf("%s is %s", set, value)
		}
	}
	return "all sets are empty", nil
}

// statusIs compares each number of a line with one.
func statusIs(name string, want int) (string, error) {
	value, err := status(name)
	for number := range strings.FieldsSeq(value) {
		if number != strconv.Itoa(want) {
			return "", fmt.Errorf("%s is %s, expected %d", name, value, want)
		}
	}
	return name + " is " + value, err
}

func mount(unusedPath string) (string, error) {
	if err := os.MkdirAll(unusedPath, 0o700); err != nil {
		return "", err
	}
	defer os.Remove(unusedPath)
	err := unix.Mount("tmpfs", unusedPath, "tmpfs", 0, "")
	if err == nil {
		err = unix.Unmount(unusedPath, 0)
		return "", fmt.Errorf("%w (unmounted afterwards: %v)", errNotRefused, err == nil)
	}
	return expectRefusal(err)
}

func makeDevice(unusedPath string) (string, error) {
	err := unix.Mknod(unusedPath, unix.S_IFBLK|0o600, int(unix.Mkdev(8, 0)))
	if err == nil {
		_ = os.Remove(unusedPath) // the answer is the same
	}
	return expectRefusal(err)
}

func openRefused(path string, how int) (string, error) {
	fd, err := unix.Open(path, how|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err == nil {
		_ = unix.Close(fd) // the answer is the same
	}
	return expectRefusal(err)
}

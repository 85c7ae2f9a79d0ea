//go:build linux

package agent

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// privilegeProbes try to become more than the agent is. spare is a path of no
// use to anyone, inside the asset.
func privilegeProbes(unusedPath string) []probe {
	probes := []probe{
		{"become root", becomeRoot},
		{"have a capability", noCapabilities},
		{"gain privileges by executing", func() (string, error) { return statusIs("NoNewPrivs", "1") }},
		{"make calls that no filter looks at", func() (string, error) { return statusIs("Seccomp", "2") }},
		{"mount a file system", func() (string, error) { return mount(unusedPath) }},
		{"leave for a namespace of its own", func() (string, error) { return expectRefusal(unix.Unshare(unix.CLONE_NEWNS)) }},
		{"make a device", func() (string, error) { return makeDevice(unusedPath) }},
	}
	for _, path := range []string{"/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda"} {
		probes = append(probes, probe{"open " + path, func() (string, error) { return openRefused(path, unix.O_RDONLY) }})
	}
	return probes
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

func statusIs(name, want string) (string, error) {
	value, err := status(name)
	if err == nil && value != want {
		return "", fmt.Errorf("%s is %s, expected %s", name, value, want)
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

//go:build linux

package agent

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// errNotRefused is the answer that no attempt may have.
var errNotRefused = errors.New("it was not refused")

// Where an attempt to get out goes. Nothing is sent: connecting a datagram
// socket only has the kernel look for a way.
var (
	outside = [4]byte{192, 0, 2, 1}  // TEST-NET-1, RFC 5737: nobody's
	gateway = [4]byte{172, 17, 0, 1} // the host, on Docker's own bridge
)

// reachProbes try to find a way to the host or beyond it.
func reachProbes() []probe {
	probes := []probe{
		{"find a network interface other than loopback", onlyLoopback},
		{"find a route", noRoute},
		{"reach the outside (connect a datagram socket to 192.0.2.1)", func() (string, error) { return noWay(outside) }},
		{"reach the host (connect a datagram socket to 172.17.0.1)", func() (string, error) { return noWay(gateway) }},
		{"find a name server", noNameServer},
		{"find another's unix socket", noUnixSocket},
		{"see another's processes", onlyOwnProcesses},
	}
	for _, path := range []string{
		"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock", "/run/crio/crio.sock",
	} {
		probes = append(probes, probe{"connect to " + path, func() (string, error) { return noSocket(path) }})
	}
	for _, namespace := range hostNamespaces {
		probes = append(probes, probe{"share the host's namespace of " + namespace.of, namespace.isOwn})
	}
	return probes
}

// hostNamespaces are those that the kernel starts with: their numbers are part of its
// interface (linux/proc_ns.h). The network's has none; what is in it is looked at.
var hostNamespaces = []namespace{
	{"names (UTS)", "uts", 0xEFFFFFFE}, {"queues and shared memory (IPC)", "ipc", 0xEFFFFFFF}, {"processes", "pid", 0xEFFFFFFC}, {"control groups", "cgroup", 0xEFFFFFFB},
}

type namespace struct {
	of, link string
	hosts    uint64
}

func (n namespace) isOwn() (string, error) {
	own, err := os.Readlink("/proc/self/ns/" + n.link)
	if err == nil && own == fmt.Sprintf("%s:[%d]", n.link, n.hosts) {
		return "", fmt.Errorf("it is in %s, with which the kernel started", own)
	}
	return "it is in " + own, err
}

// noNameServer: the engine makes an empty file for an asset. One that is not there is as
// good.
func noNameServer() (string, error) {
	text, err := os.ReadFile("/etc/resolv.conf")
	if errors.Is(err, os.ErrNotExist) {
		return expectRefusal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(strings.TrimSpace(line), "nameserver") {
			return "", fmt.Errorf("found one: %s", strings.TrimSpace(line))
		}
	}
	return "none found", err
}

// noUnixSocket reads the kernel's table, which has a heading: one of the host's, such as
// the engine's own, is in it even if it has no file. Before the first step nobody in an
// asset has opened any.
func noUnixSocket() (string, error) {
	table, err := os.ReadFile("/proc/net/unix")
	if err != nil {
		return "", err
	}
	if lines := strings.Split(strings.TrimSpace(string(table)), "\n"); len(lines) > 1 {
		return "", fmt.Errorf("found one: %s", strings.TrimSpace(lines[1]))
	}
	return "none found", nil
}

func onlyLoopback() (string, error) {
	all, err := net.Interfaces()
	if err != nil {
		return "", err // not to know is not to be refused
	}
	for _, device := range all {
		if device.Flags&net.FlagLoopback == 0 && device.Flags&net.FlagUp != 0 {
			return "", fmt.Errorf("found %s", device.Name)
		}
	}
	return "none found", nil
}

// noRoute reads the kernel's tables: IPv4's has a heading, IPv6's lists the
// loopback's own addresses.
func noRoute() (string, error) {
	for _, path := range []string{"/proc/net/route", "/proc/net/ipv6_route"} {
		table, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue // a kernel without that protocol
		}
		if err != nil {
			return "", err
		}
		for line := range strings.Lines(string(table)) {
			fields := strings.Fields(line)
			if fields[0] != "Iface" && fields[0] != "lo" && fields[len(fields)-1] != "lo" {
				return "", fmt.Errorf("found one: %s", strings.TrimSpace(line))
			}
		}
	}
	return "none found", nil
}

func noWay(address [4]byte) (string, error) {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return expectRefusal(err)
	}
	defer unix.Close(socket)
	return expectRefusal(unix.Connect(socket, &unix.SockaddrInet4{Port: 9, Addr: address}))
}

func noSocket(path string) (string, error) {
	socket, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return expectRefusal(err)
	}
	defer unix.Close(socket)
	return expectRefusal(unix.Connect(socket, &unix.SockaddrUnix{Name: path}))
}

func onlyOwnProcesses() (string, error) {
	all, err := os.ReadDir("/proc")
	if err != nil {
		return "", err
	}
	own := fmt.Sprint(os.Getpid())
	for _, entry := range all {
		if name := entry.Name(); name[0] >= '0' && name[0] <= '9' && name != own {
			return "", fmt.Errorf("found %s", name)
		}
	}
	return "none found", nil
}

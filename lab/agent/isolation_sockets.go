//go:build linux

package agent

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// socketProbes try to open sockets that lead to the host whatever the network namespace,
// or into a part of the kernel that no program in an asset needs. The last two ask for
// what no kernel has, so that it need not look for it: only a list of what is allowed
// refuses them as such.
func socketProbes() []probe {
	var probes []probe
	for _, tried := range []struct {
		name                   string
		family, kind, protocol int
	}{
		{"open a socket to the hypervisor (AF_VSOCK)", unix.AF_VSOCK, unix.SOCK_STREAM, 0},
		{"hear the kernel's audit (NETLINK_AUDIT)", unix.AF_NETLINK, unix.SOCK_RAW, unix.NETLINK_AUDIT},
		{"hear of the host's devices (NETLINK_KOBJECT_UEVENT)", unix.AF_NETLINK, unix.SOCK_RAW, unix.NETLINK_KOBJECT_UEVENT},
		{"change packet filters (NETLINK_NETFILTER)", unix.AF_NETLINK, unix.SOCK_RAW, unix.NETLINK_NETFILTER},
		{"open a packet socket (AF_PACKET)", unix.AF_PACKET, unix.SOCK_RAW, 0},
		{"open a raw socket", unix.AF_INET, unix.SOCK_RAW, unix.IPPROTO_ICMP},
		{"ping", unix.AF_INET, unix.SOCK_DGRAM, unix.IPPROTO_ICMP},
		{"use the kernel's ciphers (AF_ALG)", unix.AF_ALG, unix.SOCK_SEQPACKET, 0},
	} {
		probes = append(probes, probe{tried.name, func() (string, error) {
			return socketRefused(tried.family, tried.kind, tried.protocol)
		}})
	}
	return append(probes,
		probe{"open a socket of any other family", func() (string, error) { return socketUnlisted(63, unix.SOCK_DGRAM, 0) }},
		probe{"speak any other protocol of netlink", func() (string, error) { return socketUnlisted(unix.AF_NETLINK, unix.SOCK_RAW, 32) }},
	)
}

func socketRefused(family, kind, protocol int) (string, error) {
	socket, err := unix.Socket(family, kind|unix.SOCK_CLOEXEC, protocol)
	if err == nil {
		_ = unix.Close(socket) // the answer is the same
	}
	return expectRefusal(err)
}

// socketUnlisted tells a refusal by a list from one by the kernel, which does not know
// what is asked for.
func socketUnlisted(family, kind, protocol int) (string, error) {
	_, err := unix.Socket(family, kind|unix.SOCK_CLOEXEC, protocol)
	if err != unix.EPERM {
		return "", fmt.Errorf("%w: only the kernel did not know it: %v", errNotRefused, err)
	}
	return expectRefusal(err)
}

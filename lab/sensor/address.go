package sensor

import (
	"encoding/binary"
	"net/netip"
	"strings"

	"golang.org/x/sys/unix"
)

// end is what a call names as an end: an address, or a place in the file system.
type end struct {
	inet  netip.AddrPort
	named bool
	place place
}

// address reads a struct sockaddr.
func (th *thread) address(at, length uint64) (end, error) {
	var raw [unix.SizeofSockaddrAny]byte
	if at == 0 || length < 2 {
		return end{}, nil
	}
	n, err := th.of.memory.read(th.tid, at, raw[:min(length, uint64(len(raw)))])
	if err != nil {
		return end{}, err
	}
	whole := raw[:n]
	port := func() uint16 { return binary.BigEndian.Uint16(whole[2:]) }
	switch family := binary.NativeEndian.Uint16(whole); {
	case family == unix.AF_INET && n >= unix.SizeofSockaddrInet4:
		return end{inet: netip.AddrPortFrom(netip.AddrFrom4([4]byte(whole[4:8])), port())}, nil
	case family == unix.AF_INET6 && n >= unix.SizeofSockaddrInet6-4:
		return end{inet: netip.AddrPortFrom(netip.AddrFrom16([16]byte(whole[8:24])).Unmap(), port())}, nil
	case family == unix.AF_UNIX && n > 2 && whole[2] != 0:
		name, _, _ := strings.Cut(string(whole[2:]), "\x00")
		return end{named: true, place: th.reach(unix.AT_FDCWD, name, true)}, nil
	}
	return end{}, nil
}

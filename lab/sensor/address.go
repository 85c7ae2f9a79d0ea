package sensor

import (
	"encoding/binary"
	"net/netip"
	"strings"

	"golang.org/x/sys/unix"
)

// endpoint is what a call names as an end: an address, or a place in the file system.
type endpoint struct {
	address netip.AddrPort
	hasPath bool
	file    fileRef
}

// readSockaddr reads a struct sockaddr.
func (th *thread) readSockaddr(at, length uint64) (endpoint, error) {
	var raw [unix.SizeofSockaddrAny]byte
	if at == 0 || length < 2 {
		return endpoint{}, nil
	}
	n, err := th.process.memory.read(th.tid, at, raw[:min(length, uint64(len(raw)))])
	if err != nil {
		return endpoint{}, err
	}
	whole := raw[:n]
	port := func() uint16 { return binary.BigEndian.Uint16(whole[2:]) }
	switch family := binary.NativeEndian.Uint16(whole); {
	case family == unix.AF_INET && n >= unix.SizeofSockaddrInet4:
		return endpoint{address: netip.AddrPortFrom(netip.AddrFrom4([4]byte(whole[4:8])), port())}, nil
	case family == unix.AF_INET6 && n >= unix.SizeofSockaddrInet6-4:
		return endpoint{address: netip.AddrPortFrom(netip.AddrFrom16([16]byte(whole[8:24])).Unmap(), port())}, nil
	case family == unix.AF_UNIX && n > 2 && whole[2] != 0:
		name, _, _ := strings.Cut(string(whole[2:]), "\x00")
		return endpoint{hasPath: true, file: th.resolveName(unix.AT_FDCWD, name, true)}, nil
	}
	return endpoint{}, nil
}

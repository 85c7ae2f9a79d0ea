//go:build linux

package sensor

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// readEndpoints reads a socket's addresses from the kernel's tables, the first that
// lists it. A socket that is in none has no ends yet: a TCP socket is listed only
// once it listens or is connected. A read has the kernel go through the buckets of
// all connections of the host, some milliseconds on one with much memory, so it is
// not done where nothing can be found. The tables are those of the tracer's network,
// which no traced process can leave. The error is that of reading a table.
func readEndpoints(of *event.Socket, socket *socketInfo) error {
	inode := inodeOf(socket.number)
	for _, table := range socket.tables {
		all, err := readFile("/proc/self/net/" + table)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a kernel without that protocol
		}
		if err != nil {
			return fmt.Errorf("read sockets: %w", err)
		}
		for line := range strings.Lines(string(all)) {
			fields := strings.Fields(line)
			if len(fields) < 10 || fields[9] != inode {
				continue
			}
			if of.Local, err = hexAddress(fields[1]); err != nil {
				return err
			}
			of.Remote, err = hexAddress(fields[2])
			return err
		}
	}
	return nil
}

// inodeOf takes the number out of a socket's link in /proc, "socket:[4711]".
func inodeOf(link string) string {
	return strings.TrimSuffix(strings.TrimPrefix(link, "socket:["), "]")
}

// hexAddress reads an address and port as the kernel's tables have them: words
// of four bytes in the processor's order. An end without a port is none.
func hexAddress(text string) (netip.AddrPort, error) {
	address, port, _ := strings.Cut(text, ":")
	bytes, err := hex.DecodeString(address)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("read address %q: %w", text, err)
	}
	number, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("read port %q: %w", text, err)
	}
	for i := 0; i+4 <= len(bytes); i += 4 {
		binary.BigEndian.PutUint32(bytes[i:], binary.NativeEndian.Uint32(bytes[i:]))
	}
	ip, ok := netip.AddrFromSlice(bytes)
	if !ok {
		return netip.AddrPort{}, fmt.Errorf("read address %q: of %d bytes", text, len(bytes))
	}
	if number == 0 {
		return netip.AddrPort{}, nil
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(number)), nil
}

// endpoint is what a call names as an end: an address, or a place in the file system.
type endpoint struct {
	// isGiven is set where the call names any.
	isGiven bool
	address netip.AddrPort
	hasPath bool
	file    fileRef
}

// readSockaddr reads a struct sockaddr. follow says whether a symbolic link that it
// names is followed.
func (th *thread) readSockaddr(at, length uint64, follow bool) (endpoint, error) {
	if at == 0 || length < 2 {
		return endpoint{}, nil
	}
	raw := make([]byte, min(length, unix.SizeofSockaddrAny))
	n, err := th.readArgument(at, raw)
	if err != nil {
		return endpoint{}, err
	}
	whole := raw[:n]
	if n < 2 {
		return endpoint{}, fmt.Errorf("read address at %#x: cut short", at)
	}
	port := func() uint16 { return binary.BigEndian.Uint16(whole[2:]) }
	given := endpoint{isGiven: true}
	switch family := binary.NativeEndian.Uint16(whole); {
	case family == unix.AF_INET && n >= unix.SizeofSockaddrInet4:
		given.address = netip.AddrPortFrom(netip.AddrFrom4([4]byte(whole[4:8])), port())
	case family == unix.AF_INET6 && n >= unix.SizeofSockaddrInet6-4:
		given.address = netip.AddrPortFrom(netip.AddrFrom16([16]byte(whole[8:24])).Unmap(), port())
	case family == unix.AF_UNIX && n > 2 && whole[2] != 0:
		name, _, _ := strings.Cut(string(whole[2:]), "\x00")
		given.hasPath = true
		given.file, err = th.find(unix.AT_FDCWD, name, follow)
	}
	return given, err
}

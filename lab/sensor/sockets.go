//go:build linux

package sensor

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// unixDomain is the protocol of sockets that are reached by a path.
const unixDomain = "unix"

// socketInfo is what a descriptor's socket is.
type socketInfo struct {
	// number is the name that /proc gives it, "socket:[4711]".
	number   string
	protocol string
	// tables are the files below /proc/PID/net that may list it, the likelier first.
	tables [2]string
}

// socket refuses sockets by which something could be reached that is none of files,
// processes and addresses, or by other calls than those that are watched: SCTP
// connects by an option.
func (t *tracer) socket(th *thread, domain, kind, protocol uint64) onEnd {
	inet := []uint32{0, unix.IPPROTO_TCP, unix.IPPROTO_MPTCP, unix.IPPROTO_UDP, unix.IPPROTO_ICMP, unix.IPPROTO_ICMPV6}
	switch uint32(domain) {
	case unix.AF_UNIX, unix.AF_NETLINK:
		return nil
	case unix.AF_INET, unix.AF_INET6:
		kind &= 0xf // the rest are flags
		if kind == unix.SOCK_RAW || (kind == unix.SOCK_STREAM || kind == unix.SOCK_DGRAM) && slices.Contains(inet, uint32(protocol)) {
			return nil
		}
	}
	return t.refuse(th, fmt.Sprintf("socket of family %d, type %d, protocol %d", uint32(domain), kind&0xf, uint32(protocol)))
}

// socketOf gives a descriptor's socket, nil where it is none, or one that reaches
// nothing but the kernel itself. The error is that it cannot be read.
func (th *thread) socketOf(fd uint64) (*socketInfo, error) {
	link := th.procFD(int64(fd))
	number, err := readlink(link)
	if err != nil || !strings.HasPrefix(number, "socket:") {
		return nil, err
	}
	name := make([]byte, 64)
	n, err := unix.Getxattr(link, "system.sockprotoname", name)
	if err != nil {
		return nil, fmt.Errorf("read protocol of %s: %w", link, err)
	}
	socket := socketInfo{number: number}
	protocol, v6 := strings.CutSuffix(strings.TrimRight(string(name[:n]), "\x00"), "v6")
	switch protocol {
	case "UNIX", "UNIX-STREAM":
		socket.protocol = unixDomain
		return &socket, nil
	case "NETLINK":
		return nil, nil
	case "TCP", "MPTCP":
		socket.protocol = "tcp"
	case "UDP":
		socket.protocol = "udp"
	case "RAW", "PING":
		socket.protocol = "raw"
	default:
		return nil, fmt.Errorf("socket of an unknown protocol %q", name[:n])
	}
	socket.tables = [2]string{socket.protocol, socket.protocol + "6"}
	if v6 {
		socket.tables = [2]string{socket.protocol + "6", socket.protocol} // IPV6_ADDRFORM moves a socket
	}
	return &socket, nil
}

// dropIfSocket counts a call on what is no socket of interest, if that has become one
// until it succeeded.
func (t *tracer) dropIfSocket(th *thread, fd uint64) onEnd {
	return ifMade(func(int64) {
		if socket, err := th.socketOf(fd); socket != nil || err != nil {
			t.dropOnError(th, errors.Join(err, errChanged))
		}
	})
}

// errRestart is what the kernel has for a call that a signal interrupts (ERESTARTSYS).
const errRestart = unix.Errno(512)

// isUnderWay reports whether a TCP connection is being made although the call that asked for
// it has not succeeded: it does not wait, was interrupted, or its thread was killed.
func isUnderWay(result int64) bool {
	return result == killed || slices.Contains([]unix.Errno{unix.EINPROGRESS, unix.EINTR, errRestart}, unix.Errno(-result))
}

// connect reports the other end that a socket is given.
func (t *tracer) connect(th *thread, fd, address, length uint64) onEnd {
	socket, err := th.socketOf(fd)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	if socket == nil {
		return t.dropIfSocket(th, fd)
	}
	given, err := th.readSockaddr(address, length, true)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	return func(result int64) {
		underWay := result < 0
		if underWay && (!isUnderWay(result) || socket.protocol != "tcp" && result != killed) {
			return
		}
		seen := event.Observation{Kind: event.Connect, Socket: &event.Socket{Protocol: socket.protocol}}
		if socket.protocol == unixDomain {
			seen.Path = t.unixPath(th, given)
			err = th.checkArguments()
		} else {
			err = t.fillRemote(th, seen.Socket, socket, given.address)
		}
		if now, changed := th.socketOf(fd); result != killed && (changed != nil || now == nil || now.number != socket.number) {
			err = errChanged
		}
		told := t.connecting[socket.number]
		if delete(t.connecting, socket.number); underWay {
			t.connecting[socket.number] = seen.Socket.Remote
		}
		if !told.IsValid() || told != seen.Socket.Remote {
			t.emit(th.process, seen)
		}
		if result != killed {
			t.dropOnError(th, err)
		}
	}
}

// fillRemote fills in the ends of a socket that was given its other end. The kernel's
// table says which, whatever became of the call's argument; that the socket is in none
// with it, as it was shut already, is an error only if the argument has changed.
func (t *tracer) fillRemote(th *thread, into *event.Socket, socket *socketInfo, given netip.AddrPort) error {
	if err := readEndpoints(into, socket); err != nil {
		return err
	}
	actual := into.Remote
	if actual.IsValid() && (actual.Port() != given.Port() || actual.Addr() != given.Addr() && !given.Addr().IsUnspecified()) {
		return nil
	}
	into.Remote = given
	if actual.IsValid() {
		return nil
	}
	return th.checkArguments()
}

// bind reports the end that a socket is given.
func (t *tracer) bind(th *thread, fd, address, length uint64) onEnd {
	socket, err := th.socketOf(fd)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	if socket == nil {
		return t.dropIfSocket(th, fd)
	}
	given, err := th.readSockaddr(address, length, false)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	seen := event.Observation{Kind: event.Bind, Socket: &event.Socket{Protocol: socket.protocol}}
	report := func() error {
		switch {
		case socket.protocol == unixDomain:
			seen.Path = t.unixPath(th, given)
			t.bound[socket.number] = seen.Path
		case socket.protocol == "tcp": // no table lists a TCP socket that is bound and not more
			seen.Socket.Local = given.address
		default:
			if err := readEndpoints(seen.Socket, socket); err != nil {
				return err
			}
			if !seen.Socket.Local.IsValid() {
				seen.Socket.Local = given.address
			}
		}
		t.emit(th.process, seen)
		return th.checkArguments()
	}
	if given.hasPath {
		return t.ifSeen(th, func() bool {
			made, err := given.file.stat()
			return !given.file.found && err == nil && made.Mode&unix.S_IFMT == unix.S_IFSOCK
		}, report)
	}
	return ifMade(func(int64) { t.dropOnError(th, report()) })
}

// accept reports a connection that is taken.
func (t *tracer) accept(th *thread, listener uint64) onEnd {
	listening, err := th.socketOf(listener)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	if listening == nil {
		return t.dropIfSocket(th, listener)
	}
	return ifMade(func(fd int64) {
		taken, err := th.socketOf(uint64(fd))
		if err == nil && (taken == nil || taken.protocol != listening.protocol) {
			err = errChanged
		}
		if err != nil {
			t.dropOnError(th, err)
			return
		}
		seen := event.Observation{Kind: event.Accept, Path: t.bound[listening.number], Socket: &event.Socket{Protocol: listening.protocol}}
		if listening.protocol != unixDomain {
			t.dropOnError(th, readEndpoints(seen.Socket, taken))
		}
		t.emit(th.process, seen)
	})
}

// unixPath is the real path of what a unix socket is joined to; empty where that
// has no name in the file system.
func (t *tracer) unixPath(th *thread, given endpoint) string {
	if !given.hasPath {
		return ""
	}
	path, err := given.file.realPath()
	if err != nil {
		t.drop(th.process, err)
	}
	return path
}

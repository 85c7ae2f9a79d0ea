//go:build linux

package sensor

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// unixDomain is the protocol of sockets that are reached by a path.
const unixDomain = "unix"

// socketInfo is what is remembered of a socket: nothing reports it afterwards.
type socketInfo struct {
	protocol string
	// tables are the files below /proc/PID/net that may list it, the likelier first.
	tables [2]string
	// path is what a unix socket was bound to.
	path string
}

// socket notes a socket's protocol. Those of other domains (netlink, packet)
// reach no file, process or address.
func (t *tracer) socket(th *thread, domain, kind uint64) onSuccess {
	protocol := unixDomain
	switch {
	case domain == unix.AF_UNIX:
	case domain != unix.AF_INET && domain != unix.AF_INET6:
		return nil
	case kind&0xf == unix.SOCK_STREAM:
		protocol = "tcp"
	case kind&0xf == unix.SOCK_DGRAM:
		protocol = "udp"
	default:
		protocol = "raw"
	}
	tables := [2]string{protocol, protocol + "6"}
	if domain == unix.AF_INET6 {
		tables = [2]string{protocol + "6", protocol} // IPV6_ADDRFORM moves a socket
	}
	return func(fd int64) {
		number, err := readlink(th.procFD(fd))
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.sockets[number] = &socketInfo{protocol: protocol, tables: tables}
	}
}

// connect reports the other end that a socket is given.
func (t *tracer) connect(th *thread, fd, address, length uint64) onSuccess {
	return t.endpointGiven(th, event.Connect, fd, address, length, func(s *event.Socket, given netip.AddrPort) { s.Remote = given })
}

// bind reports the end that a socket is given.
func (t *tracer) bind(th *thread, fd, address, length uint64) onSuccess {
	return t.endpointGiven(th, event.Bind, fd, address, length, func(s *event.Socket, given netip.AddrPort) {
		if given.Port() != 0 || !s.Local.IsValid() {
			s.Local = given
		}
	})
}

// endpointGiven reports a socket that is given an end.
func (t *tracer) endpointGiven(th *thread, kind event.Kind, fd, address, length uint64, give func(*event.Socket, netip.AddrPort)) onSuccess {
	number, socket := t.socketOf(th, fd)
	if socket == nil {
		return nil
	}
	given, err := th.readSockaddr(address, length)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	return func(int64) {
		seen := event.Observation{Kind: kind, Socket: &event.Socket{Protocol: socket.protocol}}
		if socket.protocol == unixDomain {
			seen.Path = t.unixPath(th, given)
			if kind == event.Bind {
				socket.path = seen.Path
			}
		} else {
			// No table lists a TCP socket that is bound and not more.
			if kind != event.Bind || socket.protocol != "tcp" {
				t.fillEndpoints(th, seen.Socket, number, socket)
			}
			give(seen.Socket, given.address)
		}
		t.emit(th.process, seen)
	}
}

// accept reports a connection that is taken.
func (t *tracer) accept(th *thread, listener uint64) onSuccess {
	_, listening := t.socketOf(th, listener)
	if listening == nil {
		return nil
	}
	return func(fd int64) {
		number, err := readlink(th.procFD(fd))
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.sockets[number] = &socketInfo{protocol: listening.protocol, tables: listening.tables}
		seen := event.Observation{Kind: event.Accept, Path: listening.path, Socket: &event.Socket{Protocol: listening.protocol}}
		if listening.protocol != unixDomain {
			t.fillEndpoints(th, seen.Socket, number, listening)
		}
		t.emit(th.process, seen)
	}
}

// socketOf gives a descriptor's socket, nil where it is none that is noted.
func (t *tracer) socketOf(th *thread, fd uint64) (number string, socket *socketInfo) {
	number, err := readlink(th.procFD(int64(int32(fd))))
	if err != nil {
		return "", nil // the call will fail
	}
	return number, t.sockets[number]
}

// fillEndpoints fills in a socket's ends.
func (t *tracer) fillEndpoints(th *thread, into *event.Socket, number string, socket *socketInfo) {
	if err := th.readEndpoints(into, number, socket.tables); err != nil {
		t.drop(th.process, err)
	}
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

package sensor

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// unixDomain is the protocol of sockets that are reached by a path.
const unixDomain = "unix"

// known is what is remembered of a socket: nothing tells it afterwards.
type known struct {
	protocol string
	// path is what a unix socket was bound to.
	path string
}

// socket notes a socket's protocol. Those of other domains (netlink, packet)
// reach no file, process or address.
func (t *tracer) socket(th *thread, domain, kind uint64) after {
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
	return func(fd int64) {
		number, err := readlink(th.descriptor(fd))
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.sockets[number] = &known{protocol: protocol}
	}
}

// connect tells the other end that a socket is given.
func (t *tracer) connect(th *thread, fd, address, length uint64) after {
	return t.joined(th, event.Connect, fd, address, length, func(s *event.Socket, given netip.AddrPort) { s.Remote = given })
}

// bind tells the end that a socket is given.
func (t *tracer) bind(th *thread, fd, address, length uint64) after {
	return t.joined(th, event.Bind, fd, address, length, func(s *event.Socket, given netip.AddrPort) {
		if given.Port() != 0 || !s.Local.IsValid() {
			s.Local = given
		}
	})
}

// joined tells a socket that is given an end.
func (t *tracer) joined(th *thread, kind event.Kind, fd, address, length uint64, give func(*event.Socket, netip.AddrPort)) after {
	number, socket := t.socketAt(th, fd)
	if socket == nil {
		return nil
	}
	given, err := th.address(address, length)
	if err != nil {
		return t.unreadable(th, err)
	}
	return func(int64) {
		seen := event.Observation{Kind: kind, Socket: &event.Socket{Protocol: socket.protocol}}
		if socket.protocol == unixDomain {
			seen.Path = t.pathOf(th, given)
			if kind == event.Bind {
				socket.path = seen.Path
			}
		} else {
			t.look(th, seen.Socket, number)
			give(seen.Socket, given.inet)
		}
		t.see(th.of, seen)
	}
}

// accept tells a connection that is taken.
func (t *tracer) accept(th *thread, listener uint64) after {
	_, listening := t.socketAt(th, listener)
	if listening == nil {
		return nil
	}
	return func(fd int64) {
		number, err := readlink(th.descriptor(fd))
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.sockets[number] = &known{protocol: listening.protocol}
		seen := event.Observation{Kind: event.Accept, Path: listening.path, Socket: &event.Socket{Protocol: listening.protocol}}
		if listening.protocol != unixDomain {
			t.look(th, seen.Socket, number)
		}
		t.see(th.of, seen)
	}
}

// socketAt gives a descriptor's socket, nil where it is none that is noted.
func (t *tracer) socketAt(th *thread, fd uint64) (number string, socket *known) {
	number, err := readlink(th.descriptor(int64(int32(fd))))
	if err != nil {
		return "", nil // the call will fail
	}
	return number, t.sockets[number]
}

// look fills in a socket's ends.
func (t *tracer) look(th *thread, into *event.Socket, number string) {
	if err := th.ends(into, number); err != nil {
		t.drop(th.of, err)
	}
}

// pathOf is the real path of what a unix socket is joined to; empty where that
// has no name in the file system.
func (t *tracer) pathOf(th *thread, given end) string {
	if !given.named {
		return ""
	}
	path, err := given.place.real()
	if err != nil {
		t.drop(th.of, err)
	}
	return path
}

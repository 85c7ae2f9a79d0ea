package sensor

import (
	"encoding/binary"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/event"
)

// mostDatagram is how much of a datagram is told: a DNS message of the classic
// length (RFC 1035, section 4.2.1).
const mostDatagram = 512

// datagram is one that a call is about to send, by addresses in its memory.
type datagram struct{ address, length, data, size uint64 }

// send tells datagrams with what they hold and whom they are for.
func (t *tracer) send(th *thread, fd uint64, all ...datagram) after {
	number, socket := t.socketAt(th, fd)
	if socket == nil || socket.protocol == "tcp" {
		return nil
	}
	var seen []event.Observation
	for _, one := range all {
		to, err := th.address(one.address, one.length)
		if err != nil {
			return t.unreadable(th, err)
		}
		if socket.protocol == unixDomain && !to.named {
			continue // over a connection
		}
		content, err := th.of.memory.some(th.tid, one.data, min(one.size, mostDatagram))
		if err != nil {
			return t.unreadable(th, err)
		}
		seen = append(seen, event.Observation{
			Kind: event.Send, Path: t.pathOf(th, to), Content: content,
			Socket: &event.Socket{Protocol: socket.protocol, Remote: to.inet},
		})
	}
	if len(seen) == 0 {
		return nil
	}
	return func(int64) {
		for _, one := range seen {
			if to := one.Socket.Remote; socket.protocol != unixDomain {
				t.look(th, one.Socket, number)
				if to.IsValid() {
					one.Socket.Remote = to
				}
			}
			t.see(th.of, one)
		}
	}
}

// The kernel's struct msghdr, and the struct mmsghdr around it.
const (
	messageSize  = 56
	messageEvery = 64
	mostMessages = 1024 // UIO_MAXIOV
)

// sendMessages is send for calls whose arguments are in memory.
func (t *tracer) sendMessages(th *thread, fd, at, count uint64) after {
	var all []datagram
	for i := range min(count, mostMessages) {
		var message [messageSize]byte
		if n, err := th.of.memory.read(th.tid, at+i*messageEvery, message[:]); err != nil || n < len(message) {
			return t.unreadable(th, fmt.Errorf("read message: %w", err))
		}
		word := func(at int) uint64 { return binary.NativeEndian.Uint64(message[at:]) }
		one := datagram{address: word(0), length: word(8) & 0xffffffff}
		if word(24) > 0 { // of a datagram in pieces, the first is told
			var piece [16]byte
			if n, err := th.of.memory.read(th.tid, word(16), piece[:]); err != nil || n < len(piece) {
				return t.unreadable(th, fmt.Errorf("read message: %w", err))
			}
			one.data, one.size = binary.NativeEndian.Uint64(piece[:]), binary.NativeEndian.Uint64(piece[8:])
		}
		all = append(all, one)
	}
	return t.send(th, fd, all...)
}

//go:build linux

package sensor

import (
	"encoding/binary"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/event"
)

// maxDatagram is how much of a datagram is reported: a DNS message of the classic
// length (RFC 1035, section 4.2.1).
const maxDatagram = 512

// datagram is one that a call is about to send, by addresses in its memory.
type datagram struct{ address, length, data, size uint64 }

// send reports datagrams with what they hold and whom they are for.
func (t *tracer) send(th *thread, fd uint64, all ...datagram) onSuccess {
	number, socket := t.socketOf(th, fd)
	if socket == nil || socket.protocol == "tcp" {
		return nil
	}
	var seen []event.Observation
	for _, d := range all {
		to, err := th.readSockaddr(d.address, d.length)
		if err != nil {
			return t.dropIfSuccessful(th, err)
		}
		if socket.protocol == unixDomain && !to.hasPath {
			continue // over a connection
		}
		content, err := th.process.memory.readData(th.tid, d.data, min(d.size, maxDatagram))
		if err != nil {
			return t.dropIfSuccessful(th, err)
		}
		seen = append(seen, event.Observation{
			Kind: event.Send, Path: t.unixPath(th, to), Content: content,
			Socket: &event.Socket{Protocol: socket.protocol, Remote: to.address},
		})
	}
	if len(seen) == 0 {
		return nil
	}
	return func(int64) {
		for _, observation := range seen {
			if to := observation.Socket.Remote; socket.protocol != unixDomain {
				t.fillEndpoints(th, observation.Socket, number, socket)
				if to.IsValid() {
					observation.Socket.Remote = to
				}
			}
			t.emit(th.process, observation)
		}
	}
}

// The kernel's struct msghdr, and the struct mmsghdr around it.
const (
	messageSize  = 56
	messageEvery = 64
	maxMessages  = 1024 // UIO_MAXIOV
)

// sendMessages is send for calls whose arguments are in memory.
func (t *tracer) sendMessages(th *thread, fd, at, count uint64) onSuccess {
	var all []datagram
	for i := range min(count, maxMessages) {
		var message [messageSize]byte
		if n, err := th.process.memory.read(th.tid, at+i*messageEvery, message[:]); err != nil || n < len(message) {
			return t.dropIfSuccessful(th, fmt.Errorf("read message: %w", err))
		}
		word := func(at int) uint64 { return binary.NativeEndian.Uint64(message[at:]) }
		d := datagram{address: word(0), length: word(8) & 0xffffffff}
		if word(24) > 0 { // of a datagram in pieces, the first is reported
			var piece [16]byte
			if n, err := th.process.memory.read(th.tid, word(16), piece[:]); err != nil || n < len(piece) {
				return t.dropIfSuccessful(th, fmt.Errorf("read message: %w", err))
			}
			d.data, d.size = binary.NativeEndian.Uint64(piece[:]), binary.NativeEndian.Uint64(piece[8:])
		}
		all = append(all, d)
	}
	return t.send(th, fd, all...)
}

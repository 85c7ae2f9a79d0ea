//go:build linux

package sensor

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// maxDatagram is how much of a datagram is reported: a DNS message of the classic
// length (RFC 1035, section 4.2.1).
const maxDatagram = 512

// datagram is one that a call is about to send, by addresses in its memory.
type datagram struct{ address, length, data, size uint64 }

// send reports datagrams with what they hold and whom they are for, and a connection
// that is made by sending. count says how many were sent, by the call's result.
func (t *tracer) send(th *thread, fd, flags uint64, count func(result int64) int64, all ...datagram) onEnd {
	socket, err := th.socketOf(fd)
	switch {
	case err != nil:
		return t.dropIfMade(th, err)
	case socket == nil:
		return t.dropIfSocket(th, fd)
	case socket.protocol == "tcp" && flags&unix.MSG_FASTOPEN != 0 && len(all) > 0:
		return t.connect(th, fd, all[0].address, all[0].length)
	case socket.protocol == "tcp":
		return nil
	}
	var targets []endpoint
	var contents [][]byte
	for _, d := range all {
		to, err := th.readSockaddr(d.address, d.length, true)
		if err != nil {
			return t.dropIfMade(th, err)
		}
		content, err := th.readData(d.data, min(d.size, maxDatagram))
		if err != nil {
			return t.dropIfMade(th, err)
		}
		targets, contents = append(targets, to), append(contents, content)
	}
	return func(result int64) {
		sent := int64(len(all))
		switch {
		case result == killed: // whether they were is not known
		case result < 0:
			return
		case th.checkArguments() != nil:
			t.drop(th.process, errChanged)
			return
		default:
			sent = min(sent, count(result))
		}
		for i, to := range targets[:sent] {
			if socket.protocol == unixDomain && !to.isGiven {
				continue // over a connection
			}
			seen := event.Observation{Kind: event.Send, Path: t.unixPath(th, to), Content: contents[i], Socket: &event.Socket{Protocol: socket.protocol}}
			if socket.protocol != unixDomain {
				t.dropOnError(th, readEndpoints(seen.Socket, socket))
				if to.address.IsValid() {
					seen.Socket.Remote = to.address
				}
			}
			t.emit(th.process, seen)
		}
	}
}

// The kernel's struct msghdr, and the struct mmsghdr around it.
const (
	messageSize  = 56
	messageEvery = 64
	maxMessages  = 1024 // UIO_MAXIOV
)

// one is the count of calls that send one message, and return how long it is.
func one(int64) int64 { return 1 }

// asMany is the count of a call that returns how many messages it has sent.
func asMany(result int64) int64 { return result }

// sendMessages is send for calls whose arguments are in memory.
func (t *tracer) sendMessages(th *thread, fd, flags, at, messages uint64, count func(int64) int64) onEnd {
	var all []datagram
	for i := range min(messages, maxMessages) {
		var message [messageSize]byte
		if n, err := th.readArgument(at+i*messageEvery, message[:]); err != nil || n < len(message) {
			return t.dropIfMade(th, fmt.Errorf("read message: %w", err))
		}
		word := func(at int) uint64 { return binary.NativeEndian.Uint64(message[at:]) }
		d := datagram{address: word(0), length: word(8) & 0xffffffff}
		if word(24) > 0 { // of a datagram in pieces, the first is reported
			var piece [16]byte
			if n, err := th.readArgument(word(16), piece[:]); err != nil || n < len(piece) {
				return t.dropIfMade(th, fmt.Errorf("read message: %w", err))
			}
			d.data, d.size = binary.NativeEndian.Uint64(piece[:]), binary.NativeEndian.Uint64(piece[8:])
		}
		all = append(all, d)
	}
	return t.send(th, fd, flags, count, all...)
}

//go:build linux

package standin

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Sockets are used bare: package net would start threads, and ask for things,
// that are no part of the act.

// errNotLoopback says that an act would leave the asset's own loopback.
var errNotLoopback = errors.New("only loopback addresses can be reached")

func sockaddr(to effect.Endpoint) (*syscall.SockaddrInet4, error) {
	if !to.IsLoopback() {
		return nil, errNotLoopback
	}
	return &syscall.SockaddrInet4{Port: int(to.Port), Addr: to.Address}, nil
}

// connect listens at the address, connects to it and closes both ends. The end
// that was given a port is reset when it closes: it can be had again at once.
func connect(c effect.Connection) error {
	to, err := sockaddr(c.To)
	if err != nil {
		return err
	}
	var from *syscall.SockaddrInet4 // nil: any port
	if c.From != (effect.Endpoint{}) {
		if from, err = sockaddr(c.From); err != nil {
			return err
		}
	}
	if !c.Datagrams {
		server, err := socket(syscall.SOCK_STREAM)
		if err != nil {
			return err
		}
		defer syscall.Close(server)
		if err := errors.Join(syscall.Bind(server, to), syscall.Listen(server, 1)); err != nil {
			return fmt.Errorf("listen: %w", err)
		}
	}
	client, err := socket(map[bool]int{true: syscall.SOCK_DGRAM, false: syscall.SOCK_STREAM}[c.Datagrams])
	if err != nil {
		return err
	}
	defer syscall.Close(client)
	if from != nil {
		at := syscall.SetsockoptLinger(client, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
		if err := errors.Join(at, syscall.Bind(client, from)); err != nil {
			return fmt.Errorf("bind: %w", err)
		}
	}
	return syscall.Connect(client, to)
}

// socket is one whose address may be in use by one that is closed.
func socket(kind int) (int, error) {
	made, err := syscall.Socket(syscall.AF_INET, kind|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("socket: %w", err)
	}
	if err := syscall.SetsockoptInt(made, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		_ = syscall.Close(made)
		return 0, fmt.Errorf("reuse address: %w", err)
	}
	return made, nil
}

// send sends one datagram. That nobody listens comes back as a later error, if
// at all, and is as meant.
func send(to effect.Endpoint, payload []byte) error {
	address, err := sockaddr(to)
	if err != nil {
		return err
	}
	from, err := socket(syscall.SOCK_DGRAM)
	if err != nil {
		return err
	}
	defer syscall.Close(from)
	return syscall.Sendto(from, payload, 0, address)
}

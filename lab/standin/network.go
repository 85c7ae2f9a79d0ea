package standin

import (
	"errors"
	"fmt"
	"net/netip"
	"syscall"
)

// Sockets are used bare: package net would start threads, and ask for things,
// that are no part of the act.

// errElsewhere says that an act would leave the asset's own loopback.
var errElsewhere = errors.New("only loopback may be reached")

func sockaddr(to netip.AddrPort) (*syscall.SockaddrInet4, error) {
	if !to.Addr().Is4() || !to.Addr().IsLoopback() {
		return nil, errElsewhere
	}
	return &syscall.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()}, nil
}

// connect listens at the address, connects to it and closes both ends.
func connect(to netip.AddrPort) error {
	address, err := sockaddr(to)
	if err != nil {
		return err
	}
	server, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	defer syscall.Close(server)
	if err := syscall.SetsockoptInt(server, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return fmt.Errorf("reuse address: %w", err)
	}
	if err := errors.Join(syscall.Bind(server, address), syscall.Listen(server, 1)); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	client, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	defer syscall.Close(client)
	return syscall.Connect(client, address)
}

// send sends one datagram. That nobody listens comes back as a later error, if
// at all, and is as meant.
func send(to netip.AddrPort, payload []byte) error {
	address, err := sockaddr(to)
	if err != nil {
		return err
	}
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	defer syscall.Close(socket)
	return syscall.Sendto(socket, payload, 0, address)
}

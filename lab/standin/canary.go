//go:build linux

package standin

import (
	"errors"
	"fmt"
	"io"
	"path"
	"syscall"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// What no act does, and the sensor sees all the same, the canary does by itself: no
// plan can ask for it. The names are below its tree.
const (
	CanaryFile   = "spare"
	CanaryLinked = ".linked" // the end of the spare file's second name
	CanaryPipe   = "pipe"
)

// NoAttributes is what the canary says where the kernel keeps no extended
// attributes on the file system of an asset.
const NoAttributes = "attribute: operation not supported"

// canarySyscalls makes those calls, and takes back what they leave; each that is
// refused is one line on stderr. The call that the sensor refuses asks for what a
// process under it has already: to be traced.
func canarySyscalls(tree effect.Tree, stderr io.Writer) {
	file, pipe := path.Join(tree.Root, "root", CanaryFile), path.Join(tree.Root, "root", CanaryPipe)
	for _, call := range []struct {
		name string
		make func() error
	}{
		{"create", func() error { return openAndClose(file, syscall.O_CREAT|syscall.O_WRONLY) }},
		{"link", func() error { return syscall.Link(file, file+CanaryLinked) }},
		{"unlink", func() error { return syscall.Unlink(file + CanaryLinked) }},
		{"chown", func() error { return syscall.Chown(file, syscall.Getuid(), syscall.Getgid()) }},
		{"attribute", func() error { return syscall.Setxattr(file, "user.canary", []byte("1"), 0) }},
		{"unlink", func() error { return syscall.Unlink(file) }},
		{"pipe", func() error { return syscall.Mkfifo(pipe, 0o600) }},
		{"open pipe", func() error { return openAndClose(pipe, syscall.O_RDWR|syscall.O_NONBLOCK) }},
		{"unlink", func() error { return syscall.Unlink(pipe) }},
		{"accept", accept},
		{"signal", func() error { return syscall.Kill(syscall.Getpid(), syscall.SIGCONT) }},
		{"refused", func() error {
			if _, _, errno := syscall.RawSyscall(syscall.SYS_PTRACE, syscall.PTRACE_TRACEME, 0, 0); errno != syscall.EPERM {
				return fmt.Errorf("the sensor did not refuse it (%w)", errno)
			}
			return nil
		}},
	} {
		if err := call.make(); err != nil {
			fmt.Fprintf(stderr, "%s: %v\n", call.name, err)
		}
	}
}

func openAndClose(name string, how int) error {
	fd, err := syscall.Open(name, how|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return err
	}
	return syscall.Close(fd)
}

// accept connects to a socket of its own and takes the connection. The socket is of
// the unix domain, and the kernel gives it a name that is in no file system: for the
// ends of a TCP connection the sensor has the kernel go through all connections of
// the host, some milliseconds each time. That it can, a step that connects shows.
func accept() error {
	listener, err := unixSocket()
	if err != nil {
		return err
	}
	defer syscall.Close(listener)
	if err := errors.Join(syscall.Bind(listener, &syscall.SockaddrUnix{}), syscall.Listen(listener, 1)); err != nil {
		return err
	}
	at, err := syscall.Getsockname(listener)
	if err != nil {
		return err
	}
	client, err := unixSocket()
	if err != nil {
		return err
	}
	defer syscall.Close(client)
	if err := syscall.Connect(client, at); err != nil {
		return err
	}
	taken, _, err := syscall.Accept4(listener, syscall.SOCK_CLOEXEC)
	if err != nil {
		return err
	}
	return syscall.Close(taken)
}

func unixSocket() (int, error) {
	return syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
}

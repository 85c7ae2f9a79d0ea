//go:build linux

package sensor

import "golang.org/x/sys/unix"

// socketSyscalls are those that give a socket its ends, and those that send a
// datagram. What is sent over a connection was announced by it.
var socketSyscalls = [...]watchedSyscall{
	{number: unix.SYS_SOCKET, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.socket(th, a[0], a[1], a[2])
	}},
	{number: unix.SYS_CONNECT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.connect(th, a[0], a[1], a[2])
	}},
	{number: unix.SYS_BIND, alone: true, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.bind(th, a[0], a[1], a[2])
	}},
	{number: unix.SYS_ACCEPT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.accept(th, a[0])
	}},
	{number: unix.SYS_ACCEPT4, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.accept(th, a[0])
	}},
	{number: unix.SYS_SENDTO, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.send(th, a[0], a[3], one, datagram{address: a[4], length: a[5], data: a[1], size: a[2]})
	}},
	{number: unix.SYS_SENDMSG, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.sendMessages(th, a[0], a[2], a[1], 1, one)
	}},
	{number: unix.SYS_SENDMMSG, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.sendMessages(th, a[0], a[3], a[1], a[2], asMany)
	}},
}

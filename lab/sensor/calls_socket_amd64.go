package sensor

import "golang.org/x/sys/unix"

// socketCalls are those that give a socket its ends, and those that send a
// datagram. What is sent over a connection was announced by it.
var socketCalls = [...]watch{
	{number: unix.SYS_SOCKET, enter: func(t *tracer, th *thread, a arguments) after {
		return t.socket(th, a[0], a[1])
	}},
	{number: unix.SYS_CONNECT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.connect(th, a[0], a[1], a[2])
	}},
	{number: unix.SYS_BIND, enter: func(t *tracer, th *thread, a arguments) after {
		return t.bind(th, a[0], a[1], a[2])
	}},
	{number: unix.SYS_ACCEPT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.accept(th, a[0])
	}},
	{number: unix.SYS_ACCEPT4, enter: func(t *tracer, th *thread, a arguments) after {
		return t.accept(th, a[0])
	}},
	{number: unix.SYS_SENDTO, enter: func(t *tracer, th *thread, a arguments) after {
		return t.send(th, a[0], datagram{address: a[4], length: a[5], data: a[1], size: a[2]})
	}},
	{number: unix.SYS_SENDMSG, enter: func(t *tracer, th *thread, a arguments) after {
		return t.sendMessages(th, a[0], a[1], 1)
	}},
	{number: unix.SYS_SENDMMSG, enter: func(t *tracer, th *thread, a arguments) after {
		return t.sendMessages(th, a[0], a[1], a[2])
	}},
}

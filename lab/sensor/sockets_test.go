//go:build linux && amd64

package sensor_test

import (
	"fmt"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// host is a loopback address of this test's own.
var host = [4]byte{127, 14, 11, byte(os.Getpid())}

func at(address [4]byte, port int) *unix.SockaddrInet4 {
	return &unix.SockaddrInet4{Addr: address, Port: port}
}

func open(domain, kind int) int {
	fd, err := unix.Socket(domain, kind|unix.SOCK_CLOEXEC, 0)
	must(err)
	if domain == unix.AF_INET { // what the test before left may be waited for yet
		must(unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
	}
	return fd
}

func rawSockaddr(address [4]byte, port uint16) *unix.RawSockaddrInet4 {
	return &unix.RawSockaddrInet4{Family: unix.AF_INET, Port: port>>8 | port<<8, Addr: address}
}

// sendMany sends several messages with one call.
func sendMany(fd, flags int, to *unix.RawSockaddrInet4, texts ...string) {
	type header struct {
		unix.Msghdr
		sent uint32
		_    uint32
	}
	headers := make([]header, len(texts))
	for i, text := range texts {
		piece := &unix.Iovec{Base: unsafe.StringData(text), Len: uint64(len(text))}
		headers[i].Msghdr = unix.Msghdr{Name: (*byte)(unsafe.Pointer(to)), Namelen: unix.SizeofSockaddrInet4, Iov: piece, Iovlen: 1}
	}
	raw(unix.SYS_SENDMMSG, uintptr(fd), uintptr(unsafe.Pointer(&headers[0])), uintptr(len(headers)), uintptr(flags))
}

var conversations = []struct {
	name string
	do   func(host [4]byte)
	want func(host netip.Addr) []event.Observation
	// inAnyOrder is set where the kernel chooses between two threads.
	inAnyOrder bool
}{
	{
		name: "a connection is bound to, made and taken",
		do: func(host [4]byte) {
			listener := open(unix.AF_INET, unix.SOCK_STREAM)
			must(unix.Bind(listener, at(host, 7001)))
			must(unix.Listen(listener, 1))
			client := open(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_NONBLOCK)
			if err := unix.Connect(client, at(host, 7001)); err != unix.EINPROGRESS {
				must(err)
			}
			_, _, err := unix.Accept(listener)
			must(err)
			_, err = unix.Write(client, []byte("what is sent over it is not reported"))
			must(err)
			must(unix.Send(client, []byte("nor this"), 0))
		},
		want: func(host netip.Addr) []event.Observation {
			server, client := netip.AddrPortFrom(host, 7001), netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), ephemeral)
			return []event.Observation{
				{Kind: event.Bind, Socket: &event.Socket{Protocol: "tcp", Local: server}},
				{Kind: event.Connect, Socket: &event.Socket{Protocol: "tcp", Local: client, Remote: server}},
				{Kind: event.Accept, Socket: &event.Socket{Protocol: "tcp", Local: server, Remote: client}},
			}
		},
	},
	{
		name: "a connection by IPv6 to an address that is IPv4's",
		do: func(host [4]byte) {
			listener := open(unix.AF_INET6, unix.SOCK_STREAM)
			to := &unix.SockaddrInet6{Port: 7002, Addr: [16]byte{10: 0xff, 11: 0xff, 12: host[0], 13: host[1], 14: host[2], 15: host[3]}}
			must(unix.Bind(listener, to))
		},
		want: func(host netip.Addr) []event.Observation {
			return []event.Observation{
				{Kind: event.Bind, Socket: &event.Socket{Protocol: "tcp", Local: netip.AddrPortFrom(host, 7002)}},
			}
		},
	},
	{
		name: "a connection that is refused is not reported",
		do: func(host [4]byte) {
			refusedTable(unix.Connect(open(unix.AF_INET, unix.SOCK_STREAM), at(host, 7003)))
		},
	},
	{
		name: "datagrams, with what they hold, by every call",
		do: func(host [4]byte) {
			server := open(unix.AF_INET, unix.SOCK_DGRAM)
			must(unix.Bind(server, at(host, 5300)))
			client := open(unix.AF_INET, unix.SOCK_DGRAM)
			must(unix.Sendto(client, []byte("one"), 0, at(host, 5300)))
			must(unix.Sendmsg(client, []byte("two"), nil, at(host, 5300), 0))
			sendMany(client, 0, rawSockaddr(host, 5300), "three", "four")
			must(unix.Connect(client, at(host, 5300)))
			must(unix.Send(client, []byte("five"), 0))
		},
		want: func(host netip.Addr) []event.Observation {
			server := netip.AddrPortFrom(host, 5300)
			first := netip.AddrPortFrom(netip.IPv4Unspecified(), ephemeral)
			joined := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), ephemeral)
			send := func(from netip.AddrPort, content string) event.Observation {
				return event.Observation{Kind: event.Send, Content: []byte(content), Socket: &event.Socket{Protocol: "udp", Local: from, Remote: server}}
			}
			return []event.Observation{
				{Kind: event.Bind, Socket: &event.Socket{Protocol: "udp", Local: server}},
				send(first, "one"), send(first, "two"), send(first, "three"), send(first, "four"),
				{Kind: event.Connect, Socket: &event.Socket{Protocol: "udp", Local: joined, Remote: server}},
				send(joined, "five"),
			}
		},
	},
	{
		name: "connections that are made by sending, by every call",
		do: func(host [4]byte) {
			listener := open(unix.AF_INET, unix.SOCK_STREAM)
			must(unix.Bind(listener, at(host, 7004)))
			must(unix.Listen(listener, 8))
			client := func() int { return open(unix.AF_INET, unix.SOCK_STREAM) }
			must(unix.Sendto(client(), []byte("one"), unix.MSG_FASTOPEN, at(host, 7004)))
			must(unix.Sendmsg(client(), []byte("two"), nil, at(host, 7004), unix.MSG_FASTOPEN))
			sendMany(client(), unix.MSG_FASTOPEN, rawSockaddr(host, 7004), "three")
			refusedTable(unix.Sendto(client(), []byte("none"), unix.MSG_FASTOPEN, at(host, 7005)))
		},
		want: func(host netip.Addr) []event.Observation {
			server, client := netip.AddrPortFrom(host, 7004), netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), ephemeral)
			connect := event.Observation{Kind: event.Connect, Socket: &event.Socket{Protocol: "tcp", Local: client, Remote: server}}
			return []event.Observation{{Kind: event.Bind, Socket: &event.Socket{Protocol: "tcp", Local: server}}, connect, connect, connect}
		},
	},
	{
		name:       "connections that a signal interrupts, and that are made all the same",
		inAnyOrder: true,
		do: func(host [4]byte) {
			listener := open(unix.AF_INET, unix.SOCK_STREAM)
			must(unix.Bind(listener, at(host, 7006)))
			must(unix.Listen(listener, 0))
			must(unix.Connect(open(unix.AF_INET, unix.SOCK_STREAM), at(host, 7006))) // takes the one place
			for _, patience := range []int64{0, 60} {                                // with an end to it, the call is not begun anew
				client := open(unix.AF_INET, unix.SOCK_STREAM)
				must(unix.SetsockoptTimeval(client, unix.SOL_SOCKET, unix.SO_SNDTIMEO, &unix.Timeval{Sec: patience}))
				thread, done := make(chan int), make(chan error)
				go func() {
					runtime.LockOSThread()
					thread <- unix.Gettid()
					done <- unix.Connect(client, at(host, 7006))
				}()
				connecting := <-thread
				for called := ""; !strings.HasPrefix(called, fmt.Sprint(unix.SYS_CONNECT, " ")); {
					called = get(fmt.Sprintf("/proc/self/task/%d/syscall", connecting))
				}
				must(unix.Tgkill(os.Getpid(), connecting, unix.SIGURG))
				time.Sleep(100 * time.Millisecond)
				_, _, err := unix.Accept(listener)
				must(err)
				if err := <-done; err != unix.EINTR {
					must(err)
				}
			}
		},
		want: func(host netip.Addr) []event.Observation {
			server, client := netip.AddrPortFrom(host, 7006), netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), ephemeral)
			connect := event.Observation{Kind: event.Connect, Socket: &event.Socket{Protocol: "tcp", Local: client, Remote: server}}
			accept := event.Observation{Kind: event.Accept, Socket: &event.Socket{Protocol: "tcp", Local: server, Remote: client}}
			return []event.Observation{{Kind: event.Bind, Socket: &event.Socket{Protocol: "tcp", Local: server}}, connect, connect, accept, connect, accept}
		},
	},
	{
		name: "of several datagrams, those that were sent",
		do: func(host [4]byte) {
			server := open(unix.AF_INET, unix.SOCK_DGRAM)
			must(unix.Bind(server, at(host, 5301)))
			client := open(unix.AF_INET, unix.SOCK_DGRAM)
			must(unix.SetsockoptInt(client, unix.SOL_SOCKET, unix.SO_SNDBUF, 4096))
			sendMany(client, 0, rawSockaddr(host, 5301), "one", strings.Repeat("x", 1<<16), "three")
		},
		want: func(host netip.Addr) []event.Observation {
			server := netip.AddrPortFrom(host, 5301)
			return []event.Observation{
				{Kind: event.Bind, Socket: &event.Socket{Protocol: "udp", Local: server}},
				{Kind: event.Send, Content: []byte("one"), Socket: &event.Socket{Protocol: "udp", Local: netip.AddrPortFrom(netip.IPv4Unspecified(), ephemeral), Remote: server}},
			}
		},
	},
	{
		name: "a socket that was born in a pair, and one without a name in the file system",
		do: func(host [4]byte) {
			must(unix.Bind(open(unix.AF_UNIX, unix.SOCK_DGRAM), &unix.SockaddrUnix{Name: "log"}))
			pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM, 0)
			must(err)
			must(unix.Connect(pair[0], &unix.SockaddrUnix{Name: "log"}))
			nameless := &unix.SockaddrUnix{Name: "@nameless" + string(host[3])}
			must(unix.Bind(open(unix.AF_UNIX, unix.SOCK_DGRAM), nameless))
			must(unix.Sendto(pair[1], []byte("line"), 0, nameless))
		},
		want: func(netip.Addr) []event.Observation {
			socket := &event.Socket{Protocol: "unix"}
			return []event.Observation{
				{Kind: event.Bind, Path: "log", Socket: socket}, {Kind: event.Connect, Path: "log", Socket: socket},
				{Kind: event.Bind, Socket: socket}, {Kind: event.Send, Content: []byte("line"), Socket: socket},
			}
		},
	},
	{
		name: "what asks the kernel only is not reported",
		do: func([4]byte) {
			must(unix.Bind(open(unix.AF_NETLINK, unix.SOCK_RAW), &unix.SockaddrNetlink{Family: unix.AF_NETLINK}))
		},
	},
	{
		name: "sockets in the file system, with their paths",
		do: func([4]byte) {
			listener := open(unix.AF_UNIX, unix.SOCK_STREAM)
			must(unix.Bind(listener, &unix.SockaddrUnix{Name: "stream"}))
			must(unix.Listen(listener, 1))
			must(unix.Connect(open(unix.AF_UNIX, unix.SOCK_STREAM), &unix.SockaddrUnix{Name: "./stream"}))
			raw(unix.SYS_ACCEPT, uintptr(listener), 0, 0) // package unix calls accept4
			must(unix.Bind(open(unix.AF_UNIX, unix.SOCK_DGRAM), &unix.SockaddrUnix{Name: "log"}))
			must(unix.Sendto(open(unix.AF_UNIX, unix.SOCK_DGRAM), []byte("line"), 0, &unix.SockaddrUnix{Name: "log"}))
			must(unix.Bind(open(unix.AF_UNIX, unix.SOCK_DGRAM), &unix.SockaddrUnix{Name: "@abstract" + string(host[3])}))
		},
		want: func(netip.Addr) []event.Observation {
			socket := &event.Socket{Protocol: "unix"}
			return []event.Observation{
				{Kind: event.Bind, Path: "stream", Socket: socket}, {Kind: event.Connect, Path: "stream", Socket: socket},
				{Kind: event.Accept, Path: "stream", Socket: socket}, {Kind: event.Bind, Path: "log", Socket: socket},
				{Kind: event.Send, Path: "log", Content: []byte("line"), Socket: socket}, {Kind: event.Bind, Socket: socket},
			}
		},
	},
}

// ephemeral stands for a port that the kernel chose.
const ephemeral = 1

// converseProgram does as one case has it.
func converseProgram(args []string) {
	for _, test := range conversations {
		if test.name == args[0] {
			test.do(netip.MustParseAddr(args[1]).As4())
			return
		}
	}
	os.Exit(98)
}

func TestSocketsAreReportedWithTheirEnds(t *testing.T) {
	t.Parallel()
	own := netip.AddrFrom4(host)
	for _, test := range conversations {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			command := pendingExec(t, dir, "converse", test.name, own.String())
			// A call that Go's own signals interrupt is begun anew: one that is refused then was
			// under way before, and reported.
			command.Env = append(command.Env, "GODEBUG=asyncpreemptoff=1")
			var got []event.Observation
			for _, o := range trace(t, new(sensor.Sensor), command) {
				if o.Socket == nil {
					continue
				}
				seen := *o.Socket
				for _, end := range []*netip.AddrPort{&seen.Local, &seen.Remote} {
					if end.Port() >= 10_000 {
						*end = netip.AddrPortFrom(end.Addr(), ephemeral)
					}
				}
				got = append(got, event.Observation{Kind: o.Kind, Path: relative(dir, o.Path), Content: o.Content, Socket: &seen})
			}
			var want []event.Observation
			if test.want != nil {
				want = test.want(own)
			}
			if test.inAnyOrder {
				assert.ElementsMatch(t, want, got)
			} else {
				assert.Equal(t, want, got)
			}
		})
	}
}

package transport

import (
	"net"
	"sync"
)

// bounded accepts at most maxConnected connections at once; more wait in the system's
// queue.
func bounded(of net.Listener) net.Listener {
	return &boundedListener{Listener: of, free: make(chan struct{}, maxConnected), closed: make(chan struct{})}
}

type boundedListener struct {
	net.Listener
	free   chan struct{}
	closed chan struct{}
	once   sync.Once
}

// Accept fails once the listener is closed.
func (l *boundedListener) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	accepted, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	return &boundedConn{Conn: accepted, free: l.free}, nil
}

// Close fails if the listener does; it wakes up who waits in Accept.
func (l *boundedListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

type boundedConn struct {
	net.Conn
	free chan struct{}
	once sync.Once
}

// Close fails if the connection does; it makes room for another, once.
func (c *boundedConn) Close() error {
	c.once.Do(func() { <-c.free })
	return c.Conn.Close()
}

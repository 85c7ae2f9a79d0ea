package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"
)

// Limits of a connection. A page that is told what happens is written to as long as it
// is open: its handler lifts the time for writing.
const (
	maxHeader    = 16 << 10
	headerTime   = 10 * time.Second // also for the handshake
	readTime     = 30 * time.Second
	writeTime    = 60 * time.Second
	idleTime     = 2 * time.Minute
	maxConnected = 2048
	maxStreams   = 64 // of one connection
	closeAtMost  = 3 * time.Second
)

// Listener is a place where a server listens, with what it is known by.
type Listener struct {
	net.Listener
	Certificate Certificate
	Names       []string
	Port        int
	// Beyond tells that others than this machine can reach it.
	Beyond bool
}

// Listen listens at HOST:PORT, where HOST is an address or localhost, and makes the
// certificate. It fails where that cannot be listened at.
func Listen(ctx context.Context, at string, now time.Time) (*Listener, error) {
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		return nil, fmt.Errorf("listen at %q: expected HOST:PORT, such as 127.0.0.1:8443", at)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if host == "" {
		return nil, fmt.Errorf("listen at %q: the address must be named; 0.0.0.0 is every address of the machine", at)
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return nil, fmt.Errorf("listen at %q: expected an IP address or localhost before the port", at)
	}
	names, err := Names(address)
	if err != nil {
		return nil, err
	}
	certificate, err := NewCertificate(names, now)
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("listen at %s: %w", at, err)
	}
	_, bound, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	number, err := strconv.Atoi(bound)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return &Listener{listener, certificate, names, number, !address.Unmap().IsLoopback()}, nil
}

// Address is where a browser finds the server.
func (l *Listener) Address() string {
	host, _, err := net.SplitHostPort(l.Addr().String())
	if address, parsed := netip.ParseAddr(host); err != nil || parsed != nil || address.IsUnspecified() {
		host = l.Names[0]
	}
	return "https://" + net.JoinHostPort(host, strconv.Itoa(l.Port))
}

// Serve answers until ctx ends, then gives open requests a moment. It fails if the
// listener does. Handlers' contexts end with ctx.
func (l *Listener) Serve(ctx context.Context, handler http.Handler) error {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler: handler, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		TLSConfig: l.Certificate.Config(), HTTP2: &http.HTTP2Config{MaxConcurrentStreams: maxStreams},
		BaseContext: func(net.Listener) context.Context { return inner },
		// What a connection did wrong is no one's concern, and whoever connects could fill a log.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- server.ServeTLS(bounded(l.Listener), "", "") }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeAtMost)
	defer cancel()
	if server.Shutdown(closing) != nil {
		server.Close() //nolint:errcheck // what is still open is cut off
	}
	<-served
	return nil
}

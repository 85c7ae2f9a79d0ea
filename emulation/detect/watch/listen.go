package watch

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/outside/format"
)

// mostRequests is how many requests are taken at a time.
const mostRequests = 32

// listen takes alerts that are sent here. It fails if the address is not of this machine,
// or cannot be listened on.
func (s *source) listen(ctx context.Context) (func(context.Context), error) {
	address, path, _ := strings.Cut(s.Listen, "/")
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, fmt.Errorf("%q cannot be listened on: %w", address, err)
	}
	if !at.Addr().IsLoopback() && !s.take.options.Remote {
		return nil, fmt.Errorf("%s is not an address of this machine alone: --detectors-remote allows it", at.Addr())
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { listener.Close() })
	server := &http.Server{
		Handler:           s.handler("/" + path),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second, IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	return func(ctx context.Context) {
		stop := context.AfterFunc(ctx, func() { server.Close() })
		defer stop()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.out(fmt.Sprintf("listening on %s ended: %v", address, err))
		}
	}, nil
}

// handler takes POST and PUT at the path. A page in a browser cannot send: it names its
// origin.
func (s *source) handler(path string) http.Handler {
	places := make(chan struct{}, mostRequests)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != path:
			http.Error(w, "expected "+path, http.StatusNotFound)
			return
		case r.Method != http.MethodPost && r.Method != http.MethodPut:
			http.Error(w, "expected POST", http.StatusMethodNotAllowed)
			return
		case r.Header.Get("Origin") != "":
			http.Error(w, "expected no page of a browser", http.StatusForbidden)
			return
		case s.secret != "" && subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte(s.secret)) != 1:
			http.Error(w, "expected another Authorization", http.StatusUnauthorized)
			return
		}
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		default:
			http.Error(w, "expected fewer requests at a time", http.StatusServiceUnavailable)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, format.MostBytes))
		if err != nil {
			http.Error(w, fmt.Sprintf("expected at most %d bytes", format.MostBytes), http.StatusRequestEntityTooLarge)
			return
		}
		if s.read(body) != "" {
			http.Error(w, "expected alerts as JSON", http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

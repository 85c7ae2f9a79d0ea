package transport_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/transport"
)

// listen serves hello and returns a client that trusts only the certificate.
func listen(t *testing.T) (*transport.Listener, *http.Client) {
	t.Helper()
	l, err := transport.Listen(t.Context(), "127.0.0.1:0", time.Now())
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- l.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	}()
	t.Cleanup(func() {
		stop()
		assert.NoError(t, <-done)
	})
	certificate, err := x509.ParseCertificate(l.Certificate.Bytes())
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	return l, &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: pool}}}
}

func TestACertificateIsOfTheLoopbackNames(t *testing.T) {
	t.Parallel()
	l, client := listen(t)
	assert.False(t, l.Beyond)
	assert.Equal(t, []string{"localhost", "127.0.0.1", "::1"}, l.Names)
	assert.Len(t, strings.Split(l.Certificate.Fingerprint, ":"), 32)
	response, err := client.Get(l.Address())
	require.NoError(t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(t, errorOf(err, response.Body.Close()))
	assert.Equal(t, "HTTP/2.0", string(text))
	other, err := transport.NewCertificate([]string{"localhost"}, time.Now())
	require.NoError(t, err)
	assert.NotEqual(t, l.Certificate.Fingerprint, other.Fingerprint, "each start has one of its own")
}

func errorOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestOldTLSIsNotSpoken(t *testing.T) {
	t.Parallel()
	l, _ := listen(t)
	_, err := tls.Dial("tcp", l.Listener.Addr().String(), &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
	require.Error(t, err)
	conn, err := tls.Dial("tcp", l.Listener.Addr().String(), &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12})
	require.NoError(t, err)
	assert.NoError(t, conn.Close())
}

func TestListeningSaysWhatItCannot(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"8443": "expected HOST:PORT", ":8443": "the address must be named", "example.com:8443": "expected an IP address or localhost", "127.0.0.1:x": "listen at 127.0.0.1:x", "": "expected HOST:PORT",
	} {
		_, err := transport.Listen(t.Context(), at, time.Now())
		assert.ErrorContains(t, err, want, at)
	}
	l, err := transport.Listen(t.Context(), "localhost:0", time.Now())
	require.NoError(t, err)
	_, err = transport.Listen(t.Context(), l.Listener.Addr().String(), time.Now())
	assert.ErrorContains(t, err, "address already in use")
	assert.NoError(t, l.Close())
	l, err = transport.Listen(t.Context(), "0.0.0.0:0", time.Now())
	require.NoError(t, err)
	assert.True(t, l.Beyond)
	assert.Contains(t, l.Names, "127.0.0.1")
	assert.NoError(t, l.Close())
}

func TestNamesOfOneAddress(t *testing.T) {
	t.Parallel()
	names, err := transport.Names(netip.MustParseAddr("192.0.2.7"))
	require.NoError(t, err)
	assert.Equal(t, []string{"192.0.2.7"}, names)
	names, err = transport.Names(netip.MustParseAddr("127.0.0.9"))
	require.NoError(t, err)
	assert.Contains(t, names, "127.0.0.9")
}

func TestTheGuardRefusesOtherNamesAndOtherSites(t *testing.T) {
	t.Parallel()
	var counts access.Counts
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	})
	guard := transport.Guard([]string{"localhost", "127.0.0.1", "::1"}, 8443, &counts, func(w http.ResponseWriter, _ *http.Request, status int) { w.WriteHeader(status) }, inner)
	post := func(change func(*http.Request)) func(*http.Request) {
		return func(r *http.Request) { r.Method = http.MethodPost; change(r) }
	}
	for name, test := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"a page":                      {func(*http.Request) {}, 200},
		"in capitals":                 {func(r *http.Request) { r.Host = "LOCALHOST:8443" }, 200},
		"by address":                  {func(r *http.Request) { r.Host = "127.0.0.1:8443" }, 200},
		"by address of IPv6":          {func(r *http.Request) { r.Host = "[::1]:8443" }, 200},
		"by another name":             {func(r *http.Request) { r.Host = "evil.example:8443" }, 421},
		"a name that only begins so":  {func(r *http.Request) { r.Host = "localhost.evil.example:8443" }, 421},
		"at another port":             {func(r *http.Request) { r.Host = "localhost:9" }, 421},
		"without a port":              {func(r *http.Request) { r.Host = "localhost" }, 421},
		"without a name":              {func(r *http.Request) { r.Host = "" }, 421},
		"a form of the page":          {post(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }), 200},
		"by an old browser":           {post(func(r *http.Request) { r.Header.Set("Origin", "https://localhost:8443") }), 200},
		"of another site":             {post(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }), 403},
		"of a neighbour":              {post(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }), 403},
		"of another origin":           {post(func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }), 403},
		"of another port":             {post(func(r *http.Request) { r.Header.Set("Origin", "https://localhost:9") }), 403},
		"of an origin that is hidden": {post(func(r *http.Request) { r.Header.Set("Origin", "null") }), 403},
		"that tells nothing":          {post(func(*http.Request) {}), 403},
		"that is too long": {post(func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", transport.MaxBody+1)))
		}), 413},
		"another method of another site": {func(r *http.Request) { r.Method = http.MethodDelete; r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://localhost:8443/", http.NoBody)
		test.change(r)
		w := httptest.NewRecorder()
		guard.ServeHTTP(w, r)
		assert.Equal(t, test.want, w.Code, name)
		policy := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
			assert.Contains(t, policy, part, name)
		}
		assert.NotContains(t, policy, "unsafe")
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"), name)
		assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"), name)
	}
	assert.Equal(t, int64(5), counts.Of(access.OtherHost))
	assert.Equal(t, int64(7), counts.Of(access.OtherSite))
}

package send

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship/target"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// errElsewhere says that a name of this machine led to another.
var errElsewhere = errors.New("it is not an address of this machine, which alone is allowed")

// dialer connects, and to this machine alone unless more is allowed: a name is believed
// only by the address that it led to.
type dialer struct {
	remote  bool
	timeout time.Duration
}

func (d dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: d.timeout}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if !d.remote && !isLoopback(conn.RemoteAddr()) {
		return nil, errors.Join(errElsewhere, conn.Close())
	}
	return conn, nil
}

func isLoopback(at net.Addr) bool {
	switch at := at.(type) {
	case *net.TCPAddr:
		return at.IP.IsLoopback()
	case *net.UDPAddr:
		return at.IP.IsLoopback()
	}
	return false
}

// maxPEM is the most bytes that a file of certificates may have.
const maxPEM = 4 << 20

// tlsConfig is how a target is connected to by TLS: its certificate is always checked. It
// fails if a file cannot be read or has no certificate.
func tlsConfig(to target.Target) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: to.ServerName}
	if config.ServerName == "" {
		config.ServerName = to.Host()
	}
	if to.CA != "" {
		text, err := userfile.Read(to.CA, maxPEM)
		if err != nil {
			return nil, fmt.Errorf("read ca: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("read ca: %s has no certificate in PEM", to.CA)
		}
	}
	if to.Certificate != "" {
		certificate, err := userfile.Read(to.Certificate, maxPEM)
		if err != nil {
			return nil, fmt.Errorf("read certificate: %w", err)
		}
		key, err := userfile.Read(to.Key, maxPEM)
		if err != nil {
			return nil, fmt.Errorf("read key: %w", err)
		}
		pair, err := tls.X509KeyPair(certificate, key)
		if err != nil {
			return nil, fmt.Errorf("%s and %s are not a certificate and its key: %w", to.Certificate, to.Key, err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// isFinal reports whether connecting can never go well as things are set up.
func isFinal(err error) bool {
	if errors.Is(err, errElsewhere) {
		return true
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	_, ok := errors.AsType[x509.HostnameError](err)
	return ok
}

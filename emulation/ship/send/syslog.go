package send

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// openSyslog makes the destination of a syslog receiver. It fails if a certificate cannot
// be read.
func openSyslog(to target.Target, with With) (ship.Destination, error) {
	at, err := to.Address()
	if err != nil {
		return nil, err
	}
	base := syslog{dialer: dialer{with.Remote, with.Timeout}, address: to.HostPort(), most: to.MaxMessage, timeout: with.Timeout}
	if at.Scheme == "udp" {
		return &datagrams{syslog: base}, nil
	}
	out := &connections{syslog: base}
	if to.Encrypted() {
		if out.tls, err = tlsConfig(to); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// syslog is what is common to the transports.
type syslog struct {
	dialer  dialer
	address string
	most    int // bytes of a message
	timeout time.Duration
}

// message is an entry as a message; what is too long for it is refused.
func (s *syslog) message(e ship.Entry) ([]byte, ship.Outcome) {
	text := rfc5424(e)
	if len(text) > s.most {
		return nil, ship.Outcome{Fate: ship.Refused, Reason: fmt.Sprintf("longer than max_message, %d bytes: receivers cut it", s.most)}
	}
	return text, ship.Outcome{Fate: ship.Delivered}
}

// connect fails with a *ship.RetryError, or for good where it can never go well.
func (s *syslog) connect(ctx context.Context, network string) (net.Conn, error) {
	conn, err := s.dialer.dial(ctx, network, s.address)
	if err != nil && !isFinal(err) {
		return nil, &ship.RetryError{Err: err}
	}
	return conn, err
}

// connections sends each batch on a connection of its own, ends it, and waits until the
// other side ends it too: that, having read to the end, is the only thing by which a
// receiver of syslog shows that it has taken all. Until then nothing counts as delivered.
type connections struct {
	syslog
	tls *tls.Config // nil: without TLS
}

// Guarantee is that of the protocol: a batch of which the end was lost is sent again.
func (c *connections) Guarantee() ship.Guarantee { return ship.AtLeastOnce }

func (c *connections) Close() error { return nil }

// halfCloser is a connection of which one direction can be closed.
type halfCloser interface {
	// CloseWrite fails if the connection is broken.
	CloseWrite() error
}

// Send fails with a *ship.RetryError if the connection does.
func (c *connections) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	outcomes := make([]ship.Outcome, len(batch))
	var text []byte
	for i, e := range batch {
		var message []byte
		if message, outcomes[i] = c.message(e); message != nil {
			text = strconv.AppendInt(text, int64(len(message)), 10)
			text = append(append(text, ' '), message...)
		}
	}
	if len(text) == 0 {
		return outcomes, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.timeout, fmt.Errorf("it did not take all within %s", c.timeout))
	defer cancel()
	conn, err := c.connect(ctx, "tcp")
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if c.tls != nil {
		secured := tls.Client(conn, c.tls)
		if err := secured.HandshakeContext(ctx); err != nil {
			if isFinal(err) {
				return nil, err
			}
			return nil, &ship.RetryError{Err: fmt.Errorf("connect to %s by TLS: %w", c.address, err)}
		}
		conn = secured
	}
	if err := exchange(conn, text); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, &ship.RetryError{Err: fmt.Errorf("send to %s: %w", c.address, err)}
	}
	return outcomes, nil
}

// exchange writes, ends and waits for the other side's end. It fails if that does not
// come. Over TLS the other side may say that it ends before it has read all; whether it has
// is seen on the connection below, which is then reset.
func exchange(conn net.Conn, text []byte) error {
	if _, err := conn.Write(text); err != nil {
		return err
	}
	if err := awaitEnd(conn); err != nil {
		return err
	}
	if secured, ok := conn.(*tls.Conn); ok {
		return awaitEnd(secured.NetConn())
	}
	return nil
}

// awaitEnd ends one direction and waits for the end of the other. It fails if the connection
// breaks instead.
func awaitEnd(conn net.Conn) error {
	half, ok := conn.(halfCloser)
	if !ok {
		return errors.New("the connection has no end of its own")
	}
	if err := half.CloseWrite(); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, conn); err != nil { // its end is no error
		return fmt.Errorf("it did not say that it has read all: %w", err)
	}
	return nil
}

// datagrams sends each message on its own. Nothing says whether it arrives.
type datagrams struct {
	syslog
	conn net.Conn
}

// Guarantee is that of UDP.
func (d *datagrams) Guarantee() ship.Guarantee { return ship.AtMostOnce }

// Close fails if the socket cannot be closed.
func (d *datagrams) Close() error {
	if d.conn == nil {
		return nil
	}
	err := d.conn.Close()
	d.conn = nil
	return err
}

// Send fails with a *ship.RetryError if the first message cannot be handed to the network.
// That nobody receives is told, if at all, with a later one.
func (d *datagrams) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	if d.conn == nil {
		conn, err := d.connect(ctx, "udp")
		if err != nil {
			return nil, err
		}
		d.conn = conn
	}
	outcomes := make([]ship.Outcome, len(batch))
	for i, e := range batch {
		var message []byte
		if message, outcomes[i] = d.message(e); message == nil {
			continue
		}
		if _, err := d.conn.Write(message); err != nil {
			err = errors.Join(err, d.Close())
			if i == 0 {
				return nil, &ship.RetryError{Err: fmt.Errorf("send to %s: %w", d.address, err)}
			}
			for ; i < len(batch); i++ {
				outcomes[i] = ship.Outcome{Reason: err.Error()}
			}
			break
		}
	}
	return outcomes, nil
}

//go:build linux

package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// connectTimeout is how long the database server may take to accept a session.
const connectTimeout = 5 * time.Second

// database is a session with the asset's own server, over the loopback. Only the
// messages are the library's: its client would bring TLS, password methods and a
// name resolver into every stand-in, and the server here trusts everyone.
type database struct {
	conn   net.Conn
	client *pgproto3.Frontend
}

// connectDatabase opens a session as a role. Its error is the server's refusal,
// the connection's, or that the server asks for a password, which is not supported.
func connectDatabase(ctx context.Context, role, name, program string) (*database, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", effect.DatabasePort))
	if err != nil {
		return nil, err
	}
	d := &database{conn: conn, client: pgproto3.NewFrontend(conn, conn)}
	err = d.exchange(ctx, &pgproto3.StartupMessage{
		ProtocolVersion: pgproto3.ProtocolVersion30,
		Parameters:      map[string]string{"user": role, "database": name, "application_name": program},
	}, nil)
	if err != nil {
		_ = conn.Close() // the first error is the one to return
		return nil, err
	}
	return d, nil
}

// execute runs statements. It returns the first error of the server or of the
// connection.
func (d *database) execute(ctx context.Context, statements string) error {
	return d.exchange(ctx, &pgproto3.Query{String: statements}, nil)
}

// copyTo writes the rows of a COPY … TO STDOUT to out. Its error is the server's,
// the connection's or out's.
func (d *database) copyTo(ctx context.Context, out io.Writer, statement string) error {
	return d.exchange(ctx, &pgproto3.Query{String: statement}, func(message pgproto3.BackendMessage) error {
		if data, ok := message.(*pgproto3.CopyData); ok {
			_, err := out.Write(data.Data)
			return err
		}
		return nil
	})
}

// copyFrom sends all of rows for a COPY … FROM STDIN. Its error is the server's,
// the connection's or that of reading rows.
func (d *database) copyFrom(ctx context.Context, rows io.Reader, statement string) error {
	return d.exchange(ctx, &pgproto3.Query{String: statement}, func(message pgproto3.BackendMessage) error {
		if _, ok := message.(*pgproto3.CopyInResponse); ok {
			return d.sendRows(rows)
		}
		return nil
	})
}

// sendRows sends rows until their end; one that cannot be read ends the copy, and
// the server reports that.
func (d *database) sendRows(rows io.Reader) error {
	chunk := make([]byte, 64<<10)
	for {
		n, err := rows.Read(chunk)
		if n > 0 {
			d.client.Send(&pgproto3.CopyData{Data: chunk[:n]})
		}
		switch {
		case errors.Is(err, io.EOF):
			d.client.Send(&pgproto3.CopyDone{})
			return d.client.Flush()
		case err != nil:
			d.client.Send(&pgproto3.CopyFail{Message: err.Error()})
			return d.client.Flush()
		}
		if err := d.client.Flush(); err != nil {
			return err
		}
	}
}

// exchange sends a request and hands each answer to handle, where there is one,
// until the server is ready for the next. It returns the first error of the
// server's, after which it is ready all the same, or else what ended the session.
func (d *database) exchange(ctx context.Context, request pgproto3.FrontendMessage, handle func(pgproto3.BackendMessage) error) error {
	stop := context.AfterFunc(ctx, func() { _ = d.conn.SetDeadline(time.Unix(1, 0)) }) // the session ends by it
	defer stop()
	var refused error
	d.client.Send(request)
	err := d.client.Flush()
	for err == nil {
		var message pgproto3.BackendMessage
		if message, err = d.client.Receive(); err != nil {
			break
		}
		switch message := message.(type) {
		case *pgproto3.ReadyForQuery:
			return refused
		case *pgproto3.ErrorResponse:
			refused = errors.Join(refused, fmt.Errorf("%s: %s (SQLSTATE %s)", message.Severity, message.Message, message.Code))
		case *pgproto3.AuthenticationOk:
		case pgproto3.AuthenticationResponseMessage:
			err = errors.New("the server asks for a password, which is not supported")
		default:
			if handle != nil {
				err = handle(message)
			}
		}
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return errors.Join(refused, err)
}

// close ends the session and returns once the server has closed its end. An error
// of the connection's is not of interest then, but for ctx's end.
func (d *database) close(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { _ = d.conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	d.client.Send(&pgproto3.Terminate{})
	if err := d.client.Flush(); err == nil {
		_, _ = io.Copy(io.Discard, d.conn)
	}
	_ = d.conn.Close() // it is of no use any more
	return context.Cause(ctx)
}

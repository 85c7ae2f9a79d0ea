//go:build linux

package daemon

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serverWith is the session with a server that answers each query as given, and all
// rows that it was sent.
func serverWith(t *testing.T, answers map[string][]pgproto3.BackendMessage) (*database, *bytes.Buffer) {
	t.Helper()
	client, server := net.Pipe()
	rows, done := &bytes.Buffer{}, make(chan struct{})
	go func() {
		defer close(done)
		defer server.Close()
		backend := pgproto3.NewBackend(server, server)
		for {
			message, err := backend.Receive()
			if err != nil {
				return
			}
			var answer []pgproto3.BackendMessage
			ready := true
			switch message := message.(type) {
			case *pgproto3.Query:
				answer = answers[message.String]
				_, copying := answer[len(answer)-1].(*pgproto3.CopyInResponse)
				ready = !copying
			case *pgproto3.CopyData:
				rows.Write(message.Data)
				ready = false
			case *pgproto3.CopyFail:
				answer = []pgproto3.BackendMessage{&pgproto3.ErrorResponse{Severity: "ERROR", Code: "57014", Message: message.Message}}
			case *pgproto3.Terminate:
				return
			}
			for _, part := range answer {
				backend.Send(part)
			}
			if ready {
				backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
			}
			if (ready || len(answer) > 0) && backend.Flush() != nil { // an empty write blocks on a pipe
				return
			}
		}
	}()
	d := &database{conn: client, client: pgproto3.NewFrontend(client, client)}
	t.Cleanup(func() {
		assert.NoError(t, d.close(context.Background()))
		<-done
	})
	return d, rows
}

func TestAfterTheServersErrorTheSessionGoesOn(t *testing.T) {
	t.Parallel()
	d, _ := serverWith(t, map[string][]pgproto3.BackendMessage{
		"no":  {&pgproto3.ErrorResponse{Severity: "ERROR", Code: "42601", Message: "syntax error"}},
		"yes": {&pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")}},
	})
	require.EqualError(t, d.execute(t.Context(), "no"), "ERROR: syntax error (SQLSTATE 42601)")
	require.NoError(t, d.execute(t.Context(), "yes"))
}

func TestRowsAreCopiedBothWays(t *testing.T) {
	t.Parallel()
	d, rows := serverWith(t, map[string][]pgproto3.BackendMessage{
		"out": {&pgproto3.CopyOutResponse{}, &pgproto3.CopyData{Data: []byte("1\n")}, &pgproto3.CopyData{Data: []byte("2\n")}, &pgproto3.CopyDone{}},
		"in":  {&pgproto3.CopyInResponse{}},
	})
	var out bytes.Buffer
	require.NoError(t, d.copyTo(t.Context(), &out, "out"))
	assert.Equal(t, "1\n2\n", out.String())
	long := strings.Repeat("a row\n", 50_000)
	require.NoError(t, d.copyFrom(t.Context(), strings.NewReader(long), "in"))
	assert.Equal(t, long, rows.String())
}

func TestRowsThatCannotBeReadEndTheCopy(t *testing.T) {
	t.Parallel()
	d, _ := serverWith(t, map[string][]pgproto3.BackendMessage{"in": {&pgproto3.CopyInResponse{}}})
	err := d.copyFrom(t.Context(), iotest.ErrReader(errors.New("no rows")), "in")
	require.ErrorContains(t, err, "no rows")
}

func TestASessionEndsWithItsContext(t *testing.T) {
	t.Parallel()
	client, server := net.Pipe()
	defer server.Close()
	d := &database{conn: client, client: pgproto3.NewFrontend(client, client)}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the step took too long"))
	require.EqualError(t, d.execute(ctx, "anything"), "the step took too long")
}

//go:build linux

package daemon

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// answer is a connection on which an answer waits, and what was sent on it.
type answer struct {
	io.Reader
	sent bytes.Buffer
}

func (a *answer) Write(p []byte) (int, error) { return a.sent.Write(p) }

func TestAnAnswersStatusIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi": 200,
		"HTTP/1.1 204 No Content\r\n\r\n":                204,
		"HTTP/1.0 404\r\n\r\n":                           404,
	} {
		conn := &answer{Reader: strings.NewReader(text)}
		status, err := exchangeHTTP(conn, "GET / HTTP/1.1\r\n\r\n")
		require.NoError(t, err, text)
		assert.Equal(t, want, status)
		assert.Equal(t, "GET / HTTP/1.1\r\n\r\n", conn.sent.String())
		left, _ := io.ReadAll(conn)
		assert.Empty(t, left, "it is read to its end")
	}
	for _, text := range []string{"", "hello\n", "HTTP/1.1 yes\r\n", "HTTP/2 200\r\n"} {
		_, err := exchangeHTTP(&answer{Reader: strings.NewReader(text)}, "GET / HTTP/1.1\r\n\r\n")
		assert.Error(t, err, text)
	}
}

func TestARequestCannotCarryAnother(t *testing.T) {
	t.Parallel()
	for _, request := range []effect.Request{
		{Method: "GET / HTTP/1.1\r\nX: y", Path: "/"}, {Method: "GET /admin", Path: "/"},
		{Method: "GET", Path: "/", Agent: "a\r\nX: y"}, {Method: "GET", Path: "/", From: "a\nb"}, {Method: "GET", Path: "/\r\nX: y"},
	} {
		_, err := sendRequest(t.Context(), webAddress(), request)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "refused", "nothing is connected to")
	}
}

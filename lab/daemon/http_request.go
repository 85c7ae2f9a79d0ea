//go:build linux

package daemon

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// sendRequest sends one request to the asset's own web server at an address and reads the answer
// to its end. It returns the answer's status. Its error is the connection's, or
// that the request or the answer is not HTTP.
//
// It is written out here as package net/http would make every stand-in twice as
// large, and start in half as much time again.
func sendRequest(ctx context.Context, address string, r effect.Request) (int, error) {
	target, err := url.Parse("http://" + address + r.Path)
	if err != nil {
		return 0, err
	}
	head := r.Method + " " + target.RequestURI() + " HTTP/1.1\r\nHost: " + address + "\r\nContent-Length: 0\r\n"
	for _, header := range [][2]string{{"User-Agent", r.Agent}, {"X-Forwarded-For", r.From}} {
		if header[1] != "" {
			head += header[0] + ": " + header[1] + "\r\n"
		}
	}
	head += "Connection: close\r\n\r\n" // it ends with the answer
	if strings.ContainsFunc(r.Method+r.Agent+r.From, unicode.IsControl) || strings.Contains(r.Method, " ") {
		return 0, fmt.Errorf("%s: a request must have no control characters", r)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // it fails at once then
	defer stop()
	status, err := exchangeHTTP(conn, head)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return status, err
}

var errNotHTTP = errors.New("the answer is not HTTP")

// exchangeHTTP sends a request's head and reads all that comes of it. It returns
// the status, or an error where the answer has none.
func exchangeHTTP(conn io.ReadWriter, head string) (int, error) {
	if _, err := io.WriteString(conn, head); err != nil {
		return 0, err
	}
	answer := bufio.NewReader(conn)
	line, err := answer.ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("read answer: %w", err)
	}
	protocol, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(strings.TrimSpace(code))
	if err != nil || !strings.HasPrefix(protocol, "HTTP/1.") {
		return 0, errNotHTTP
	}
	_, err = io.Copy(io.Discard, answer)
	return status, err
}

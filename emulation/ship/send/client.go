package send

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// client posts to one HTTP server.
type client struct {
	http   *http.Client
	base   string // scheme, host and path, without an end of "/"
	header http.Header
	user   string
	pass   string
	// secrets are texts that must be in no error, also where the other side repeats them.
	secrets [][]byte
}

// newClient makes a client. It fails if a secret or a certificate cannot be had.
func newClient(to target.Target, with With) (*client, error) {
	at, err := to.Address()
	if err != nil {
		return nil, err
	}
	c := &client{base: strings.TrimSuffix(at.Scheme+"://"+at.Host+at.EscapedPath(), "/"), header: http.Header{}, user: to.User}
	if to.Token != nil {
		token, err := resolve(*to.Token, with.Env)
		if err != nil {
			return nil, err
		}
		c.header.Set("Authorization", to.AuthScheme()+" "+token)
		c.secrets = append(c.secrets, []byte(token))
	}
	if to.Password != nil {
		if c.pass, err = resolve(*to.Password, with.Env); err != nil {
			return nil, err
		}
		c.secrets = append(c.secrets, []byte(c.pass), []byte(base64.StdEncoding.EncodeToString([]byte(c.user+":"+c.pass))))
	}
	transport := &http.Transport{ // no Proxy: what is sent goes where the target says
		DialContext:       dialer{with.Remote, with.Timeout}.dial,
		ForceAttemptHTTP2: true, MaxIdleConns: 2, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: with.Timeout,
	}
	if to.Encrypted() {
		if transport.TLSClientConfig, err = tlsConfig(to); err != nil {
			return nil, err
		}
	}
	c.http = &http.Client{
		Transport: transport, Timeout: with.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// path is the address of a path below the target, unless that has a path of its own.
func (c *client) path(otherwise string) string {
	if _, rest, _ := strings.Cut(c.base, "://"); strings.Contains(rest, "/") {
		return c.base
	}
	return c.base + otherwise
}

// answer is what a server said.
type answer struct {
	status int
	after  time.Duration // what it asks to wait
	body   []byte
}

// maxAnswer is the most bytes that are read of an answer.
const maxAnswer = 32 << 20

// post sends a document. It fails with a *ship.RetryError if there was no whole answer, or
// for good where none can be had.
func (c *client) post(ctx context.Context, address, contentType string, header http.Header, body []byte) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	for _, from := range []http.Header{c.header, header} {
		for name, values := range from {
			request.Header[name] = values
		}
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("User-Agent", "ringer")
	if c.pass != "" {
		request.SetBasicAuth(c.user, c.pass)
	}
	response, err := c.http.Do(request)
	if err != nil {
		if isFinal(err) {
			return answer{}, err
		}
		return answer{}, &ship.RetryError{Err: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err != nil {
		return answer{}, &ship.RetryError{Err: fmt.Errorf("read the answer of %s: %w", address, err)}
	}
	if len(text) > maxAnswer {
		return answer{}, fmt.Errorf("the answer of %s is too long", address)
	}
	for _, secret := range c.secrets {
		text = bytes.ReplaceAll(text, secret, []byte("(secret)"))
	}
	return answer{response.StatusCode, retryAfter(response.Header), text}, nil
}

// retryAfter reads the header of that name, where it has seconds or a date: the date of
// the answer is the other side's clock.
func retryAfter(header http.Header) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(text)
	now, wrong := http.ParseTime(header.Get("Date"))
	if err != nil || wrong != nil || until.Before(now) {
		return 0
	}
	return until.Sub(now)
}

// err is what a status other than success means for all of a batch. bad says that of
// several entries one may be wrong; nil is success.
func (a answer) err(bad ...int) error {
	said := fmt.Errorf("it answered %d %s: %s", a.status, http.StatusText(a.status), ship.OneLine(string(a.body[:min(len(a.body), 1000)])))
	switch {
	case a.status >= 200 && a.status < 300:
		return nil
	case a.status == http.StatusRequestEntityTooLarge:
		return &ship.SplitError{Err: said}
	case a.status >= 300 && a.status < 400:
		return errors.Join(said, errors.New("a redirect is not followed: name the address itself"))
	}
	for _, status := range bad {
		if a.status == status {
			return &ship.SplitError{Err: said}
		}
	}
	switch a.status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return &ship.RetryError{After: a.after, Err: said}
	}
	return said
}

func (c *client) close() error {
	c.http.CloseIdleConnections()
	return nil
}

package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
)

// answerTime is how long an API may take to answer.
const answerTime = 15 * time.Second

// openPoll asks an API again and again. It fails if the API is not on this machine.
func (s *source) openPoll() (func(context.Context), error) {
	since := s.take.options.Now().UTC()
	fill := strings.NewReplacer("{since}", since.Format("2006-01-02T15:04:05.000Z"), "{since_unix}", strconv.FormatInt(since.Unix(), 10))
	inURL := strings.NewReplacer("{since}", url.QueryEscape(since.Format("2006-01-02T15:04:05.000Z")), "{since_unix}", strconv.FormatInt(since.Unix(), 10))
	address, body := inURL.Replace(s.Poll.URL), fill.Replace(s.Poll.Body)
	at, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("its url cannot be read")
	}
	if ip, err := netip.ParseAddr(at.Hostname()); err == nil && !ip.IsLoopback() && !s.take.options.Remote {
		return nil, notHere(at.Hostname())
	}
	client := &http.Client{
		Timeout:       answerTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DialContext: s.dial, TLSHandshakeTimeout: answerTime, MaxResponseHeaderBytes: 64 << 10, MaxIdleConns: 1},
	}
	return func(ctx context.Context) {
		defer client.CloseIdleConnections()
		tick := time.NewTicker(s.Poll.Every)
		defer tick.Stop()
		for {
			if err := s.ask(ctx, client, address, body); err != nil && ctx.Err() == nil {
				s.out(err.Error())
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}, nil
}

func notHere(host string) error {
	return fmt.Errorf("%s is not on this machine: --detectors-remote allows it", host)
}

// dial connects to this machine only, whatever a name stands for, unless that is lifted.
func (s *source) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: answerTime}
	if s.take.options.Remote {
		return dialer.DialContext(ctx, network, address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	all, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	err = notHere(host)
	for _, ip := range all {
		if !ip.Unmap().IsLoopback() {
			continue
		}
		var conn net.Conn
		if conn, err = dialer.DialContext(ctx, network, net.JoinHostPort(ip.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// ask asks once. It fails if there is no answer, or none that can be read.
func (s *source) ask(ctx context.Context, client *http.Client, address, body string) error {
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return errors.New("its url cannot be asked")
	}
	request.Header.Set("Accept", "application/json")
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if s.secret != "" {
		request.Header.Set("Authorization", s.secret)
	}
	response, err := client.Do(request)
	if err != nil {
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // without the address, which may have a secret in its query
		}
		return fmt.Errorf("it cannot be asked: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, format.MostBytes+1))
	switch {
	case err != nil:
		return fmt.Errorf("its answer broke off: %w", err)
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("it answered %s", http.StatusText(response.StatusCode))
	}
	got, at := s.reader.Read(text), s.take.options.Now()
	if got.Problem != "" {
		return fmt.Errorf("its answer cannot be read: %s", got.Problem)
	}
	s.with(func(g *outside.Gathering) {
		for _, alert := range got.Alerts {
			g.Add(alert, at)
		}
		g.Answer(at)
	})
	return nil
}

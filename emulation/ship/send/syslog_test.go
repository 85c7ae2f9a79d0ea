package send_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// receiver is a syslog receiver on loopback that takes what the RFCs allow alone.
type receiver struct {
	listener net.Listener
	mutex    sync.Mutex
	seen     map[string]int
	problems []error
	messages []message
	// breaks is how many connections are reset after half of what is on them.
	breaks int
	over   sync.WaitGroup
}

func listen(t *testing.T, config *tls.Config, breaks int) *receiver {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	r := &receiver{listener: listener, seen: map[string]int{}, breaks: breaks}
	r.over.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			r.over.Go(func() { r.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		r.over.Wait()
	})
	return r
}

// serve reads messages, each after its length.
func (r *receiver) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	r.mutex.Lock()
	left := -1
	if r.breaks > 0 {
		r.breaks--
		left = 20
	}
	r.mutex.Unlock()
	for ; left != 0; left-- {
		length, err := in.ReadString(' ')
		if err == io.EOF && length == "" { //nolint:errorlint // bufio returns it as it is
			return
		}
		n, wrong := strconv.Atoi(strings.TrimSuffix(length, " "))
		if err != nil || wrong != nil || n <= 0 || length[0] == '0' {
			r.problem(fmt.Errorf("MSG-LEN %q: %w", length, err))
			return
		}
		text := make([]byte, n)
		if _, err := io.ReadFull(in, text); err != nil {
			r.problem(err)
			return
		}
		r.take(string(text))
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

func (r *receiver) problem(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.problems = append(r.problems, err)
}

func (r *receiver) take(text string) {
	m, err := parseRFC5424(text)
	if err != nil {
		r.problem(fmt.Errorf("%w in %s", err, text))
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.seen[m.data["ringer@32473"]["id"]]++
	if len(r.messages) < 100 {
		r.messages = append(r.messages, m)
	}
}

func (r *receiver) address(scheme string) string { return scheme + "://" + r.listener.Addr().String() }

func TestSyslogIsAsTheRFCHasIt(t *testing.T) {
	t.Parallel()
	r := listen(t, nil, 0)
	all := append([]ship.Entry(nil), entries(t, "jsonl", true, 40)...)
	strange := all[0]
	strange.Host, strange.Source, strange.Step, strange.Level = "näme mit leer\x00zeichen"+strings.Repeat("x", 300), strings.Repeat("windows/security", 5), `a"b]c\d`+"\xff\n", "critical"
	strange.Time = time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC)
	all[0] = strange
	all[1].Host, all[1].Source, all[1].Time = "", "", time.Date(2026, 1, 2, 3, 4, 5, 123456789, time.FixedZone("", 3600))
	counts := shipAll(t, all, target.Target{To: r.address("tcp"), Batch: 7}, send.With{})
	assert.Equal(t, uint64(40), counts.Delivered)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	require.Empty(t, r.problems)
	require.Len(t, r.messages, 40)
	first, second, third := r.messages[0], r.messages[1], r.messages[2]
	assert.Equal(t, 16, first.facility)
	assert.Equal(t, 2, first.severity)
	assert.Equal(t, 6, second.severity)
	assert.True(t, first.at.IsZero(), "a year that RFC 3339 cannot say")
	assert.Equal(t, "a\"b]c\\d\uFFFD\n", first.data["ringer@32473"]["step"])
	assert.Equal(t, "-", second.host)
	assert.Equal(t, time.Date(2026, 1, 2, 2, 4, 5, 123456000, time.UTC), second.at.UTC())
	assert.Equal(t, "billing01", third.host)
	assert.Equal(t, "ringer", third.app)
	assert.Equal(t, "linux/process_creation", third.messageID)
	assert.Equal(t, map[string]string{
		"id": all[2].ID, "run": runID, "event": "billing/2", "scenario": "overlap", "step": "cleared", "provenance": "observed", "replay": "true",
	}, third.data["ringer@32473"])
	assert.Equal(t, string(all[2].Body), third.text)
}

func TestWhatIsTooLongForSyslogIsRefused(t *testing.T) {
	t.Parallel()
	r := listen(t, nil, 0)
	all := append([]ship.Entry(nil), entries(t, "jsonl", false, 10)...)
	all[3].Body = []byte(`{"text":"` + strings.Repeat("x", 9000) + `"}`)
	counts := shipAll(t, all, target.Target{To: r.address("tcp")}, send.With{})
	assert.Equal(t, map[string]uint64{"longer than max_message, 8192 bytes: receivers cut it": 1}, counts.Refused)
	assert.Equal(t, uint64(9), counts.Delivered)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	assert.Len(t, r.seen, 9)
}

// A connection that breaks has its batch sent again: nothing is lost.
func TestSyslogOverConnectionsThatBreakLosesNone(t *testing.T) {
	t.Parallel()
	for _, secured := range []bool{false, true} {
		t.Run(fmt.Sprint("TLS ", secured), func(t *testing.T) {
			t.Parallel()
			made := certificates(t)
			scheme, config, to := "tcp", (*tls.Config)(nil), target.Target{Batch: 50}
			if secured {
				scheme, config = "tls", made.server
				to.CA, to.Certificate, to.Key, to.ServerName = made.ca, made.certificate, made.key, "log.example"
			}
			r := listen(t, config, 9)
			to.To = r.address(scheme)
			counts := shipAll(t, entries(t, "ecs", false, 1000), withEvents(to, "ecs"), send.With{})
			assert.Equal(t, uint64(1000), counts.Delivered)
			r.mutex.Lock()
			defer r.mutex.Unlock()
			assert.Equal(t, 1000, len(r.seen)) //nolint:testifylint // a thousand ids need not be told
			assert.Zero(t, r.breaks)
			require.Empty(t, r.problems)
		})
	}
}

func withEvents(to target.Target, events string) target.Target {
	to.Events = events
	return to
}

func TestACertificateOfAnotherIsRefused(t *testing.T) {
	t.Parallel()
	made, others := certificates(t), certificates(t)
	r := listen(t, made.server, 0)
	for _, c := range []struct {
		name, ca, server, says string
	}{
		{"signed by another", others.ca, "log.example", "unknown authority"},
		{"of another name", made.ca, "other.example", "not other.example"},
		{"of the address", made.ca, "", "127.0.0.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			to := target.Target{To: r.address("tls"), CA: c.ca, Certificate: made.certificate, Key: made.key, ServerName: c.server}
			shipper := start(t, t.TempDir(), to, send.With{})
			require.NoError(t, shipper.Ship(t.Context(), entries(t, "jsonl", false, 10)...))
			counts, err := shipper.Finish(t.Context(), ship.Patience{Idle: 20 * time.Second})
			require.ErrorContains(t, err, c.says)
			assert.Equal(t, uint64(10), counts.Waiting)
		})
	}
}

func TestDatagramsAreMessages(t *testing.T) {
	t.Parallel()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	defer conn.Close()
	got := make(chan message, 100)
	go func() {
		buffer := make([]byte, 65536)
		for {
			n, _, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			if m, err := parseRFC5424(string(buffer[:n])); err == nil {
				got <- m
			}
		}
	}()
	counts := shipAll(t, entries(t, "jsonl", false, 40), target.Target{To: "udp://" + conn.LocalAddr().String()}, send.With{})
	assert.Equal(t, uint64(40), counts.Delivered)
	for range 40 {
		m := <-got
		assert.Equal(t, "ringer", m.app)
	}
}

// Another machine is not connected to, whatever a name on this one leads to.
func TestOnlyThisMachineIsConnectedToUnlessMoreIsAllowed(t *testing.T) {
	t.Parallel()
	_, err := send.Open(target.Target{To: "tcp://192.0.2.1:514"}, send.With{})
	require.ErrorContains(t, err, "192.0.2.1 is another machine, which must be allowed")
	allowed, err := send.Open(target.Target{To: "tcp://192.0.2.1:514"}, send.With{Remote: true})
	require.NoError(t, err)
	require.NoError(t, allowed.Close())
	var retry *ship.RetryError
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = allowed.Send(ended, entries(t, "jsonl", false, 1))
	require.ErrorAs(t, err, &retry)
}

// made are a certificate authority, and what both ends show.
type made struct {
	ca, certificate, key string
	server               *tls.Config
}

func certificates(t *testing.T) made {
	t.Helper()
	folder := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return path
	}
	sign := func(name string, parent *x509.Certificate, by *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, []byte) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		require.NoError(t, err)
		about := &x509.Certificate{
			SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: parent == nil, BasicConstraintsValid: true,
			KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		}
		if parent == nil {
			parent, by = about, key
		}
		der, err := x509.CreateCertificate(rand.Reader, about, parent, &key.PublicKey, by)
		require.NoError(t, err)
		certificate, err := x509.ParseCertificate(der)
		require.NoError(t, err)
		return certificate, key, der
	}
	authority, authorityKey, authorityDER := sign("ca.example", nil, nil)
	_, serverKey, serverDER := sign("log.example", authority, authorityKey)
	_, clientKey, clientDER := sign("ringer.example", authority, authorityKey)
	keyDER, err := x509.MarshalPKCS8PrivateKey(clientKey)
	require.NoError(t, err)
	serverKeyDER, err := x509.MarshalPKCS8PrivateKey(serverKey)
	require.NoError(t, err)
	write("server.pem", "CERTIFICATE", serverDER)
	write("server-key.pem", "PRIVATE KEY", serverKeyDER)
	pool := x509.NewCertPool()
	pool.AddCert(authority)
	return made{
		ca: write("ca.pem", "CERTIFICATE", authorityDER), certificate: write("client.pem", "CERTIFICATE", clientDER), key: write("client-key.pem", "PRIVATE KEY", keyDER),
		server: &tls.Config{
			Certificates: []tls.Certificate{{Certificate: [][]byte{serverDER}, PrivateKey: serverKey}},
			ClientAuth:   tls.RequireAndVerifyClientCert, ClientCAs: pool, MinVersion: tls.VersionTLS12,
		},
	}
}

//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const askedOfNaikon = `exercise "first" {
  title    = "Who was it?"
  scenario = scenario.naikon
  objective "add_in" {
    title  = "How did they stay?"
    points = 30
    find   = step.add_in
  }
}
`

// exerciseServer is a server in a process of its own.
type exerciseServer struct {
	t                          *testing.T
	cmd                        *exec.Cmd
	address, link, fingerprint string
}

var toldBy = regexp.MustCompile(`(?s)trainees +(https://\S+)/\n.*instructor +https://[^/]+(/join/\S+).*SHA-256 (\S+)\n.*session`)

// startExercise starts a server in a folder, and waits until it serves.
func startExercise(t *testing.T, folder string) *exerciseServer {
	t.Helper()
	return startExerciseOf(t, folder, "shipped:small")
}

// startExerciseOf starts one of a recording, asked as first.hcl of the folder says.
func startExerciseOf(t *testing.T, folder, recording string) *exerciseServer {
	t.Helper()
	return startServer(t, folder, exec.CommandContext(t.Context(), "ringer", "exercise", "start", recording, "first.hcl", "--teams", "teams.txt", "--addr", "127.0.0.1:0", "--history", "history.db"))
}

// startServer starts one in a folder, and waits until it serves.
func startServer(t *testing.T, folder string, cmd *exec.Cmd) *exerciseServer {
	t.Helper()
	out, err := os.Create(filepath.Join(folder, "out.txt"))
	require.NoError(t, err)
	defer out.Close()
	s := &exerciseServer{t: t, cmd: cmd}
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr, s.cmd.SysProcAttr = folder, out, out, &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, s.cmd.Start())
	t.Cleanup(s.kill)
	require.Eventually(t, func() bool {
		said, err := os.ReadFile(out.Name())
		found := toldBy.FindSubmatch(said)
		if err != nil || found == nil {
			return false
		}
		s.address, s.link, s.fingerprint = string(found[1]), string(found[2]), string(found[3])
		return true
	}, 2*time.Minute, 20*time.Millisecond)
	require.Eventually(t, func() bool {
		_, err := s.ask(t.Context(), s.client(), "/", nil)
		return err == nil
	}, 5*time.Minute, 20*time.Millisecond, "until it has read what there was before")
	return s
}

// kill kills all processes of the server at once, as a power cut does.
func (s *exerciseServer) kill() {
	if s.cmd.ProcessState == nil {
		_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) // it may have ended
		_ = s.cmd.Wait()
	}
}

// client trusts the certificate with the fingerprint that was printed, and no other.
func (s *exerciseServer) client() *http.Client {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(s.t, err)
	return &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{
		InsecureSkipVerify: true,
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			sum := sha256.Sum256(raw[0])
			if !strings.EqualFold(strings.ReplaceAll(s.fingerprint, ":", ""), hex.EncodeToString(sum[:])) {
				return errors.New("another certificate")
			}
			return nil
		},
	}}}
}

// ask sends a request; form is nil for a page that is read.
func (s *exerciseServer) ask(ctx context.Context, by *http.Client, path string, form url.Values) (string, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, s.address+path, body)
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", s.address)
	response, err := by.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := io.Copy(&text, response.Body); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("%s: %s", path, response.Status)
	}
	return text.String(), nil
}

var formToken = regexp.MustCompile(`name="form" value="([^"]+)"`)

// join joins by a link and returns the token of its forms.
func (s *exerciseServer) join(by *http.Client, link string) string {
	s.t.Helper()
	shown, err := s.ask(s.t.Context(), by, link, nil)
	require.NoError(s.t, err)
	home, err := s.ask(s.t.Context(), by, link, url.Values{"form": {formToken.FindStringSubmatch(shown)[1]}})
	require.NoError(s.t, err)
	return formToken.FindStringSubmatch(home)[1]
}

// Whatever a trainee was told is handed in is there after the server was killed in the
// middle of more.
func TestNoAcknowledgedFindingIsLostWhereAnExerciseIsKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts servers")
	}
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "first.hcl"), []byte(askedOfNaikon), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "teams.txt"), []byte("Blue: Ann\n"), 0o600))
	s := startExercise(t, folder)
	host, ann := s.client(), s.client()
	token := s.join(host, s.link)
	_, err := s.ask(t.Context(), host, "/instructor/clock", url.Values{"form": {token}, "key": {"start"}, "do": {"start"}})
	require.NoError(t, err)
	links, err := s.ask(t.Context(), host, "/instructor/teams", url.Values{"form": {token}, "key": {"links"}, "do": {"links"}})
	require.NoError(t, err)
	token = s.join(ann, regexp.MustCompile(`https://[^/]+(/join/[^<]+)`).FindStringSubmatch(links)[1])
	events, err := s.ask(t.Context(), ann, "/hunt", nil)
	require.NoError(t, err)
	event := regexp.MustCompile(`name="event" value="([^"]+)"`).FindStringSubmatch(events)
	require.NotNil(t, event, "some are released at the start")

	var mutex sync.Mutex
	acknowledged, enough := map[string]bool{}, make(chan struct{})
	var handing sync.WaitGroup
	for worker := range 8 {
		handing.Go(func() {
			for n := range 100 {
				note := fmt.Sprintf("finding-%d-%d-of-ann", worker, n)
				_, err := s.ask(t.Context(), ann, "/finding", url.Values{"form": {token}, "key": {note}, "do": {"hand-in"}, "event": event[1:], "note": {note}})
				if err != nil {
					return // the server is gone
				}
				mutex.Lock()
				acknowledged[note] = true
				if len(acknowledged) == 40 {
					close(enough)
				}
				mutex.Unlock()
			}
		})
	}
	<-enough
	s.kill()
	handing.Wait()
	require.Less(t, len(acknowledged), 800, "it was killed in the middle")

	again := startExercise(t, folder)
	old, err := url.Parse(s.address)
	require.NoError(t, err)
	back := again.client()
	now, err := url.Parse(again.address)
	require.NoError(t, err)
	back.Jar.SetCookies(now, ann.Jar.Cookies(old))
	findings, err := again.ask(t.Context(), back, "/findings", nil)
	require.NoError(t, err)
	for note := range acknowledged {
		assert.True(t, strings.Contains(findings, note), "%s was acknowledged", note)
	}
	score, err := again.ask(t.Context(), back, "/score", nil)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, strings.Count(score, "false accusation"), len(acknowledged), "and each counts")
}

//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
)

const askedOfBilling = `exercise "first" {
  scenario = scenario.host-billing
  pace     = "100000x"
  objective "keys" {
    points = 30
    find   = step.authorized_keys_append
  }
}
`

// An exercise is performed while trainees look: a page that is open is told of a step's
// events; the test prints how long after it was performed. Scores are computed again of what was
// recorded, and what was performed is there where the server was killed.
func TestLiveExerciseIsPerformedWhilePeopleLook(t *testing.T) {
	binary := needsBinary(t)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "first.hcl"), []byte(askedOfBilling), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "teams.txt"), []byte("Blue: Ann\n"), 0o600))
	t.Setenv("RINGER_RUNS", filepath.Join(folder, "runs"))
	s := startLiveExercise(t, binary, folder)
	host, ann := s.client(), s.client()
	token := s.join(host, s.link)
	links, err := s.ask(t.Context(), host, "/instructor/teams", url.Values{"form": {token}, "key": {"links"}, "do": {"links"}})
	require.NoError(t, err)
	annsToken := s.join(ann, regexp.MustCompile(`https://[^/]+(/join/[^<]+)`).FindStringSubmatch(links)[1])
	told := s.follow(ann)
	_, err = s.ask(t.Context(), host, "/instructor/clock", url.Values{"form": {token}, "key": {"start"}, "do": {"start"}})
	require.NoError(t, err)

	var event []string
	require.Eventually(t, func() bool {
		found, err := s.ask(t.Context(), ann, "/hunt?"+url.Values{"q": {"authorized_keys tee"}}.Encode(), nil)
		event = regexp.MustCompile(`name="event" value="([^"]+)"`).FindStringSubmatch(found)
		return err == nil && event != nil
	}, 30*time.Second, 20*time.Millisecond, "the first step's events reach a page")
	shown := time.Now()
	performed := s.happened(folder, "authorized_keys_append")
	t.Logf("shown %v after the step was performed", shown.Sub(performed).Round(time.Millisecond))
	assert.NotEmpty(t, <-told, "an open page is told that there is more")

	_, err = s.ask(t.Context(), ann, "/finding", url.Values{"form": {annsToken}, "key": {"one"}, "do": {"hand-in"}, "event": event[1:], "technique": {"T1098.004"}, "note": {"keys"}})
	require.NoError(t, err)
	score := func() string {
		text, err := s.run(binary, folder, "exercise", "score", "first-live", "--history", "history.db")
		require.NoError(t, err, text)
		return text
	}
	before := score()
	assert.Contains(t, before, "T1098.004")
	s.kill()
	assert.Equal(t, before, score(), "of what was performed until the server was killed")

	again := startLiveExercise(t, binary, folder)
	back := again.client()
	now, err := url.Parse(again.address)
	require.NoError(t, err)
	old, err := url.Parse(s.address)
	require.NoError(t, err)
	back.Jar.SetCookies(now, ann.Jar.Cookies(old))
	page, err := again.ask(t.Context(), back, "/hunt?"+url.Values{"q": {"authorized_keys tee"}}.Encode(), nil)
	require.NoError(t, err)
	assert.Contains(t, page, event[1], "what was found is there by the same name")
	require.NoError(t, again.cmd.Process.Signal(syscall.SIGINT))
	_ = again.cmd.Wait() // an interrupt is no error of the test
}

// Interrupted in order, the run is recorded, with what was not performed skipped.
func TestLiveExerciseThatIsInterruptedIsRecorded(t *testing.T) {
	binary := needsBinary(t)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "first.hcl"), []byte(askedOfBilling), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "teams.txt"), []byte("Blue: Ann\n"), 0o600))
	t.Setenv("RINGER_RUNS", filepath.Join(folder, "runs"))
	s := startLiveExercise(t, binary, folder)
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGINT))
	_ = s.cmd.Wait() // the code is that of an interrupt
	text, err := s.run(binary, folder, "replay", "--json")
	require.NoError(t, err, text)
	var run struct {
		Scenarios []struct {
			Steps []struct{ Skipped string } `json:"steps"`
		} `json:"scenarios"`
	}
	require.NoError(t, json.Unmarshal([]byte(text), &run))
	require.NotEmpty(t, run.Scenarios)
	for _, step := range run.Scenarios[0].Steps {
		assert.Contains(t, step.Skipped, "ended before it")
	}
}

func needsBinary(t *testing.T) string {
	t.Helper()
	binary := os.Getenv("RINGER_BINARY")
	if testing.Short() || binary == "" {
		t.Skip("needs Docker and RINGER_BINARY, a built ringer")
	}
	return binary
}

// startLiveExercise starts a server that performs.
func startLiveExercise(t *testing.T, binary, folder string) *exerciseServer {
	t.Helper()
	return startServer(t, folder, exec.CommandContext(t.Context(), binary, "exercise", "start", "--live", "host_billing", "first.hcl", "--teams", "teams.txt", "--addr", "127.0.0.1:0", "--history", "history.db"))
}

// run runs a command in the folder, and returns what it printed.
func (s *exerciseServer) run(binary, folder string, args ...string) (string, error) {
	cmd := exec.CommandContext(s.t.Context(), binary, args...)
	cmd.Dir = folder
	text, err := cmd.Output()
	return string(text), err
}

// follow hands on what an open page is told.
func (s *exerciseServer) follow(by *http.Client) <-chan string {
	s.t.Helper()
	told := make(chan string, 100)
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address+"/live", nil)
	require.NoError(s.t, err)
	response, err := (&http.Client{Jar: by.Jar, Transport: by.Transport}).Do(request)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = response.Body.Close() })
	go func() {
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
				select {
				case told <- data:
				default: // nobody reads them all
				}
			}
		}
	}()
	return told
}

// happened is when a step was performed, as the exercise's log has it.
func (s *exerciseServer) happened(folder, step string) time.Time {
	s.t.Helper()
	log, err := sqlstore.OpenExerciseLog(s.t.Context(), filepath.Join(folder, "history.db"))
	require.NoError(s.t, err)
	defer log.Close()
	entries, err := log.Entries(s.t.Context(), "first-live", 0)
	require.NoError(s.t, err)
	for _, entry := range entries {
		if entry.Kind == exercise.Happened && entry.Step == step {
			return entry.At
		}
	}
	require.Fail(s.t, "the log does not say that "+step+" was performed")
	return time.Time{}
}

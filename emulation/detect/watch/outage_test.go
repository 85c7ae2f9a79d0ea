package watch_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect/watch"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
)

func env(name string) string {
	return map[string]string{"PATH": "/usr/bin:/bin", "TOKEN": "Bearer x", "BROKEN": "a\nb"}[name]
}

func falco(source outside.Source) watch.Detector {
	return watch.Detector{Detector: outside.Detector{Name: "falco.host", Format: "falco", Within: 200 * time.Millisecond, Wait: time.Second, Probe: "Probe"}, Source: source}
}

func opened(t *testing.T, d watch.Detector) *watch.Watcher {
	t.Helper()
	w, err := watch.Open(t.Context(), watch.Options{Now: time.Now, Env: env}, []watch.Detector{d})
	require.NoError(t, err)
	t.Cleanup(w.Close)
	return w
}

// until waits until what came of the one detector is as it should be.
func until(t *testing.T, w *watch.Watcher, is func(outside.Watch) bool) outside.Watch {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var last outside.Watch
	w.Until(ctx, func(all []outside.Watch) bool { last = all[0]; return is(last) })
	require.NoError(t, ctx.Err(), "%+v", last)
	return last
}

func out(w outside.Watch) bool { return len(w.Outages) > 0 }

func TestWhatWhoeverNamesADetectorMustPutRight(t *testing.T) {
	t.Parallel()
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte(" \n"), 0o600))
	taken := httptest.NewServer(http.NotFoundHandler())
	defer taken.Close()
	for _, test := range []struct {
		source outside.Source
		says   string
	}{
		{outside.Source{Listen: "0.0.0.0:0/x"}, "not an address of this machine alone: --detectors-remote"},
		{outside.Source{Listen: strings.TrimPrefix(taken.URL, "http://")}, "address already in use"},
		{outside.Source{Poll: &outside.Poll{URL: "http://198.51.100.1/x", Every: time.Second}}, "198.51.100.1 is not on this machine: --detectors-remote"},
		{outside.Source{File: "x", SecretEnv: "NOWHERE"}, "the environment variable NOWHERE"},
		{outside.Source{File: "x", SecretEnv: "BROKEN"}, "without control characters"},
		{outside.Source{File: "x", SecretFile: secret}, "must not be empty"},
		{outside.Source{File: "x", SecretFile: secret + "no"}, "read authorization_file"},
		{outside.Source{File: "x", SecretFile: secret, SecretEnv: "TOKEN"}, "cannot be combined"},
		{outside.Source{File: "x", Items: ".."}, "is not a path"},
	} {
		_, err := watch.Open(t.Context(), watch.Options{Now: time.Now, Env: env}, []watch.Detector{falco(test.source)})
		assert.ErrorContains(t, err, test.says)
		assert.ErrorContains(t, err, "detector falco.host: ")
		assert.NotContains(t, fmt.Sprint(err), "Bearer")
	}
}

func TestAProgramThatEndsIsAnOutage(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "watch")
	require.NoError(t, os.WriteFile(program, []byte("#!/bin/sh\necho '{\"rule\":\"R\"}'\necho \"TOKEN is $TOKEN.\" >&2\nexit 3\n"), 0o700))
	w := until(t, opened(t, falco(outside.Source{Command: []string{program}})), out)
	require.Len(t, w.Arrivals, 1, "what it printed before")
	assert.Equal(t, "its program ended: exit status 3: TOKEN is .", w.Outages[0].Reason, "and it has no secret of ours")
	w = until(t, opened(t, falco(outside.Source{Command: []string{program + "no"}})), out)
	assert.Contains(t, w.Outages[0].Reason, "its program cannot be started")
}

func TestAnAPIThatDoesNotAnswerIsAnOutageUntilItDoes(t *testing.T) {
	t.Parallel()
	answers := make(chan func(http.ResponseWriter), 10)
	last := func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"rule":"R","uuid":"1"}`)) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case answer := <-answers:
			answer(w)
		default:
			last(w)
		}
	}))
	defer server.Close()
	for _, answer := range []func(http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) },
		func(w http.ResponseWriter) { w.Header().Set("Location", "/else"); w.WriteHeader(http.StatusFound) },
		func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"rule"`)) },
		func(w http.ResponseWriter) { _, _ = w.Write(make([]byte, format.MostBytes+1)) },
	} {
		answers <- answer
	}
	watcher := opened(t, falco(outside.Source{Poll: &outside.Poll{URL: server.URL + "/?after={since}", Every: 20 * time.Millisecond}}))
	w := until(t, watcher, func(w outside.Watch) bool { return !w.Answered.IsZero() && w.Again > 2 })
	require.Len(t, w.Outages, 1, "from the first that failed to the first that did not")
	assert.Equal(t, "it answered Internal Server Error", w.Outages[0].Reason)
	assert.False(t, w.Outages[0].Until.IsZero())
	require.Len(t, w.Arrivals, 1)
	server.Close()
	w = until(t, watcher, func(w outside.Watch) bool { return len(w.Outages) == 2 })
	assert.Contains(t, w.Outages[1].Reason, "it cannot be asked: ")
	assert.NotContains(t, w.Outages[1].Reason, "after=", "an address may have a secret")
}

func TestAFileThatIsNotThereIsAnOutageUntilItIs(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "alerts.json")
	watcher := opened(t, falco(outside.Source{File: name}))
	w := until(t, watcher, out)
	assert.Contains(t, w.Outages[0].Reason, "its file cannot be read")
	add(t, name, "{\"rule\":\"R\",\"uuid\":\"1\"}\n{\"rule\":")
	w = until(t, watcher, func(w outside.Watch) bool { return len(w.Arrivals) == 1 })
	assert.False(t, w.Outages[0].Until.IsZero())
	add(t, name, "\"S\"}\n\nno alert\n")
	w = until(t, watcher, func(w outside.Watch) bool { return w.Unreadable == 1 })
	require.Len(t, w.Arrivals, 2, "a line that came in two pieces")
	require.NoError(t, os.Truncate(name, 0))
	time.Sleep(200 * time.Millisecond)
	add(t, name, "{\"rule\":\"T\"}\n")
	w = until(t, watcher, func(w outside.Watch) bool { return len(w.Arrivals) == 3 })
	assert.Equal(t, "T", w.Arrivals[2].Alert.Rule, "a file that was emptied")
	require.NoError(t, os.Remove(name))
	w = until(t, watcher, func(w outside.Watch) bool { return len(w.Outages) == 2 })
	assert.True(t, w.Outages[1].Until.IsZero())
	require.NoError(t, os.Mkdir(name, 0o700))
	until(t, watcher, out)
}

func TestOnlyAlertsAreTaken(t *testing.T) {
	t.Parallel()
	d := falco(outside.Source{SecretEnv: "TOKEN"})
	posted(t, &d)
	watcher := opened(t, d)
	send := func(method, path, body string, header ...string) int {
		request, err := http.NewRequestWithContext(t.Context(), method, "http://"+strings.TrimSuffix(d.Listen, "/alerts")+path, strings.NewReader(body))
		require.NoError(t, err)
		for i := 0; i < len(header); i += 2 {
			request.Header.Set(header[i], header[i+1])
		}
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return answer.StatusCode
	}
	authorized := []string{"Authorization", "Bearer x"}
	assert.Equal(t, http.StatusNotFound, send("POST", "/other", `{"rule":"R"}`, authorized...))
	assert.Equal(t, http.StatusMethodNotAllowed, send("GET", "/alerts", "", authorized...))
	assert.Equal(t, http.StatusUnauthorized, send("POST", "/alerts", `{"rule":"R"}`))
	assert.Equal(t, http.StatusUnauthorized, send("POST", "/alerts", `{"rule":"R"}`, "Authorization", "Bearer y"))
	assert.Equal(t, http.StatusForbidden, send("POST", "/alerts", `{"rule":"R"}`, append(authorized, "Origin", "http://evil.example")...))
	assert.Equal(t, http.StatusBadRequest, send("POST", "/alerts", `{"rule`, authorized...))
	assert.Equal(t, http.StatusRequestEntityTooLarge, send("POST", "/alerts", strings.Repeat(" ", format.MostBytes+1), authorized...))
	assert.Empty(t, watcher.Watches()[0].Arrivals)
	assert.Equal(t, http.StatusNoContent, send("POST", "/alerts", `[{"rule":"R"},{"rule":"S"}]`, authorized...))
	assert.Len(t, watcher.Watches()[0].Arrivals, 2)
}

func TestAProbeThatIsNotSeenIsAnOutage(t *testing.T) {
	t.Parallel()
	d := falco(outside.Source{})
	send := posted(t, &d)
	watcher := opened(t, d)
	probe := outside.Performed{Began: time.Now(), Ended: time.Now()}
	send(map[string]any{"rule": "Other"})
	watcher.AwaitProbe(t.Context(), probe)
	w := watcher.Watches()[0]
	require.Len(t, w.Outages, 1)
	assert.Equal(t, `no alert of its probe "Probe" came within 200ms, before the first step`, w.Outages[0].Reason)

	watcher.Begin()
	w = watcher.Watches()[0]
	assert.Empty(t, w.Arrivals, "what came before is of another scenario")
	assert.Len(t, w.Outages, 1, "and a detector that does not answer still does not")
	probe = outside.Performed{Began: time.Now(), Ended: time.Now()}
	send(map[string]any{"rule": "Probe", "uuid": "again"})
	watcher.AwaitProbe(t.Context(), probe)
	w = watcher.Watches()[0]
	require.Len(t, w.Outages, 1)
	assert.False(t, w.Outages[0].Until.Before(probe.Began), "until its probe comes")
	watcher.NoteProbe(probe)
	assert.Len(t, watcher.Watches()[0].Outages, 1, "it came")
	watcher.NoteProbe(outside.Performed{Began: time.Now(), Ended: time.Now()})
	w = watcher.Watches()[0]
	require.Len(t, w.Outages, 2)
	assert.Equal(t, `no alert of its probe "Probe" came within 200ms, after the last step`, w.Outages[1].Reason)
	assert.Equal(t, w.Heard(), w.Outages[1].From, "it may have stopped since it was heard")
	assert.Zero(t, w.Outages[1].Until)

	d = falco(outside.Source{})
	send = posted(t, &d)
	watcher = opened(t, d)
	go func() { time.Sleep(50 * time.Millisecond); send(map[string]any{"rule": "Probe"}) }()
	watcher.AwaitProbe(t.Context(), outside.Performed{Began: time.Now(), Ended: time.Now()})
	assert.Empty(t, watcher.Watches()[0].Outages)
}

func TestTheSlowestDetectorIsWaitedFor(t *testing.T) {
	t.Parallel()
	began := time.Now()
	opened(t, falco(outside.Source{File: "none", WarmUp: 200 * time.Millisecond})).WarmUp(t.Context())
	assert.GreaterOrEqual(t, time.Since(began), 200*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	began = time.Now()
	opened(t, falco(outside.Source{File: "none", WarmUp: time.Hour})).WarmUp(ctx)
	assert.Less(t, time.Since(began), time.Minute)
}

func TestALineThatIsTooLongIsLeftOut(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "alerts.json")
	add(t, name, "")
	watcher := opened(t, falco(outside.Source{File: name}))
	add(t, name, strings.Repeat("x", format.MostBytes+1)+"\n{\"rule\":\"R\"}\n")
	w := until(t, watcher, func(w outside.Watch) bool { return len(w.Arrivals) == 1 })
	assert.Equal(t, 1, w.Unreadable)
	assert.Contains(t, w.Problem, "a line has more than")
}

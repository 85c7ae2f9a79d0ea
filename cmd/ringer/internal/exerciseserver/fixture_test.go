package exerciseserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/hunt"
)

// memoryLog is a log that forgets with the test.
type memoryLog struct {
	mutex   sync.Mutex
	entries []exercise.Entry
	broken  bool
}

func (l *memoryLog) Append(_ context.Context, _ string, e exercise.Entry) (exercise.Entry, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.broken {
		return exercise.Entry{}, errors.New("the disk is full")
	}
	for _, known := range l.entries {
		if known.Key == e.Key {
			return known, nil
		}
	}
	e.Number = int64(len(l.entries) + 1)
	l.entries = append(l.entries, e)
	return e, nil
}

func (l *memoryLog) Entries(_ context.Context, _ string, after int64) ([]exercise.Entry, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]exercise.Entry(nil), l.entries[after:]...), nil
}

func (l *memoryLog) Exercises(context.Context) ([]string, error) { return []string{"first"}, nil }

var (
	wallStart    = time.Date(2027, 1, 8, 9, 0, 0, 0, time.UTC)
	virtualStart = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)
)

// What is the truth and no trainee may read before the end.
const (
	stepOne, stepTwo   = "hushed-step-page", "hushed-step-task"
	titleOne, titleTwo = "a hushed page is written", "a hushed task is made"
)

// fakeEvents are two hosts with ordinary programs, a page that is written and a task
// that is made.
func fakeEvents() []hunt.Record {
	var out []hunt.Record
	add := func(minute int, host, image, line, step string, ordinary bool) {
		out = append(out, hunt.Record{Host: host, Origin: hunt.Origin{Scenario: "campaign", Ordinary: ordinary}, Event: event.Event{
			ID: fmt.Sprintf("%s-%d", strings.ToLower(host), len(out)), Time: virtualStart.Add(time.Duration(minute) * time.Minute),
			Sources: []event.LogSource{{Product: "windows", Category: "process_creation"}}, Provenance: event.Observed,
			Fields:  map[string]any{"Image": image, "CommandLine": line, "ProcessId": 100 + len(out), "User": `NT AUTHORITY\SYSTEM`, "EventID": 1},
			Lineage: event.Lineage{Asset: "asset-of-" + host, Step: step, Process: uint64(len(out) + 1)},
		}})
	}
	for minute := range 30 {
		add(minute, "OPS02", `C:\Windows\System32\svchost.exe`, fmt.Sprintf("svchost.exe -k netsvcs -n %d", minute), "hushed-ordinary-day", true)
		switch minute {
		case 5, 6:
			add(minute, "EX01", `C:\Windows\System32\inetsrv\w3wp.exe`, fmt.Sprintf("w3wp.exe page%d.aspx", minute), stepOne, false)
		case 10, 11:
			add(minute, "DC01", `C:\Windows\System32\schtasks.exe`, fmt.Sprintf("schtasks /create /tn night%d", minute), stepTwo, false)
		}
	}
	return out
}

// fakeDefinition asks for the page, who it was, and a rule for the task.
func fakeDefinition() exercise.Definition {
	find := exercise.Target{Steps: []string{stepOne}}
	detect := exercise.Target{Detect: []string{stepTwo}}
	return exercise.Definition{
		Name: "first", Title: "Who was at the mail host?", Scenario: "campaign", Mode: exercise.Hunt, Intro: "A carrier's hosts.", Pace: 60, Minutes: 90, Wrong: -5, Budget: 10,
		Objectives: []exercise.Objective{
			{Name: "foothold", Title: "The foothold", Question: "How did they stay?", Points: 30, Find: find, Evidence: 2, Partial: exercise.DefaultShares(find), Within: time.Hour, Tries: 3,
				Hints: []exercise.Hint{{Name: "where", Cost: 5, Text: "Look at the hushed-hint of the mail host."}}},
			{Name: "who", Title: "Who was it?", Points: 20, Find: exercise.Target{Actor: "soft_cell"}, Tries: 2, Wrong: -10},
			{Name: "rule", Title: "A rule for the night", Points: 40, Find: detect, Partial: exercise.DefaultShares(detect), Tries: 10, Wrong: -4},
		},
		Purchases: []exercise.Purchase{{Name: "sysmon", Title: "Sysmon", Cost: 6}, {Name: "web", Title: "Web logs", Cost: 5}},
	}
}

// fakeJudge finds schtasks in what detects the task, and svchost in what alarms.
type fakeJudge struct{}

func (fakeJudge) JudgeRule(_ context.Context, text string) (exercise.RuleVerdict, error) {
	out := exercise.RuleVerdict{Steps: []exercise.StepDetection{{Step: stepTwo, Variants: 2}}}
	if strings.Contains(text, "schtasks") {
		out.Steps[0].Detected = 2
	}
	if strings.Contains(text, "svchost") {
		out.Alarms = 7
	}
	return out, nil
}

func (fakeJudge) JudgeProfile(context.Context, []string) (exercise.ProfileVerdict, error) {
	return exercise.ProfileVerdict{}, nil
}

// site is a server with what a test needs around it.
type site struct {
	t       *testing.T
	server  *Server
	log     *memoryLog
	store   *hunt.Store
	http    *httptest.Server
	now     func() time.Time
	passing func(time.Duration)
	logged  *syncWriter
}

type syncWriter struct {
	mutex sync.Mutex
	text  strings.Builder
}

// Write never fails.
func (w *syncWriter) Write(p []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.text.Write(p)
}

func (w *syncWriter) String() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.text.String()
}

// open serves an exercise of a log, which may have entries already.
func openSite(t *testing.T, log *memoryLog) *site {
	t.Helper()
	var mutex sync.Mutex
	passed := time.Duration(0)
	out := &site{t: t, log: log, logged: &syncWriter{}}
	out.now = func() time.Time {
		mutex.Lock()
		defer mutex.Unlock()
		return wallStart.Add(passed)
	}
	out.passing = func(d time.Duration) {
		mutex.Lock()
		defer mutex.Unlock()
		passed += d
	}
	out.store = hunt.New(hunt.Options{Key: []byte("a key of the test's own, 32 bytes"), Ordinary: fakeEvents()[:4]})
	out.store.Add(fakeEvents())
	opened, err := room.Open(t.Context(), room.Options{
		ID: "first", Definition: fakeDefinition(), Log: log, Truth: fakeTruth(out.store), Stream: out.store,
		Judges: exercise.Judges{Rules: fakeJudge{}, Profiles: fakeJudge{}}, Start: virtualStart, Now: out.now,
	})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	var judging sync.WaitGroup
	judging.Go(func() { opened.Run(ctx, func(err error) { t.Error(err) }) })
	out.http = httptest.NewUnstartedServer(nil)
	address := out.http.Listener.Addr().String()
	out.server = New(Options{
		Room: opened, Events: out.store, Log: zerolog.New(out.logged), Now: out.now,
		Inject:  func(context.Context, string) error { return nil },
		Exports: []Export{{Name: "debrief.csv", Title: "CSV", Write: func(w io.Writer) error { _, err := io.WriteString(w, "team,points\n"); return err }}},
	}, "https://"+address)
	_, port, _ := strings.Cut(address, ":")
	var number int
	_, err = fmt.Sscan(port, &number)
	require.NoError(t, err)
	out.http.Config.Handler = out.server.Handler([]string{"127.0.0.1", "localhost"}, number)
	out.http.EnableHTTP2 = true
	out.http.StartTLS()
	t.Cleanup(func() {
		out.server.Close()
		out.http.Close()
		stop()
		judging.Wait()
	})
	return out
}

func fakeTruth(store *hunt.Store) *exercise.Truth {
	truth := exercise.NewTruth([]exercise.TrueActor{{Name: "soft_cell", Group: "G0093", Title: "GALLIUM"}, {Name: "naikon", Group: "G0019", Title: "Naikon"}}, func(id string) (string, bool) {
		origin, ok := store.OriginOf(id)
		if origin.Ordinary {
			return "", ok
		}
		return origin.Step, ok
	})
	for _, step := range []exercise.TrueStep{
		{ID: stepOne, Title: titleOne, Technique: "T1505.003", Asset: "mail", Host: "EX01", Actor: "soft_cell", Alerted: true,
			Rules: []exercise.ExpectedRule{{Rule: "r-1", Title: "hushed rule title", Want: "fires", Verdict: "detected"}}},
		{ID: stepTwo, Title: titleTwo, Technique: "T1053.005", Asset: "dc", Host: "DC01", Actor: "naikon"},
	} {
		for _, record := range fakeEvents() {
			if record.Event.Lineage.Step != step.ID {
				continue
			}
			if len(step.Events) == 0 {
				step.From = record.Event.Time
			}
			step.To = record.Event.Time
			step.Events = append(step.Events, record.Event.ID)
		}
		truth.Add(step)
	}
	return truth
}

// browser is somebody's browser: cookies, and no redirect that is not seen.
type browser struct {
	t      *testing.T
	site   *site
	client *http.Client
	token  string // the session's
}

func (s *site) browser() *browser {
	client := *s.http.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: s.t, site: s, client: &client}
}

// answer is what the server said.
type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a request as a browser on the server's own page would; change may spoil it.
func (b *browser) send(method, path string, form url.Values, change ...func(*http.Request)) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.site.http.URL+path, body)
	require.NoError(b.t, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if b.token != "" {
		r.AddCookie(&http.Cookie{Name: cookie, Value: b.token})
	}
	for _, spoil := range change {
		spoil(r)
	}
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	for _, set := range response.Cookies() {
		if set.Name == cookie {
			b.token = set.Value
		}
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

func (b *browser) get(path string) answer { b.t.Helper(); return b.send(http.MethodGet, path, nil) }

// post sends a form with the session's token, and a key of its own unless it has one.
func (b *browser) post(path string, form url.Values) answer {
	b.t.Helper()
	all := url.Values{"form": {access.FormToken(b.token)}, "key": {access.NewToken()}}
	for name, values := range form {
		all[name] = values
	}
	return b.send(http.MethodPost, path, all)
}

// invite joins somebody by a new link.
func (s *site) invite(who access.Identity) *browser {
	s.t.Helper()
	link, err := s.server.NewLink(s.t.Context(), who)
	require.NoError(s.t, err)
	at, err := url.Parse(link)
	require.NoError(s.t, err)
	b := s.browser()
	shown := b.get(at.Path)
	require.Equal(s.t, http.StatusOK, shown.status, shown.body)
	joined := b.send(http.MethodPost, at.Path, url.Values{"form": {hiddenValue(s.t, shown.body, "form")}})
	require.Equal(s.t, http.StatusSeeOther, joined.status, joined.body)
	require.NotEmpty(s.t, b.token)
	return b
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// hiddenValue is what a page's first form brings along under a name.
func hiddenValue(t *testing.T, body, name string) string {
	t.Helper()
	for _, found := range hidden.FindAllStringSubmatch(body, -1) {
		if found[1] == name {
			return found[2]
		}
	}
	require.Fail(t, "the page has no form with "+name)
	return ""
}

// people are two teams, with a trainee each, and an instructor.
type people struct{ nobody, ann, bob, instructor *browser }

func (s *site) people() people {
	s.t.Helper()
	require.NoError(s.t, s.server.AddTeam(s.t.Context(), "Blue", []string{"Ann"}))
	require.NoError(s.t, s.server.AddTeam(s.t.Context(), "Green", []string{"Bob"}))
	return people{s.browser(), s.invite(s.member("Blue", "Ann")), s.invite(s.member("Green", "Bob")), s.invite(access.Identity{Role: access.Instructor})}
}

func (s *site) member(team, name string) access.Identity {
	s.t.Helper()
	for _, t := range s.server.room.State().Teams() {
		for _, m := range t.Members {
			if t.Name == team && m.Name == name {
				return access.Identity{Role: access.Trainee, Team: t.ID, Member: m.ID}
			}
		}
	}
	require.Fail(s.t, "there is no "+name+" of "+team)
	return access.Identity{}
}

// release starts the clock and lets all events be released.
func (s *site) release(instructor *browser) {
	s.t.Helper()
	require.Equal(s.t, http.StatusSeeOther, instructor.post("/instructor/clock", url.Values{"do": {"start"}}).status)
	s.passing(time.Minute)
	require.Equal(s.t, s.store.Len(), s.server.room.Released())
}

// eventOf is an event of a step, as trainees know it.
func (s *site) eventsOf(step string) []string {
	s.t.Helper()
	of, ok := s.server.room.Truth().Step(step)
	require.True(s.t, ok)
	var out []string
	for _, id := range of.Events {
		own, ok := s.store.IDOf("campaign", id)
		require.True(s.t, ok)
		out = append(out, own)
	}
	return out
}

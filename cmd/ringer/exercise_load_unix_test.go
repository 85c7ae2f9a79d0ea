//go:build unix

package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	load     = flag.Duration("load", 0, "for how long simulated trainees hunt in an exercise of a million events")
	trainees = flag.Int("trainees", 200, "how many simulated trainees there are")
)

const askedOfOverlap = `exercise "first" {
  title    = "Who was it?"
  scenario = scenario.overlap
  pace     = "3600x"
  minutes  = 600
  objective "page" {
    title  = "How did they stay?"
    points = 30
    find   = step.page
    tries  = 20
  }
}
`

// loadFigures are how long requests took, by what they were.
type loadFigures struct {
	mutex sync.Mutex
	took  map[string][]time.Duration
	wrong []error
}

func (f *loadFigures) add(what string, took time.Duration, err error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if err != nil {
		f.wrong = append(f.wrong, fmt.Errorf("%s: %w", what, err))
		return
	}
	f.took[what] = append(f.took[what], took)
}

// share is how long a request took of which that share was faster.
func (f *loadFigures) share(what string, share float64) time.Duration {
	took := slices.Sorted(slices.Values(f.took[what]))
	if len(took) == 0 {
		return 0
	}
	return took[min(len(took)-1, int(share*float64(len(took))))]
}

// searches are what trainees look for, from words to whole queries.
var searches = []string{
	"", "schtasks", "aspx", "EventID:1 not svchost", `Image:*\cmd.exe`, "powershell or (cmd whoami)", "source:process_creation rar", "User:*SYSTEM*", "host:*01 TargetFilename:*.zip", "nothing-has-this",
}

// Simulated trainees on loopback, over more than a million events:
//
//	go test ./cmd/ringer -run TestAnExerciseHoldsItsTrainees -load 5m -timeout 20m -v
func TestAnExerciseHoldsItsTrainees(t *testing.T) {
	if *load == 0 {
		t.Skip("it takes a machine to itself: -load 5m")
	}
	folder := t.TempDir()
	var teams strings.Builder
	for n := range *trainees {
		if n%10 == 0 {
			fmt.Fprintf(&teams, "\nTeam %d:", n/10)
		}
		fmt.Fprintf(&teams, " Trainee %d,", n)
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, "first.hcl"), []byte(askedOfOverlap), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "teams.txt"), []byte(teams.String()), 0o600))
	s := startExerciseOf(t, folder, "shipped:overlap")
	host := s.client()
	token := s.join(host, s.link)
	control := func(form url.Values) string {
		form["form"] = []string{token}
		form.Set("key", fmt.Sprint(rand.Uint64()))
		said, err := s.ask(t.Context(), host, "/instructor/clock", form)
		require.NoError(t, err)
		return said
	}
	control(url.Values{"do": {"start"}})
	control(url.Values{"do": {"jump"}, "to": {"2040-01-01 00:00"}})
	figure := regexp.MustCompile(`<dt>(Events in all|Events in the store)</dt><dd>([0-9,]+)`)
	require.Eventually(t, func() bool {
		said, err := s.ask(t.Context(), host, "/instructor", nil)
		require.NoError(t, err)
		all := figure.FindAllStringSubmatch(said, -1)
		return len(all) == 2 && all[0][2] == all[1][2]
	}, 10*time.Minute, time.Second, "all events are released")
	said, err := s.ask(t.Context(), host, "/instructor/teams", url.Values{"form": {token}, "key": {"links"}, "do": {"links"}})
	require.NoError(t, err)
	links := regexp.MustCompile(`https://[^/]+(/join/[^<]+)`).FindAllStringSubmatch(said, -1)
	require.Len(t, links, *trainees)

	figures := &loadFigures{took: map[string][]time.Duration{}}
	end := time.Now().Add(*load)
	var hunting sync.WaitGroup
	handed := make([]int, *trainees)
	for n, link := range links {
		hunting.Go(func() { handed[n] = s.hunt(n, link[1], end, figures) })
	}
	hunting.Wait()
	all := 0
	for _, n := range handed {
		all += n
	}
	said, err = s.ask(t.Context(), host, "/instructor/board", nil)
	require.NoError(t, err)
	assert.Equal(t, all, strings.Count(said, "finding "), "none was lost")
	for _, what := range []string{"search", "event", "hand-in", "board"} {
		t.Logf("%-8s %6d requests, p50 %s, p99 %s", what, len(figures.took[what]), figures.share(what, 0.5), figures.share(what, 0.99))
	}
	memory, err := exec.CommandContext(t.Context(), "ps", "-o", "rss=", "--ppid", fmt.Sprint(s.cmd.Process.Pid)).Output()
	require.NoError(t, err)
	t.Logf("memory %s KiB", bytes.TrimSpace(memory))
	require.Empty(t, figures.wrong[:min(5, len(figures.wrong))])
	assert.Less(t, figures.share("search", 0.99), 300*time.Millisecond)
	assert.Less(t, figures.share("hand-in", 0.99), 100*time.Millisecond)
}

// hunt is one trainee: pages with a moment's thought between them. It returns how many
// findings were acknowledged.
func (s *exerciseServer) hunt(n int, link string, end time.Time, figures *loadFigures) (handed int) {
	by := s.client()
	token := s.join(by, link)
	by.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // an acknowledgement is one
	ask := func(what, path string, form url.Values) string {
		began := time.Now()
		said, err := s.ask(s.t.Context(), by, path, form)
		figures.add(what, time.Since(began), err)
		return said
	}
	live, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address+"/live", http.NoBody)
	if err == nil {
		told := s.client()
		told.Jar, told.Timeout = by.Jar, 0
		var open *http.Response
		if open, err = told.Do(live); err == nil {
			defer open.Body.Close()
		}
	}
	figures.add("live", 0, err)
	event := regexp.MustCompile(`name="event" value="([^"]+)"`)
	var known []string
	for step := 0; time.Now().Before(end); step++ {
		time.Sleep(time.Duration(500+rand.IntN(1500)) * time.Millisecond)
		switch {
		case step%10 == 9:
			ask("board", "/board", nil)
		case step%10 == 4 && len(known) > 0:
			ask("event", "/event/"+known[rand.IntN(len(known))], nil)
		case step%10 == 6 && len(known) > 0 && handed < 90:
			ask("hand-in", "/finding", url.Values{"form": {token}, "key": {fmt.Sprint(n, "-", step)}, "do": {"hand-in"}, "event": known[:1], "note": {"n"}})
			handed++ // an error fails the test
		default:
			values := url.Values{"q": {searches[rand.IntN(len(searches))]}}
			for _, found := range event.FindAllStringSubmatch(ask("search", "/hunt?"+values.Encode(), nil), 3) {
				known = append(known, found[1])
			}
		}
	}
	return handed
}

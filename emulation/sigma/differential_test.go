package sigma

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
)

// recordedEvents are the events of all of SigmaHQ's recordings.
func recordedEvents(t testing.TB) []*logevent.Event {
	t.Helper()
	data := os.DirFS(sigmahqtest.Recordings(sigmahqtest.Folder(t)))
	var events []*logevent.Event
	require.NoError(t, fs.WalkDir(data, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".json", ".raw"}, path.Ext(name)) {
			return err
		}
		more, err := reader.ReadFile(data, name)
		events = append(events, more...)
		return err
	}))
	require.NotEmpty(t, events)
	return events
}

func assertLikeOracle(t testing.TB, set *Set, o oracle, ev *logevent.Event) int {
	t.Helper()
	want := o.match(set.Rules(), ev)
	if !assert.Equal(t, titles(want), titles(set.Match(ev, nil)), "event %v %v %q", ev.LogSources, ev.Fields, ev.Raw) {
		t.FailNow()
	}
	return len(want)
}

func titles(rules []*Rule) []string {
	out := make([]string, len(rules))
	for i, r := range rules {
		out[i] = r.Title
	}
	return out
}

func TestMatcherAgreesWithOracleOnRecordings(t *testing.T) {
	t.Parallel()
	all := sigmaHQ(t)
	set, o := all.set, newOracle(all.rules)
	events := recordedEvents(t)
	matched := 0
	for i, ev := range events {
		matched += assertLikeOracle(t, set, o, ev)
		if i%8 == 0 || !testing.Short() { // rules of every log source over it
			stray := *ev
			stray.LogSources = nil
			matched += assertLikeOracle(t, set, o, &stray)
		}
	}
	assert.Greater(t, matched, len(events)/2, "the recordings are of attacks")
	t.Logf("%d events, %d matches", len(events), matched)
}

func TestMatcherAgreesWithOracleOnCases(t *testing.T) {
	t.Parallel()
	cases := readCases(t, ownCases)
	if _, err := os.Stat(casesFile()); err == nil {
		cases = append(cases, readCases(t, casesFile())...)
	}
	for _, c := range cases {
		if c.Error {
			continue
		}
		rules, _ := Parse("case.yml", []byte(c.Rule))
		set, _ := Compile(rules, Placeholders(c.placeholders()))
		o := newOracle(rules)
		o.placeholders = c.placeholders()
		for _, fields := range append(c.Events, c.Event) {
			assertLikeOracle(t, set, o, &logevent.Event{Fields: fields})
		}
	}
}

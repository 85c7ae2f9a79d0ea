//go:build unix

package hunttest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/hunttest"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
	"github.com/ringer-lab/ringer/emulation/hunt/stream"
)

// filled is a store with so many events of a recording that ringer brings along, or more.
func filled(tb testing.TB, recording string, events int) (*hunt.Store, []hunt.Record) {
	tb.Helper()
	ordinary, performed, err := hunttest.Records("../../../scenarios/recordings/" + recording + ".ringer")
	require.NoError(tb, err)
	first, last := performed[0].Event.Time, performed[0].Event.Time
	for _, r := range performed {
		if r.Event.Time.Before(first) {
			first = r.Event.Time
		}
		if r.Event.Time.After(last) {
			last = r.Event.Time
		}
	}
	options := stream.Options{Seed: 1, From: first.AddDate(0, 0, -1), To: last.AddDate(0, 0, 1)}
	days := int(options.To.Sub(options.From).Hours()/24) + 1
	options.PerDay = max(1, (events-len(performed)+days*len(ordinary)-1)/(days*len(ordinary)))
	s := stream.New(options)
	s.AddOrdinary(ordinary)
	s.AddPerformed(performed)
	store := hunt.New(hunt.Options{Key: []byte("key"), Ordinary: ordinary, Trials: 2})
	for {
		records := s.Until(last.AddDate(0, 0, 3), 4096)
		if len(records) == 0 {
			return store, performed
		}
		store.Add(records)
	}
}

// seen are events that clients have found, from which they go on.
type seen struct {
	mutex sync.Mutex
	views []hunt.View
}

func (s *seen) add(views []hunt.View) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.views = append(s.views, views...); len(s.views) > 2000 {
		s.views = s.views[len(s.views)-1000:]
	}
}

func (s *seen) get() []hunt.View {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.views
}

// shownFacets are fields as a page counts them.
var shownFacets = []string{query.HostName, query.SourceName, "EventID", "Image", "ParentImage", "User", "TargetFilename", "name", "exe", "auid"}

// TestAMillionEvents measures what RINGER_HUNT_EVENTS events cost, with 200 clients for
// RINGER_HUNT_SECONDS.
func TestAMillionEvents(t *testing.T) {
	events, err := strconv.Atoi(os.Getenv("RINGER_HUNT_EVENTS"))
	if err != nil {
		t.Skip("set RINGER_HUNT_EVENTS to how many events to measure with")
	}
	seconds, err := strconv.Atoi(os.Getenv("RINGER_HUNT_SECONDS"))
	if err != nil {
		seconds = 30
	}
	from, cpu := time.Now(), used()
	store, _ := filled(t, "overlap", events)
	t.Logf("%d events made and indexed in %s, %s of the processor; %d MB", store.Len(), time.Since(from).Round(time.Millisecond), (used() - cpu).Round(time.Millisecond), store.Memory()>>20)
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("heap %d MB", memory.HeapAlloc>>20)

	var found seen
	result, err := store.Search(t.Context(), query.Query{}, store.Len(), hunt.Page{Limit: 200})
	require.NoError(t, err)
	found.add(result.Events)
	load := hunttest.Load{
		Clients: 200, For: time.Duration(seconds) * time.Second, Think: [2]time.Duration{time.Second, 2 * time.Second}, Seed: 1, Now: time.Now,
		Act: func(ctx context.Context, _ int, chance *rand.Rand) error {
			text := hunttest.Query(chance, found.get())
			q, problems := query.Parse(text)
			if len(problems) > 0 {
				return fmt.Errorf("%s: %s", text, problems[0].Text)
			}
			result, err := store.Search(ctx, q, store.Len(), hunt.Page{Limit: 50, Facets: shownFacets, Buckets: 60})
			found.add(result.Events)
			return err
		},
	}
	from, cpu = time.Now(), used()
	report := load.Run(t.Context())
	t.Logf("%s in %s, %s of the processor each", report, time.Since(from).Round(time.Millisecond), ((used() - cpu) / time.Duration(max(1, report.Acts))).Round(time.Microsecond))
	runtime.ReadMemStats(&memory)
	t.Logf("heap %d MB, of the system %d MB", memory.HeapAlloc>>20, memory.Sys>>20)
	assert.Zero(t, report.Failed, report.Err)
	assert.NotZero(t, report.Acts)
}

// used is the time of the processor that this process has had.
func used() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

package stream_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/hunttest"
	"github.com/ringer-lab/ringer/emulation/hunt/stream"
)

// from is the first day that the stream of a recording has.
var from = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

// streamOf is 20 days of a recording that ringer brings along, each twice.
func streamOf(t *testing.T, name string, seed uint64) *stream.Stream {
	t.Helper()
	ordinary, performed, err := hunttest.Records("../../../scenarios/recordings/" + name + ".ringer")
	require.NoError(t, err)
	require.NotEmpty(t, ordinary)
	require.NotEmpty(t, performed)
	s := stream.New(stream.Options{Seed: seed, From: from, To: from.AddDate(0, 0, 19), PerDay: 2})
	s.AddOrdinary(ordinary)
	s.AddPerformed(performed)
	return s
}

func all(s *stream.Stream) []hunt.Record { return s.Until(from.AddDate(10, 0, 0), 1<<20) }

func TestAStreamIsTheSameHoweverItIsTaken(t *testing.T) {
	t.Parallel()
	whole := all(streamOf(t, "overlap", 1))
	s := streamOf(t, "overlap", 1)
	total := s.Total()
	assert.Len(t, whole, total)
	var taken []hunt.Record
	for at := from; len(taken) < total; at = at.Add(9 * time.Hour) {
		for {
			next := s.Until(at, 100)
			for _, r := range next {
				assert.False(t, r.Event.Time.After(at))
			}
			taken = append(taken, next...)
			assert.Equal(t, total, s.Total())
			if len(next) < 100 {
				break
			}
		}
	}
	require.Equal(t, whole, taken)
	counts := s.Counts()
	assert.Equal(t, total, counts.Performed+counts.Ordinary+counts.Repeated)
	assert.Equal(t, 39*counts.Ordinary, counts.Repeated)
	assert.NotEqual(t, whole, all(streamOf(t, "overlap", 2)))
}

func TestEventsComeInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	records := all(streamOf(t, "overlap", 1))
	hours := map[int]int{}
	for i, r := range records {
		if i > 0 {
			assert.False(t, r.Event.Time.Before(records[i-1].Event.Time))
		}
		if r.Origin.Ordinary {
			assert.False(t, r.Event.Time.Before(from) || !r.Event.Time.Before(from.AddDate(0, 0, 20)))
			hours[r.Event.Time.Hour()]++
		}
	}
	assert.Len(t, hours, 24, "ordinary events come at every hour")
	assert.Greater(t, hours[13], 2*hours[2], "and more when people work")
}

// TestAProcessIsOneInAllThatNamesIt looks at all fields of an event that name its process
// or its parent.
func TestAProcessIsOneInAllThatNamesIt(t *testing.T) {
	t.Parallel()
	type process struct {
		host string
		key  uint64
	}
	guids, pids, looked := map[process]string{}, map[process]any{}, 0
	same := func(p process, guid string, pid any) {
		if known, ok := guids[p]; ok {
			assert.Equal(t, known, guid)
			assert.Equal(t, pids[p], pid, "%v", p)
			looked++
		}
		guids[p], pids[p] = guid, pid
	}
	keyOf := func(guid string) uint64 {
		var parts [3]uint32
		var high, low uint64
		_, err := fmt.Sscanf(strings.Trim(guid, "{}"), "%08x-%04x-%04x-%04x-%012x", &parts[0], &parts[1], &parts[2], &high, &low)
		require.NoError(t, err)
		return high<<48 | low
	}
	for _, r := range all(streamOf(t, "overlap", 1)) {
		f := r.Event.Fields
		if guid, ok := f["ProcessGuid"].(string); ok {
			assert.Equal(t, r.Event.Lineage.Process, keyOf(guid))
			same(process{r.Host, r.Event.Lineage.Process}, guid, f["ProcessId"])
		}
		if guid, ok := f["ParentProcessGuid"].(string); ok && r.Parent != 0 {
			assert.Equal(t, r.Parent, keyOf(guid))
			same(process{r.Host, r.Parent}, guid, f["ParentProcessId"])
		}
		if at, ok := f["UtcTime"].(string); ok {
			assert.Equal(t, r.Event.Time.Format("2006-01-02 15:04:05.000"), at)
		}
	}
	assert.Greater(t, looked, 1000)
}

// TestNothingTellsWhatWasPerformed looks for what would: repeated texts, ids by their
// size, or the time of day.
func TestNothingTellsWhatWasPerformed(t *testing.T) {
	t.Parallel()
	records := all(streamOf(t, "overlap", 1))
	said := map[string]bool{}
	newest := map[string]uint64{}
	seen := map[string]bool{}
	ordinaryPIDs, performedPIDs := [2]int64{1 << 40, 0}, [2]int64{1 << 40, 0}
	for _, r := range records {
		f := r.Event.Fields
		if _, ok := f["UtcTime"]; ok {
			text, err := json.Marshal(f)
			require.NoError(t, err)
			assert.False(t, said[string(text)], "an event comes twice: %s", text)
			said[string(text)] = true
		}
		if key := r.Event.Lineage.Process; key != 0 && !seen[fmt.Sprint(r.Host, key)] {
			seen[fmt.Sprint(r.Host, key)] = true
			// The parent got its number just before, if it was not known.
			assert.Greater(t, key+64, newest[r.Host], "keys of processes follow time, whoever starts them")
			newest[r.Host] = max(newest[r.Host], key)
		}
		if pid, ok := f["ProcessId"].(int64); ok && strings.HasPrefix(fmt.Sprint(f["Channel"]), "Microsoft") {
			of := &performedPIDs
			if r.Origin.Ordinary {
				of = &ordinaryPIDs
			}
			of[0], of[1] = min(of[0], pid), max(of[1], pid)
			assert.Zero(t, pid%4)
		}
	}
	assert.LessOrEqual(t, ordinaryPIDs[0], performedPIDs[0])
	assert.GreaterOrEqual(t, ordinaryPIDs[1], performedPIDs[1])
}

func TestWhatIsPerformedLateComesAtOnce(t *testing.T) {
	t.Parallel()
	ordinary, performed, err := hunttest.Records("../../../scenarios/recordings/small.ringer")
	require.NoError(t, err)
	s := stream.New(stream.Options{From: from, To: from.AddDate(0, 0, 5)})
	s.AddOrdinary(ordinary)
	at := from.AddDate(0, 0, 4)
	require.NotEmpty(t, s.Until(at, 1<<20))
	s.AddPerformed(performed[:1])
	late := s.Until(at, 1<<20)
	require.Len(t, late, 1)
	assert.False(t, late[0].Origin.Ordinary)
}

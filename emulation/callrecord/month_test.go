package callrecord_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/callrecord"
)

func callsOf(t testing.TB, calls callrecord.Month) [][]string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, calls.Write(&out))
	var rows [][]string
	for line := range strings.Lines(out.String()) {
		rows = append(rows, strings.Split(strings.TrimSpace(line), "\t"))
	}
	return rows
}

func TestTheSameSeedGivesTheSameCalls(t *testing.T) {
	t.Parallel()
	rows := callsOf(t, callrecord.Month{Seed: 1, Rows: 500})
	assert.Equal(t, rows, callsOf(t, callrecord.Month{Seed: 1, Rows: 500}))
	assert.NotEqual(t, rows, callsOf(t, callrecord.Month{Seed: 2, Rows: 500}))
	assert.Equal(t, rows[:100], callsOf(t, callrecord.Month{Seed: 1, Rows: 100}), "more rows go on where fewer end")
}

// Nobody's number, nobody's network: what Ofcom keeps for drama, and 001-01.
func TestNoCallIsAnyones(t *testing.T) {
	t.Parallel()
	for _, row := range callsOf(t, callrecord.Month{Seed: callrecord.Seed, Rows: 5_000}) {
		require.Len(t, row, 7)
		require.Regexp(t, `^\+447700900\d{3}$`, row[1])
		require.Regexp(t, `^\+44(7700900|1(13|14|15|16|17|18|21|31|41|51|61)4960|2079460|1914980|2920180)\d{3}$`, row[2])
		require.Regexp(t, `^001010000000\d{3}$`, row[3])
		require.Regexp(t, `^001-01-1-\d{3}$`, row[4])
	}
}

func TestCallsAreSpreadAsCallsAre(t *testing.T) {
	t.Parallel()
	const rows = 50_000
	var lengths []int
	byHour, byCaller, unanswered, weekend := map[int]int{}, map[string]int{}, 0, 0
	for _, row := range callsOf(t, callrecord.Month{Seed: callrecord.Seed, Rows: rows}) {
		at, err := time.Parse("2006-01-02 15:04:05+00", row[5])
		require.NoError(t, err)
		require.Equal(t, time.July, at.Month())
		seconds, err := strconv.Atoi(row[6])
		require.NoError(t, err)
		require.LessOrEqual(t, seconds, 3*3600)
		byHour[at.Hour()]++
		byCaller[row[1]]++
		if at.Weekday() == time.Sunday || at.Weekday() == time.Saturday {
			weekend++
		}
		if seconds == 0 {
			unanswered++
			continue
		}
		lengths = append(lengths, seconds)
	}
	slices.Sort(lengths)
	assert.InDelta(t, 72, lengths[len(lengths)/2], 8, "the median call lasts about a minute")
	assert.Greater(t, lengths[len(lengths)*95/100], 400, "a few last long")
	assert.InDelta(t, rows/6, unanswered, rows/60)
	assert.Greater(t, byHour[18], 10*byHour[4], "the evening is busy, the night is not")
	assert.Less(t, weekend*7, rows*2, "a day of a weekend has fewer than another")
	var calls []int
	for _, n := range byCaller {
		calls = append(calls, n)
	}
	slices.Sort(calls)
	top := 0
	for _, n := range calls[len(calls)-100:] {
		top += n
	}
	assert.Greater(t, top, rows/4, "a tenth of the callers makes more than a quarter of the calls")
	for _, number := range callrecord.WatchedNumbers() {
		assert.NotZero(t, byCaller[number], "who is watched makes calls")
	}
}

func BenchmarkMonth(b *testing.B) {
	for b.Loop() {
		require.NoError(b, callrecord.Month{Seed: callrecord.Seed, Rows: callrecord.Rows}.Write(&bytes.Buffer{}))
	}
}

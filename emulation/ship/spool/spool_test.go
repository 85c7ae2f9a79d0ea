package spool_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship/spool"
)

var roomy = spool.Limits{Bytes: 1 << 20, Segment: 256}

func open(t *testing.T, folder string, limits spool.Limits) *spool.Spool {
	t.Helper()
	s, err := spool.Open(folder, limits)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func appendNumbered(t *testing.T, s *spool.Spool, from, to int) {
	t.Helper()
	for i := from; i <= to; i++ {
		require.NoError(t, s.Append(fmt.Appendf(nil, "entry %d", i)))
	}
}

// rest takes all that is left, in batches of so many.
func rest(t *testing.T, s *spool.Spool, most int) (texts []string, first uint64) {
	t.Helper()
	for {
		batch, err := s.Take(t.Context(), most, 1<<20)
		if errors.Is(err, io.EOF) {
			return texts, first
		}
		require.NoError(t, err)
		require.LessOrEqual(t, len(batch.Entries), most)
		if first == 0 {
			first = batch.First
		}
		for _, entry := range batch.Entries {
			texts = append(texts, string(entry))
		}
	}
}

func TestEntriesComeBackInTheirOrderOverManySegments(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "spool")
	s := open(t, folder, roomy)
	appendNumbered(t, s, 1, 200)
	s.End()
	files, err := filepath.Glob(filepath.Join(folder, "*.seg"))
	require.NoError(t, err)
	assert.Greater(t, len(files), 5, "a segment is to be small here")
	texts, first := rest(t, s, 7)
	assert.Equal(t, uint64(1), first)
	require.Len(t, texts, 200)
	for i, text := range texts {
		require.Equal(t, fmt.Sprintf("entry %d", i+1), text)
	}
	require.NoError(t, s.Settle(200, "done"))
	files, err = filepath.Glob(filepath.Join(folder, "*.seg"))
	require.NoError(t, err)
	assert.Len(t, files, 1, "what is settled is removed, but for what is written to")
	require.NoError(t, s.Remove())
	assert.NoDirExists(t, folder)
}

func TestWhatIsNotSettledIsThereForTheNextProcess(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	first := open(t, folder, roomy)
	appendNumbered(t, first, 1, 100)
	for n := uint64(0); n < 20; {
		batch, err := first.Take(t.Context(), 7, 1<<20)
		require.NoError(t, err)
		n = batch.Last()
	}
	require.NoError(t, first.Settle(20, map[string]int{"delivered": 20}))
	_, err := spool.Open(folder, roomy)
	require.ErrorIs(t, err, spool.ErrInUse)
	require.NoError(t, first.Close())

	second := open(t, folder, roomy)
	assert.Equal(t, uint64(100), second.Made())
	assert.Equal(t, uint64(20), second.Settled())
	assert.JSONEq(t, `{"delivered":20}`, string(second.State()))
	assert.Equal(t, "entry 100", string(second.Last()))
	appendNumbered(t, second, 101, 120)
	second.End()
	texts, number := rest(t, second, 500)
	assert.Equal(t, uint64(21), number)
	require.Len(t, texts, 100)
	assert.Equal(t, "entry 21", texts[0])
	assert.Equal(t, "entry 120", texts[99])
	require.Error(t, second.Remove(), "entries wait in it")
}

func TestWhatAKilledWriterHadNotWrittenToTheEndIsCutOff(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := open(t, folder, spool.Limits{Bytes: 1 << 20, Segment: 1 << 20})
	appendNumbered(t, s, 1, 10)
	require.NoError(t, s.Close())
	name := onlySegment(t, folder)
	whole, err := os.ReadFile(name)
	require.NoError(t, err)
	for cut := len(whole) - 1; cut >= 0; cut-- {
		require.NoError(t, os.WriteFile(name, whole[:cut], 0o600))
		again, err := spool.Open(folder, roomy)
		require.NoError(t, err, "cut to %d bytes", cut)
		made := int(again.Made())
		require.Less(t, made, 10)
		appendNumbered(t, again, made+1, 10)
		again.End()
		texts, _ := rest(t, again, 100)
		require.Len(t, texts, 10)
		require.Equal(t, "entry 10", texts[9])
		require.NoError(t, again.Close())
		others, err := filepath.Glob(filepath.Join(folder, "*.seg"))
		require.NoError(t, err)
		for _, other := range others {
			require.NoError(t, os.Remove(other))
		}
	}
}

func TestDamageIsToldWithFileAndEntry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		wreck func(text []byte) []byte
	}{
		{"a byte of an entry", func(text []byte) []byte { text[40]++; return text }},
		{"the head", func(text []byte) []byte { text[0]++; return text }},
		{"a length without bound", func(text []byte) []byte { text[19] = 0xff; return text }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			s := open(t, folder, spool.Limits{Bytes: 1 << 20, Segment: 1 << 20})
			appendNumbered(t, s, 1, 10)
			require.NoError(t, s.Close())
			name := onlySegment(t, folder)
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(name, c.wreck(text), 0o600))
			_, err = spool.Open(folder, roomy)
			damaged, ok := errors.AsType[*spool.DamagedError](err)
			require.True(t, ok, "%v", err)
			assert.Contains(t, damaged.Error(), filepath.Base(name))
		})
	}
	t.Run("a missing file", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		s := open(t, folder, roomy)
		appendNumbered(t, s, 1, 100)
		require.NoError(t, s.Close())
		files, err := filepath.Glob(filepath.Join(folder, "*.seg"))
		require.NoError(t, err)
		slices.Sort(files)
		for _, missing := range []string{files[0], files[1]} {
			require.NoError(t, os.Rename(missing, missing+".away"))
			_, err = spool.Open(folder, roomy)
			_, ok := errors.AsType[*spool.DamagedError](err)
			assert.True(t, ok, "%v", err)
			require.NoError(t, os.Rename(missing+".away", missing))
		}
	})
}

func onlySegment(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.seg"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	return files[0]
}

func TestAFullSpoolRefusesUntilSomethingIsSettled(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), spool.Limits{Bytes: 600, Segment: 200})
	n := 0
	for ; ; n++ {
		err := s.Append(make([]byte, 50))
		if errors.Is(err, spool.ErrFull) {
			break
		}
		require.NoError(t, err)
		require.Less(t, n, 20, "it must be bounded")
	}
	assert.Equal(t, uint64(n), s.Made())
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, s.AwaitRoom(soon), context.DeadlineExceeded)
	room := make(chan error)
	go func() { room <- s.AwaitRoom(t.Context()) }()
	_, err := s.Take(t.Context(), n, 1<<20)
	require.NoError(t, err)
	time.Sleep(10 * time.Millisecond) // the wait is to begin before
	require.NoError(t, s.Settle(uint64(n), nil))
	require.NoError(t, <-room)
	require.NoError(t, s.Append(make([]byte, 5000)), "what alone is larger than the spool is taken if nothing waits")
	require.ErrorIs(t, s.Append(make([]byte, spool.MaxEntry+1)), spool.ErrTooLarge)
}

func TestTakeWaitsForWhatIsAppended(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), roomy)
	soon, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := s.Take(soon, 1, 1)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	taken := make(chan spool.Batch)
	go func() {
		batch, _ := s.Take(t.Context(), 10, 1)
		taken <- batch
	}()
	require.NoError(t, s.Append([]byte("first"), []byte("second")))
	assert.Equal(t, spool.Batch{First: 1, Entries: [][]byte{[]byte("first")}}, <-taken, "as many as the bytes allow, and one at least")
}

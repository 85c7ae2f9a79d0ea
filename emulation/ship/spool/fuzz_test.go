package spool

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever a segment has, what is read of it is what its bytes up to there are written as.
func FuzzSegment(f *testing.F) {
	f.Add([]byte(segmentHead))
	f.Add(appendFrame(appendFrame([]byte(segmentHead), []byte("one")), nil))
	f.Add(append([]byte(segmentHead), 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0))
	f.Add([]byte("ringer spool 2\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := newFrames(bytes.NewReader(text), 0)
		if err != nil {
			require.True(t, errors.Is(err, errTorn) || errors.Is(err, errDamaged), "%v", err)
			return
		}
		written := []byte(segmentHead)
		for {
			entry, err := read.next()
			if err != nil {
				require.True(t, errors.Is(err, io.EOF) || errors.Is(err, errTorn) || errors.Is(err, errDamaged), "%v", err)
				if errors.Is(err, io.EOF) {
					require.Equal(t, text, written)
				}
				break
			}
			written = appendFrame(written, entry)
			require.Equal(t, int64(len(written)), read.at)
		}
		require.True(t, bytes.HasPrefix(text, written))
	})
}

// A folder with any position and any segment opens or says what is wrong; what opens
// gives its entries back.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"settled":1,"state":{"delivered":1}}`), appendFrame(appendFrame([]byte(segmentHead), []byte("one")), []byte("two")))
	f.Add([]byte(`{"settled":18446744073709551615}`), appendFrame([]byte(segmentHead), []byte("one")))
	f.Add([]byte(`[]`), []byte{})
	f.Fuzz(func(t *testing.T, position, text []byte) {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, positionFile), position, 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(folder, "00000000000000000001"+segmentEnd), text, 0o600))
		s, err := Open(folder, Limits{Bytes: 1 << 20, Segment: 1 << 10})
		if err != nil {
			return
		}
		defer s.Close()
		require.GreaterOrEqual(t, s.Made(), s.Settled())
		s.End()
		n := s.Settled()
		for {
			batch, err := s.Take(t.Context(), 3, 1<<20)
			if err != nil {
				require.ErrorIs(t, err, io.EOF)
				break
			}
			require.Equal(t, n+1, batch.First)
			n = batch.Last()
		}
		require.Equal(t, s.Made(), n)
	})
}

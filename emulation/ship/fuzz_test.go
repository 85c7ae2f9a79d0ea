package ship

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is read of a spool is written back byte for byte, and anything else is refused.
func FuzzEntry(f *testing.F) {
	whole := Entry{ID: "00aa", Time: time.Date(2026, 11, 29, 8, 0, 0, 1, time.UTC), Host: "h", Source: "s", Level: "high", Run: "r", Event: "e", Scenario: "c", Step: "t", Replay: true, Provenance: "observed", Body: []byte("{}")}
	f.Add(whole.encode())
	f.Add((&Entry{}).encode())
	f.Add([]byte{entryVersion, 1, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := decode(text)
		if err != nil {
			return
		}
		again, err := decode(e.encode())
		require.NoError(t, err)
		require.Equal(t, e, again)
	})
}

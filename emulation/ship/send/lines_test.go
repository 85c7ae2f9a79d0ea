package send_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

func bodies(all []ship.Entry) string {
	var text strings.Builder
	for _, e := range all {
		text.Write(e.Body)
		text.WriteByte('\n')
	}
	return text.String()
}

func TestAFileHasTheLines(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"jsonl", "ecs", "ocsf", "winlogbeat", "otlp", "auditd"} {
		if format == "winlogbeat" {
			continue // these events are none of Windows
		}
		name := filepath.Join(t.TempDir(), "events")
		all := entries(t, format, true, 20)
		for _, part := range [][]ship.Entry{all[:7], all[7:]} { // the second is appended
			counts := shipAll(t, part, target.Target{To: name, Events: format, Batch: 3}, send.With{})
			assert.Equal(t, uint64(len(part)), counts.Delivered)
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, bodies(all), string(text), format)
	}
}

func TestAFileOfAnotherIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(name, []byte("package main\n"), 0o600))
	_, err := send.Open(target.Target{To: name}, send.With{})
	require.ErrorIs(t, err, send.ErrNotOurs)
	_, err = send.Open(target.Target{To: filepath.Join(t.TempDir(), "missing", "events")}, send.With{})
	require.ErrorContains(t, err, "no such file or directory")
	_, err = send.Open(target.Target{To: t.TempDir()}, send.With{})
	require.Error(t, err)
}

func TestStdoutHasTheLines(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	all := entries(t, "jsonl", false, 10)
	shipAll(t, all, target.Target{To: target.Stdout}, send.With{Stdout: &out})
	assert.Equal(t, bodies(all), out.String())
}

// A process that was killed after it had written lines, and before it could say so, does
// not have them written twice, wherever it was killed and whatever batches follow.
func TestLinesBehindTheCursorAreNotWrittenTwice(t *testing.T) {
	t.Parallel()
	all := entries(t, "jsonl", false, 30)
	whole := bodies(all)
	settled := len(bodies(all[:10]))
	for _, written := range []int{settled, settled + 1, len(bodies(all[:11])), len(bodies(all[:15])) - 1, len(bodies(all[:25])), len(whole)} {
		for _, batch := range []int{1, 7, 20} {
			name := filepath.Join(t.TempDir(), "events")
			require.NoError(t, os.WriteFile(name, []byte(whole[:written]), 0o600))
			for i := 10; i < 30; { // and killed again after each batch
				opened, err := send.Open(target.Target{To: name}, send.With{})
				require.NoError(t, err)
				destination := opened.(ship.Resumable)
				require.NoError(t, destination.Resume(fmt.Sprint(settled)))
				next := min(i+batch, 30)
				outcomes, err := destination.Send(t.Context(), all[i:next])
				require.NoError(t, err)
				require.Equal(t, ship.AllOf(next-i, ship.Outcome{Fate: ship.Delivered}), outcomes)
				settled, i = len(bodies(all[:next])), next
				require.Equal(t, fmt.Sprint(settled), destination.Cursor())
				require.NoError(t, destination.Close())
			}
			settled = len(bodies(all[:10]))
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, whole, string(text), "%d bytes were written, batches of %d", written, batch)
		}
	}
	name := filepath.Join(t.TempDir(), "events")
	other := bodies(entries(t, "jsonl", true, 1))
	require.NoError(t, os.WriteFile(name, []byte(other), 0o600))
	opened, err := send.Open(target.Target{To: name}, send.With{})
	require.NoError(t, err)
	require.NoError(t, opened.(ship.Resumable).Resume("0"))
	_, err = opened.Send(t.Context(), all[:2])
	require.NoError(t, err)
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, other+bodies(all[:2]), string(text), "what another wrote stays, and all is written")
	require.Error(t, opened.(ship.Resumable).Resume("-1"))
}

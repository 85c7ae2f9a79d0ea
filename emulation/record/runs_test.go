package record_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/record"
)

// idAt is the id of a run that was started then.
func idAt(at time.Time) string {
	var id uuid.UUID
	for i, milliseconds := 5, at.UnixMilli(); i >= 0; i, milliseconds = i-1, milliseconds>>8 {
		id[i] = byte(milliseconds)
	}
	id[6], id[8] = 0x70, 0x80
	return id.String()
}

func TestOldRunsArePrunedByNumberAndAge(t *testing.T) {
	t.Parallel()
	runs := record.Runs{Folder: t.TempDir()}
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return now.Add(-time.Duration(n) * 24 * time.Hour) }
	for _, days := range []time.Time{days(0), days(2), days(3), days(4), days(40)} {
		require.NoError(t, os.MkdirAll(runs.JournalOf(idAt(days)), 0o755))
	}
	mine := filepath.Join(runs.Folder, "mine")
	require.NoError(t, os.Mkdir(mine, 0o755))
	removed, err := runs.Prune(record.Keeping{Runs: 3, Age: 30 * 24 * time.Hour}, now)
	require.NoError(t, err)
	require.Len(t, removed, 2)
	assert.Equal(t, []time.Time{days(4), days(40)}, []time.Time{removed[0].Started, removed[1].Started})
	kept, err := runs.List()
	require.NoError(t, err)
	require.Len(t, kept, 3)
	assert.Equal(t, days(0), kept[0].Started, "the newest first")
	assert.DirExists(t, mine, "what is not a run stays")

	journal, err := record.Create(runs.JournalOf(idAt(days(1))), record.Head{})
	require.NoError(t, err)
	removed, err = runs.Prune(record.Keeping{}, now)
	require.NoError(t, err)
	assert.Len(t, removed, 3, "but none that is under way")
	_, err = record.Reopen(journal.Folder())
	require.ErrorIs(t, err, record.ErrUnderWay)
	require.NoError(t, journal.Close())
	again, err := record.Reopen(journal.Folder())
	require.NoError(t, err, "one that was broken off is gone on with")
	require.NoError(t, again.Close())
}

func TestARunIsFoundByTheBeginningOfItsID(t *testing.T) {
	t.Parallel()
	runs := record.Runs{Folder: filepath.Join(t.TempDir(), "none")}
	_, err := runs.Find("")
	require.ErrorIs(t, err, record.ErrNoRun)
	older, newer := idAt(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)), idAt(time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC))
	for _, run := range []string{older, newer} {
		require.NoError(t, os.MkdirAll(runs.JournalOf(run), 0o755))
	}
	for beginning, want := range map[string]string{"": newer, older: older, newer[:8]: newer} {
		found, err := runs.Find(beginning)
		require.NoError(t, err)
		assert.Equal(t, want, found.Run)
		assert.False(t, found.Sealed)
	}
	_, err = runs.Find("01a")
	assert.ErrorContains(t, err, `the ids of 2 runs`)
	_, err = runs.Find("ffff")
	assert.ErrorIs(t, err, record.ErrNoRun)
}

func TestAfterSealingOnlyTheRecordingIsLeft(t *testing.T) {
	t.Parallel()
	runs := record.Runs{Folder: filepath.Join(t.TempDir(), ".ringer", "runs")}
	run := idAt(started)
	l := load(t, "naikon.hcl")
	l.head.Run = run
	journal, err := record.Create(runs.JournalOf(run), l.head)
	require.NoError(t, err)
	l.perform(t, journal)
	journal.Finish(record.Tail{})
	require.NoError(t, journal.SealFile(runs.SealedOf(run), nil))
	require.NoError(t, journal.Settle())
	entries, err := os.ReadDir(runs.JournalOf(run))
	require.NoError(t, err)
	require.Len(t, entries, 1)
	found, err := runs.Find(run)
	require.NoError(t, err)
	assert.True(t, found.Sealed)
	r, err := record.Open(runs.JournalOf(run))
	require.NoError(t, err)
	assert.True(t, r.Sealed, "the folder stands for what is in it")
	require.NoError(t, r.Close())

	elsewhere := filepath.Join(t.TempDir(), "a.ringer")
	again, err := record.Create(runs.JournalOf(idAt(started.Add(time.Hour))), l.head)
	require.NoError(t, err)
	require.NoError(t, again.SealFile(elsewhere, nil))
	require.NoError(t, again.Settle())
	assert.NoDirExists(t, again.Folder())
	assert.FileExists(t, elsewhere)
}

package evidence_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// A report cannot tell a run from its replay, but by Replayed.
func TestAReplayGivesTheSameEvidenceAsTheRun(t *testing.T) {
	t.Parallel()
	source := reporttest.PerformedWith(t, observedLab(), "naikon.hcl", func(_ string, rule []byte) []byte { return rule })
	source.InRepository = nil // a function equals nothing
	performed, err := evidence.Collect(source)
	require.NoError(t, err)

	planned := source.Records[0].Plan
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), record.Head{Run: reporttest.RunID, Lab: "fake", Started: reporttest.Started, Scenarios: []string{planned.Name}})
	require.NoError(t, err)
	part := journal.Scenario(planned)
	again, err := reporttest.Runner(part.Lab(observedLab())).Run(t.Context(), reporttest.RunID, planned)
	require.NoError(t, err)
	part.Finish(again, source.Result.Scenarios[0])
	journal.Finish(record.Tail{})
	var file bytes.Buffer
	require.NoError(t, journal.Seal(&file, nil))

	recording, err := record.Read(bytes.NewReader(file.Bytes()), int64(file.Len()))
	require.NoError(t, err)
	kept, err := recording.Scenario(planned.Name)
	require.NoError(t, err)
	replayed, err := kept.Replay(t.Context(), reporttest.Runner(nil), planned)
	require.NoError(t, err)
	source.Records = []*runner.RunRecord{replayed}
	got, err := evidence.Collect(source)
	require.NoError(t, err)
	assert.Equal(t, performed, got)
}

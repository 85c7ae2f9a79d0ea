package history_test

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var performed = time.Date(2026, 11, 29, 8, 0, 0, 123456789, time.UTC)

// recorded performs a shipped scenario into a recording, and returns what is kept of it
// as it was performed.
func recorded(t *testing.T, name string, change ...func(*record.Head)) (*record.Recording, history.Run) {
	t.Helper()
	rules, problems := sigma.LoadFS(scenarios.FS, "rules")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	set, found := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, name)
	require.Empty(t, found)
	planned, found := plan.Build(set.Scenarios[0], engine, telemetry.Channels, performed)
	require.False(t, found.HasErrors(), found.Error())
	source, err := fs.ReadFile(scenarios.FS, name)
	require.NoError(t, err)
	head := record.Head{
		Run: "0198f2a0-0000-7000-8000-000000000001", Ringer: record.Program{Version: "v1"}, Lab: "fake", Started: performed, Paths: []string{name},
		Sources: []record.Source{{Name: name, Content: source}}, Rules: []record.Source{{Name: "a.yml", Content: []byte("title: A\n")}}, Scenarios: []string{planned.Name},
	}
	for _, c := range change {
		c(&head)
	}
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), head)
	require.NoError(t, err)
	part := journal.Scenario(planned)
	run, err := runner.Runner{
		Lab: part.Lab(fake.Lab{Now: func() time.Time { return performed }, ClaimObserved: true}), Now: func() time.Time { return performed },
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}.Run(t.Context(), head.Run, planned)
	require.NoError(t, err)
	run.Performance = "a key"
	judged, err := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: performed}.Conclude(t.Context(), run)
	require.NoError(t, err)
	part.Finish(run, judged)
	journal.Finish(record.Tail{Took: 3 * time.Second})
	var file bytes.Buffer
	require.NoError(t, journal.Seal(&file, nil))
	r, err := record.Read(bytes.NewReader(file.Bytes()), int64(file.Len()))
	require.NoError(t, err)
	return r, history.Run{
		Head: history.Head{
			ID: head.Run, Started: performed.Truncate(time.Microsecond), Version: "v1", Lab: "fake", Took: 3 * time.Second,
			Rules: history.RulesDigest(r.Head.Rules), Part: history.PartOf(head), Worst: result.Summarise([]result.Scenario{judged}, nil).Worst,
		},
		Scenarios: []history.Scenario{history.Collect(run, judged)},
	}
}

func TestARecordingGivesWhatTheRunGave(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"naikon.hcl", "overlap.hcl"} {
		recording, live := recorded(t, name)
		got, err := history.FromRecording(recording)
		require.NoError(t, err)
		assert.Equal(t, live, got)
		counts := got.Counts()
		assert.Positive(t, counts.Detected, "%+v", counts)
		assert.Positive(t, counts.Seen)
		assert.Equal(t, counts.Detected, counts.Detections.Of, "it is known of each detection how long it took")
		assert.True(t, got.Scenarios[0].Sound)
		assert.EqualValues(t, "a key", got.Scenarios[0].Performance)
	}
}

func TestAPartOfARunSaysSo(t *testing.T) {
	t.Parallel()
	recording, live := recorded(t, "naikon.hcl", func(h *record.Head) { h.Shard = &record.Shard{Index: 2, Of: 4, Whole: []string{"naikon"}} })
	got, err := history.FromRecording(recording)
	require.NoError(t, err)
	assert.Equal(t, live, got)
	assert.Equal(t, "2/4", got.Part)
	assert.Empty(t, got.Series())
	chosen := history.Run{Head: history.Head{Part: history.Chosen}, Scenarios: []history.Scenario{{Name: "a"}}, Chosen: map[string][]string{"a": {"one"}}}
	whole := history.Run{Scenarios: []history.Scenario{{Name: "a"}}}
	assert.NotEmpty(t, chosen.Series())
	assert.NotEqual(t, whole.Series(), chosen.Series(), "what was chosen is not compared with all")
}

func TestWhatAHistoryDoesNotKeepIsRefused(t *testing.T) {
	t.Parallel()
	recording, _ := recorded(t, "naikon.hcl", func(h *record.Head) { h.Kind = record.Variants })
	_, err := history.FromRecording(recording)
	require.ErrorIs(t, err, history.ErrOther)
	recording.Head.Kind = ""
	recording.Head.Scenarios = append(recording.Head.Scenarios, recording.Head.Scenarios[0])
	_, err = history.FromRecording(recording)
	require.ErrorContains(t, err, `scenario "naikon" is there twice`)
	recording.Sealed = false
	_, err = history.FromRecording(recording)
	require.ErrorIs(t, err, history.ErrOther)
}

func TestQuantilesAreOfTheNearestRank(t *testing.T) {
	t.Parallel()
	var all []time.Duration
	for i := 100; i > 0; i-- {
		all = append(all, time.Duration(i))
	}
	assert.Equal(t, history.Quantiles{Of: 100, P50: 50, P95: 95, P99: 99}, history.QuantilesOf(all))
	assert.Equal(t, history.Quantiles{Of: 1, P50: 7, P95: 7, P99: 7}, history.QuantilesOf([]time.Duration{7}))
	assert.Zero(t, history.QuantilesOf(nil))
}

func TestTheFiguresOfARun(t *testing.T) {
	t.Parallel()
	of := func(verdicts ...verdict.Verdict) history.Run {
		step := history.Step{ID: "s", Technique: "T1", Proven: true}
		for _, v := range verdicts {
			step.Verdicts = append(step.Verdicts, history.Verdict{Verdict: v, After: -1})
		}
		return history.Run{Scenarios: []history.Scenario{{Name: "a", Reused: "x", Steps: []history.Step{step, {ID: "day", Baseline: true, Alarms: []history.Alarm{{Rule: "r"}}}}}}}
	}
	assert.Equal(t, history.Counts{Scenarios: 1, Steps: 1, Expectations: 11, Detected: 1, Missed: 2, Blind: 1, FalseAlarms: 1, Unjudged: 5, Techniques: 1, Seen: 1, Alarms: 1, Reused: 1},
		of(verdict.All()...).Counts())
}

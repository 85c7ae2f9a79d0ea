package reenact_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

// planOf is the plan of the scenario that is written of a replay.
func planOf(t *testing.T, name string, replay reenact.Replay, rules *detect.Sigma) *plan.Plan {
	t.Helper()
	file, err := reenact.HCL(t.Context(), name, replay, rules)
	require.NoError(t, err)
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, record.Files{"replay.hcl": file}, "replay.hcl")
	require.False(t, problems.HasErrors(), problems.Error())
	built, problems := plan.Build(set.Scenarios[0], rules, telemetry.Channels, day)
	require.False(t, problems.HasErrors(), problems.Error())
	return built
}

// Replays are performed one after the other on one asset, which keeps the programs that
// the first ones brought.
func TestWhatWasReenactedIsGivenAgainByItsRecording(t *testing.T) {
	t.Parallel()
	file := func(image, path string) reenact.RecordedEvent {
		return recorded(sysmon, 11, map[string]string{"Image": image, "TargetFilename": path})
	}
	rules := rule(t, "file_event", `TargetFilename|endswith: '.exe'`)
	replays := map[string]reenact.Replay{
		"small":  replayOf(file(`C:\Windows\explorer.exe`, `C:\x.exe`)),
		"large":  replayOf(file(`C:\WINDOWS\Explorer.EXE`, `C:\y.exe`), file(`C:\WINDOWS\Explorer.EXE`, `C:\z.exe`)),
		"partly": replayOf(recorded("Security", 4624, subject(map[string]string{})), file(`C:\Windows\explorer.exe`, `C:\x.exe`)),
		"broken": replayOf(file(`C:\Windows\explorer.exe`, `C:\break`), file(`C:\Windows\explorer.exe`, `C:\x.exe`)),
	}
	names := []string{"small", "large", "partly", "broken"}
	opened := 0
	var all []reenact.Replay
	for _, name := range names {
		all = append(all, replays[name])
	}
	performed := perform(t, brittle{Lab: fake.Lab{Now: now, ClaimObserved: true}, opened: &opened, none: 2}, all...)

	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), record.Head{Run: "run", Kind: record.Reenactment, Lab: "fake", Started: day, Scenarios: names})
	require.NoError(t, err)
	for i, name := range names {
		run := performed[i].RunRecord("run", "fake", planOf(t, name, all[i], rules))
		judged, err := result.Judges{Detectors: []detect.Detector{rules}, BaselineSilent: func(string) bool { return true }, Today: day}.Conclude(t.Context(), run)
		require.NoError(t, err)
		journal.Add(run, judged)
	}
	require.NoError(t, journal.Err())
	recording, err := record.Open(journal.Folder())
	require.NoError(t, err)
	for i, name := range names {
		kept, err := recording.Scenario(name)
		require.NoError(t, err)
		run, err := kept.Replay(t.Context(), inRunner(nil), planOf(t, name, all[i], rules))
		require.NoError(t, err)
		again := reenact.Recorded(all[i], run)
		assert.Equal(t, performed[i].Unreliable, again.Unreliable, name)
		for step, before := range performed[i].Records {
			assert.Equal(t, before.Events, again.Records[step].Events, "%s, step %d", name, step)
		}
		before, err := reenact.Judge(t.Context(), performed[i], rules)
		require.NoError(t, err)
		after, err := reenact.Judge(t.Context(), again, rules)
		require.NoError(t, err)
		assert.Equal(t, before, after, name)
		assert.Equal(t, name != "broken", after.Detected, name)
	}
}

package reenact_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

const ownRule = "11111111-1111-4111-8111-111111111111"

var day = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func now() time.Time { return day }

// inRunner performs in a lab, with telemetry as the command line wires it.
func inRunner(lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: now,
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}
}

func replayOf(events ...reenact.RecordedEvent) reenact.Replay {
	recording := reenact.Recording{Dir: "own", Name: "own", Rules: []string{ownRule}, Count: 1, Events: events}
	return reenact.Convert(recording, target())
}

// target is what the shipped library re-enacts recordings on.
func target() reenact.Target {
	found, err := reenact.TargetIn(scenarios.Library())
	if err != nil {
		panic(err)
	}
	return found
}

func perform(t *testing.T, lab runner.Lab, replays ...reenact.Replay) []reenact.Execution {
	t.Helper()
	all, err := reenact.Replayer{Runner: inRunner(lab), Run: "run", On: target().Host, Assets: 1}.ReplayAll(t.Context(), replays)
	require.NoError(t, err)
	return all
}

// A recording holds what else happened on that host. What cannot be performed of
// it stands against a rule only if the rule does not fire without.
func TestARecordingIsDetectedWithoutAnEventThatCannotBePerformed(t *testing.T) {
	t.Parallel()
	file := recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\x.exe`}))
	logon := recorded("Security", 4624, subject(map[string]string{}))
	for _, test := range []struct {
		name, selection string
		events          []reenact.RecordedEvent
		detected, limit bool
		reason          string
		left            int
	}{
		{name: "the rest is enough", selection: `TargetFilename: 'C:\x.exe'`, events: []reenact.RecordedEvent{logon, file}, detected: true, left: 1},
		{name: "the rest is not", selection: `TargetFilename: 'C:\y.exe'`, events: []reenact.RecordedEvent{file, logon}, limit: true, reason: "not reproducible"},
		{name: "there is no rest", selection: `TargetFilename: 'C:\x.exe'`, events: []reenact.RecordedEvent{logon}, limit: true, reason: "not reproducible"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := perform(t, fake.Lab{Now: now, ClaimObserved: true}, replayOf(test.events...))[0]
			found, err := reenact.Judge(t.Context(), p, rule(t, "file_event", test.selection))
			require.NoError(t, err)
			assert.Equal(t, test.detected, found.Detected)
			assert.Equal(t, test.limit, found.Limit)
			assert.Contains(t, found.Reason, test.reason)
			assert.Len(t, found.Omitted, test.left)
		})
	}
}

// An act that failed is no evidence, whatever was seen of it.
func TestAnEventWhoseActFailedIsNoEvidence(t *testing.T) {
	t.Parallel()
	p := perform(t, fake.Lab{Now: now, ClaimObserved: true}, replayOf(recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\x.exe`}))))[0]
	p.Records[0].Outcome.StandInErrors = []string{"disk full"}
	found, err := reenact.Judge(t.Context(), p, rule(t, "file_event", `TargetFilename: 'C:\x.exe'`))
	require.NoError(t, err)
	assert.Equal(t, "event_1: disk full", found.Reason)
	assert.False(t, found.Detected)
	assert.False(t, found.Limit)
}

// brittle is a lab whose assets break when the file C:\break is touched.
type brittle struct {
	runner.Lab
	opened *int
	none   int // how many open
}

func (l brittle) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	if *l.opened == l.none {
		return nil, runner.ErrNoLab
	}
	*l.opened++
	session, err := l.Lab.Open(ctx, a)
	return brittleSession{session}, err
}

type brittleSession struct{ runner.AssetSession }

func (s brittleSession) Perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	for _, path := range plan.Touches() {
		if path == `C:\break` {
			return runner.Outcome{}, errors.New("the asset is gone")
		}
	}
	return s.AssetSession.Perform(ctx, step, plan)
}

func TestAReplayThatBreaksItsAssetBreaksNoOther(t *testing.T) {
	t.Parallel()
	breaks := replayOf(recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\break`})))
	file := replayOf(recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\x.exe`})))
	opened := 0
	lab := brittle{Lab: fake.Lab{Now: now, ClaimObserved: true}, opened: &opened, none: 2}
	all := perform(t, lab, file, breaks, file)
	assert.Equal(t, 2, opened)
	assert.Equal(t, "the asset is gone", all[1].Unreliable)
	for _, execution := range []reenact.Execution{all[0], all[2]} {
		assert.Empty(t, execution.Unreliable)
		assert.NotEmpty(t, execution.Records[0].Events)
	}
	found, err := reenact.Judge(t.Context(), all[1], rule(t, "file_event", `TargetFilename: 'C:\break'`))
	require.NoError(t, err)
	assert.Equal(t, "the asset is gone", found.Reason)
	assert.False(t, found.Detected || found.Limit)
}

func TestWhereNoAssetOpensAnyMoreTheLabIsBroken(t *testing.T) {
	t.Parallel()
	breaks := replayOf(recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\break`})))
	opened := 0
	lab := brittle{Lab: fake.Lab{Now: now, ClaimObserved: true}, opened: &opened, none: 1}
	_, err := reenact.Replayer{Runner: inRunner(lab), Run: "run", On: target().Host, Assets: 1}.ReplayAll(t.Context(), []reenact.Replay{breaks, breaks})
	assert.ErrorIs(t, err, runner.ErrNoLab)
}

// Each change is reported once, whatever was changed before it, and its subject is the
// account that asked.
func TestChangesOfTheDirectoryAreToldOneByOne(t *testing.T) {
	t.Parallel()
	made := recorded("Security", 4720, subject(map[string]string{"TargetUserName": "a"}))
	joined := recorded("Security", 4732, subject(map[string]string{"TargetUserName": "Administrators"}))
	p := perform(t, fake.Lab{Now: now, ClaimObserved: true}, replayOf(made, joined, made))[0]
	for i, want := range []string{"a", "Administrators", "a"} {
		counterpart, ok := p.Counterpart(i)
		require.True(t, ok, i)
		assert.Equal(t, want, counterpart.Fields["TargetUserName"])
		assert.Equal(t, "ann", counterpart.Fields["SubjectUserName"])
		count := 0
		for _, event := range p.Records[i].Events {
			if event.Fields["TargetUserName"] == want {
				count++
			}
		}
		assert.Equal(t, 1, count, i)
	}
}

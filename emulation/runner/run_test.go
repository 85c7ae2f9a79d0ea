package runner_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	place "github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// scriptedLab is a lab that does what a test says, and writes down what it was asked.
type scriptedLab struct {
	open    func(ctx context.Context, asset string) error
	perform func(ctx context.Context, step string) (runner.Outcome, error)
	// undoNewest is why a step cannot be taken back; nil is that it can.
	undoNewest error

	mutex sync.Mutex
	calls []string
}

func (s *scriptedLab) record(format string, args ...any) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.calls = append(s.calls, fmt.Sprintf(format, args...))
}

func (s *scriptedLab) Name() string { return "script" }

func (s *scriptedLab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	s.record("open %s", a.Name)
	if s.open != nil {
		if err := s.open(ctx, a.Name); err != nil {
			return nil, err
		}
	}
	return &scriptedSession{scriptedLab: s, asset: a.Name}, nil
}

type scriptedSession struct {
	*scriptedLab
	asset string
}

func (s *scriptedSession) IsolationChecks() []runner.IsolationCheck {
	return []runner.IsolationCheck{{Attempt: "get out", Refused: true}}
}

func (s *scriptedSession) Perform(ctx context.Context, step string, _ effect.StepPlan) (runner.Outcome, error) {
	s.record("perform %s on %s", step, s.asset)
	if s.perform != nil {
		return s.perform(ctx, step)
	}
	return completeOutcome(step), nil
}

func (s *scriptedSession) Undo(context.Context) (runner.UndoResult, error) {
	s.record("undo %s", s.asset)
	return runner.UndoResult{}, nil
}

func (s *scriptedSession) UndoNewest(context.Context) (runner.UndoResult, error) {
	s.record("undo newest on %s", s.asset)
	return runner.UndoResult{Leftover: []string{"/tmp/left"}}, s.undoNewest
}

func (s *scriptedSession) Close() error {
	s.record("close %s", s.asset)
	return nil
}

var (
	page = effect.Write{Path: "/tmp/page", Content: []byte(artifact.Marker)}
	// wanted is what each step asks for.
	wanted = effect.StepPlan{
		Processes: []effect.Process{{Image: "/usr/bin/tool", Args: []string{"tool"}, Acts: []effect.Act{page}}},
		Checks:    []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
)

// completeOutcome is an outcome of it that can be relied on.
func completeOutcome(step string) runner.Outcome {
	outcome := runner.Outcome{
		Canary: true, Proofs: effect.Proofs(wanted.Checks, []string{"it is not there"}, []string{""}),
		Observations: []event.Observation{
			{Kind: event.Fork}, {Kind: event.Exec, Path: "/usr/bin/tool", Argv: []string{"tool"}, Dir: "/"},
			{Kind: event.Create, Path: "/tmp/page"}, {Kind: event.Exit},
		},
	}
	for i := range outcome.Observations {
		o := &outcome.Observations[i]
		o.Seq, o.Step, o.Process = uint64(i+1), step, 1
	}
	outcome.Seen = uint64(len(outcome.Observations))
	return outcome
}

func twoSteps(assets ...string) *plan.Plan {
	p := &plan.Plan{Name: "test"}
	for i, asset := range assets {
		p.Assets = append(p.Assets, plan.Asset{Name: asset, Place: place.Host{Kind: place.Kind{Platform: effect.Linux}}})
		p.Baselines = append(p.Baselines, plan.Baseline{ID: asset + "_day", Asset: asset, Effect: wanted})
		step := wanted
		step.Preconditions = []effect.Precondition{{Path: page.Path, Absent: true}}
		p.Steps = append(p.Steps, plan.Step{ID: asset + "_step", Asset: asset, At: time.Duration(i+1) * 24 * time.Hour, Effect: step})
	}
	return p
}

var start = time.Date(2021, 1, 1, 8, 0, 0, 0, time.UTC)

// run performs a plan; each step's events carry the time they were translated for.
func run(ctx context.Context, lab runner.Lab, p *plan.Plan) (*runner.RunRecord, error) {
	return translated(func(a plan.Asset, at time.Time) []event.Event {
		return []event.Event{{ID: a.Name, Time: at, Provenance: event.Translated}}
	}, nil, lab).Run(ctx, "run-1", p)
}

// translated is a runner whose telemetry is what a test says, and the word of the
// check on it.
func translated(as func(plan.Asset, time.Time) []event.Event, missing error, lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: func() time.Time { return start },
		NewTranslate: func(a plan.Asset) runner.Translate {
			return func(_ []event.Observation, at time.Time) []event.Event { return as(a, at) }
		},
		NewCheck: func(plan.Asset) runner.TelemetryCheck {
			return func([]event.Observation, []event.Event) error { return missing }
		},
	}
}

func TestARunOpensPerformsUndoesAndCloses(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{}
	record, err := run(t.Context(), lab, twoSteps("mail"))
	require.NoError(t, err)
	assert.Equal(t, []string{"open mail", "perform mail_day on mail", "perform mail_step on mail", "undo mail", "close mail"}, lab.calls)
	assert.True(t, record.Steps[0].Proven())
	assert.NoError(t, record.Steps[0].Err)
	assert.Equal(t, start.Add(24*time.Hour), record.Steps[0].Events[0].Time, "a step's events are at its virtual time")
	assert.Len(t, record.Events(), 2)
}

func TestABrokenAssetBreaksItsOwnStepsOnly(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{open: func(_ context.Context, asset string) error {
		if asset == "web" {
			return errors.New("out of memory")
		}
		return nil
	}}
	record, err := run(t.Context(), lab, twoSteps("mail", "web"))
	require.NoError(t, err)
	assert.NoError(t, record.Steps[0].Err)
	assert.EqualError(t, record.Steps[1].Err, "asset web: out of memory")
	assert.NotContains(t, lab.calls, "close web", "what did not open has cleaned up itself")
}

func TestAnAssetThatBrokeIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
		if step == "mail_day" {
			return runner.Outcome{}, errors.New("lost the connection")
		}
		return completeOutcome(step), nil
	}}
	record, err := run(t.Context(), lab, twoSteps("mail"))
	require.NoError(t, err)
	assert.Equal(t, []string{"open mail", "perform mail_day on mail", "close mail"}, lab.calls, "it is closed, but neither used nor asked to undo")
	assert.Error(t, record.Steps[0].Err)
	assert.False(t, record.Steps[0].Proven())
}

func TestAStepThatTheLabCannotAskForIsSkippedAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
		if step == "mail_day" {
			return runner.Outcome{Skipped: "there is no such service"}, nil
		}
		return completeOutcome(step), nil
	}}
	record, err := run(t.Context(), lab, twoSteps("mail"))
	require.NoError(t, err)
	assert.Equal(t, runner.StepRecord{ID: "mail_day", Asset: "mail", Skipped: "there is no such service"}, record.Baselines[0])
	assert.True(t, record.Steps[0].Proven())
	assert.Empty(t, record.Steps[0].Skipped)
}

func TestTelemetryThatIsNotWholeBreaksItsStep(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*runner.Outcome)
		want   string
	}{
		{"a drop", func(o *runner.Outcome) { o.Dropped = 1 }, "the sensor lost 1 of 5 observations"},
		{"no canary", func(o *runner.Outcome) { o.Canary = false }, "the sensor did not see its canary"},
		{"a gap", func(o *runner.Outcome) { o.Observations[1].Seq = 7 }, "observations between number 1 and 7 are missing"},
		{"the last one missing", func(o *runner.Outcome) { o.Observations = o.Observations[:3] }, "the sensor saw 4 observations, but 3 arrived"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
				outcome := completeOutcome(step)
				test.change(&outcome)
				return outcome, nil
			}}
			record, err := run(t.Context(), lab, twoSteps("mail"))
			require.NoError(t, err)
			assert.EqualError(t, record.Steps[0].Err, test.want)
			assert.Contains(t, lab.calls, "undo mail", "the asset itself is whole")
		})
	}
}

// Whatever the agent says of its own accord is worth nothing.
func TestProofsAreThoseThatWereAskedForOneByOne(t *testing.T) {
	t.Parallel()
	asked := wanted.Checks[0].String()
	held := func(check string) effect.Proof { return effect.Proof{Check: check, Before: "it is not there"} }
	for _, test := range []struct {
		name   string
		proofs []effect.Proof
		want   string
	}{
		{"one fewer", nil, `the agent did not answer check "/tmp/page has the expected content"`},
		{"a made-up one", []effect.Proof{held("trust me")}, `the agent answered check "trust me", expected "/tmp/page has the expected content"`},
		{"one more", []effect.Proof{held(asked), held("trust me")}, `the agent answered check "trust me", which was not asked`},
		{"the same twice", []effect.Proof{held(asked), held(asked)}, `the agent answered check "/tmp/page has the expected content", which was not asked`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
				outcome := completeOutcome(step)
				outcome.Proofs = test.proofs
				return outcome, nil
			}}
			record, err := run(t.Context(), lab, twoSteps("mail"))
			require.NoError(t, err)
			assert.EqualError(t, record.Steps[0].Err, test.want)
		})
	}
}

func TestACancelledRunClosesEverything(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	lab := &scriptedLab{perform: func(ctx context.Context, _ string) (runner.Outcome, error) {
		cancel(interrupted)
		return runner.Outcome{}, context.Cause(ctx)
	}}
	record, err := run(ctx, lab, twoSteps("mail", "web"))
	assert.Nil(t, record)
	assert.ErrorIs(t, err, interrupted)
	assert.Contains(t, lab.calls, "close mail")
	assert.Contains(t, lab.calls, "close web")
	assert.NotContains(t, lab.calls, "perform web_step on web")
}

func TestNoLabAtAllBreaksTheRun(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{open: func(context.Context, string) error { return fmt.Errorf("open: %w", runner.ErrNoLab) }}
	_, err := run(t.Context(), lab, twoSteps("mail"))
	assert.ErrorIs(t, err, runner.ErrNoLab)
}

func TestEventsOfALabThatPerformsNothingAreDeclared(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
		outcome := completeOutcome(step)
		outcome.Declared = true
		return outcome, nil
	}}
	record, err := run(t.Context(), lab, twoSteps("mail"))
	require.NoError(t, err)
	assert.Equal(t, event.Declared, record.Steps[0].Events[0].Provenance)
}

func TestAnEffectIsProvenOnlyByChecksThatChanged(t *testing.T) {
	t.Parallel()
	assert.False(t, runner.StepRecord{}.Proven(), "nothing checked is nothing proven")
	held := runner.StepRecord{Outcome: runner.Outcome{Proofs: []effect.Proof{{Before: "no", After: ""}, {Before: "", After: ""}}}}
	assert.False(t, held.Proven())
	refused := runner.StepRecord{Outcome: completeOutcome("step")}
	assert.True(t, refused.Proven())
	refused.Outcome.StandInErrors = []string{"connect to port 22: permission denied"}
	assert.False(t, refused.Proven(), "what was refused left nothing to check")
}

package record

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// recordingLab writes down what another lab's sessions answer, before anyone else
// reads it.
type recordingLab struct {
	runner.Lab
	scenario *Scenario
}

func (l recordingLab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	session, err := l.Lab.Open(ctx, a)
	line := openedLine{Asset: a.Name, Error: text(err)}
	if err == nil {
		line.IsolationChecks = session.IsolationChecks()
	}
	l.scenario.add(lineOpened, line)
	l.scenario.flush()
	if err != nil {
		return nil, err
	}
	return recordingSession{session, a.Name, l.scenario}, nil
}

type recordingSession struct {
	runner.AssetSession
	asset    string
	scenario *Scenario
}

// Inner is the session that is written down.
func (s recordingSession) Inner() runner.AssetSession { return s.AssetSession }

func (s recordingSession) Perform(ctx context.Context, step string, p effect.StepPlan) (runner.Outcome, error) {
	outcome, err := s.AssetSession.Perform(ctx, step, p)
	for _, observation := range outcome.Observations {
		s.scenario.add(lineObservation, observationLine{s.asset, observation})
	}
	s.scenario.add(linePerformed, performedLine{Asset: s.asset, Step: step, Outcome: outcome, Error: text(err)})
	s.scenario.flush()
	return outcome, err
}

func (s recordingSession) Undo(ctx context.Context) (runner.UndoResult, error) {
	undo, err := s.AssetSession.Undo(ctx)
	s.scenario.add(lineUndone, undoneLine{s.asset, undo, text(err)})
	return undo, err
}

func (s recordingSession) UndoNewest(ctx context.Context) (runner.UndoResult, error) {
	undo, err := s.AssetSession.UndoNewest(ctx)
	s.scenario.add(lineTakenBack, undoneLine{s.asset, undo, text(err)})
	s.scenario.flush()
	return undo, err
}

func (s recordingSession) Close() error {
	err := s.AssetSession.Close()
	s.scenario.add(lineClosed, closedLine{s.asset, text(err)})
	s.scenario.flush()
	return err
}

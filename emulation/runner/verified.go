package runner

import (
	"context"
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/trace"
)

// Verified returns a lab whose outcomes are compared with what was asked of it:
// exactly the plan's checks must be answered, and each process and act of the plan
// must have left its observations. [Outcome.CheckComplete] returns the difference. A
// lab that is [PreVerified] is returned as it is.
func Verified(lab Lab) Lab {
	if _, already := lab.(PreVerified); already {
		return lab
	}
	return verifiedLab{lab}
}

// PreVerified is a lab whose outcomes were compared with what was asked of it before.
type PreVerified interface{ PreVerified() }

type verifiedLab struct{ Lab }

func (verifiedLab) PreVerified() {}

// Open opens an asset and tracks its state from then on.
func (l verifiedLab) Open(ctx context.Context, a Asset) (AssetSession, error) {
	session, err := l.Lab.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	host, err := trace.NewHost(a.Place, a.Protected)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open asset: %w", err), session.Close())
	}
	return &verifiedSession{session, host}, nil
}

type verifiedSession struct {
	AssetSession
	host *trace.Host
}

// Inner is the session whose outcomes are compared.
func (s *verifiedSession) Inner() AssetSession { return s.AssetSession }

// Perform notes in the outcome in what it differs from the plan.
func (s *verifiedSession) Perform(ctx context.Context, step string, plan effect.StepPlan) (Outcome, error) {
	outcome, err := s.AssetSession.Perform(ctx, step, plan)
	if err != nil || outcome.Skipped != "" {
		return outcome, err
	}
	outcome.mismatch = checkProofs(plan.Checks, outcome.Proofs)
	if err := s.host.Check(step, plan, outcome.Observations, outcome.StandInErrors); outcome.mismatch == nil {
		outcome.mismatch = err
	}
	return outcome, nil
}

// Undo also undoes the tracked state.
func (s *verifiedSession) Undo(ctx context.Context) (UndoResult, error) {
	undone, err := s.AssetSession.Undo(ctx)
	if err != nil {
		return undone, err
	}
	return undone, s.host.Undo()
}

// UndoNewest also undoes it in the tracked state.
func (s *verifiedSession) UndoNewest(ctx context.Context) (UndoResult, error) {
	undone, err := s.AssetSession.UndoNewest(ctx)
	if err != nil {
		return undone, err
	}
	return undone, s.host.UndoNewest()
}

// checkProofs returns an error if the proofs are not those of the plan's checks, in
// their order.
func checkProofs(checks []effect.Check, proofs []effect.Proof) error {
	for i, check := range checks {
		switch {
		case i >= len(proofs):
			return fmt.Errorf("the agent did not answer check %q", check)
		case proofs[i].Check != check.String():
			return fmt.Errorf("the agent answered check %q, expected %q", proofs[i].Check, check)
		}
	}
	if len(proofs) > len(checks) {
		return fmt.Errorf("the agent answered check %q, which was not asked", proofs[len(checks)].Check)
	}
	return nil
}

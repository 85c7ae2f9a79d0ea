package runner

import (
	"context"
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/trace"
)

// Verified is a lab whose answers are held against what it was asked: exactly the
// plan's checks must be answered, and each process and act of a plan must have left
// its observations. What is wrong of an outcome, its Complete tells.
func Verified(lab Lab) Lab {
	if _, already := lab.(verifiedLab); already {
		return lab
	}
	return verifiedLab{lab}
}

type verifiedLab struct{ Lab }

// Open opens an asset, and follows what is on it from then on.
func (l verifiedLab) Open(ctx context.Context, a Asset) (Stage, error) {
	stage, err := l.Lab.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	host, err := trace.NewHost(a.Place, a.Protected)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open asset %s: %w", a.Name, err), stage.Close())
	}
	return &verifiedStage{stage, host}, nil
}

type verifiedStage struct {
	Stage
	host *trace.Host
}

// Perform notes in the outcome what is not as it was asked for.
func (s *verifiedStage) Perform(ctx context.Context, step string, plan effect.Plan) (Outcome, error) {
	outcome, err := s.Stage.Perform(ctx, step, plan)
	if err != nil || outcome.Skipped != "" {
		return outcome, err
	}
	outcome.fault = answered(plan.Prove, outcome.Proofs)
	if err := s.host.Check(step, plan, outcome.Observations, outcome.Trouble); outcome.fault == nil {
		outcome.fault = err
	}
	return outcome, nil
}

// Undo takes back what was followed as well.
func (s *verifiedStage) Undo(ctx context.Context) (Undone, error) {
	undone, err := s.Stage.Undo(ctx)
	if err != nil {
		return undone, err
	}
	return undone, s.host.Undo()
}

// answered says where the proofs are not those of the plan's checks, one by one.
func answered(checks []effect.Check, proofs []effect.Proof) error {
	for i, check := range checks {
		switch {
		case i >= len(proofs):
			return fmt.Errorf("the agent did not answer the check %q", check)
		case proofs[i].Check != check.String():
			return fmt.Errorf("the agent must answer the check %q, and answers %q", check, proofs[i].Check)
		}
	}
	if len(proofs) > len(checks) {
		return fmt.Errorf("the agent answers a check that was not asked: %q", proofs[len(checks)].Check)
	}
	return nil
}

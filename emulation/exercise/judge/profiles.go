package judge

import (
	"context"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Profiles judges bought telemetry, as package compare does a carrier's.
type Profiles struct {
	Detectors []detect.Detector
	// Run is what was performed, Judged what detectors made of it on full telemetry.
	Run    *runner.RunRecord
	Judged result.Scenario
	// Purchases are what is for sale.
	Purchases []exercise.Purchase
}

var _ exercise.ProfileJudge = Profiles{}

// JudgeProfile judges as [exercise.ProfileJudge] says. It fails if a detector does, or if
// ctx ends.
func (p Profiles) JudgeProfile(ctx context.Context, bought []string) (exercise.ProfileVerdict, error) {
	of := p.profile(bought)
	comparer := compare.Comparer{Detectors: p.Detectors, Conditions: plan.Conditions{Profiles: []profile.Profile{of}}}
	compared, err := comparer.Compare(ctx, p.Run, p.Judged)
	if err != nil {
		return exercise.ProfileVerdict{}, fmt.Errorf("judge telemetry: %w", err)
	}
	out := exercise.ProfileVerdict{Digest: exercise.PurchaseDigest(bought)}
	for _, step := range compared.Steps {
		cell := step.Cells[1] // the first is of the full telemetry
		out.Steps = append(out.Steps, exercise.StepSight{Step: step.Step, Expected: cell.Expected, Detected: cell.Detected})
	}
	return out, nil
}

// profile is the telemetry of a team: what costs nothing, and what it bought, in the
// order in which it is for sale. The name is always the same, as it decides which records
// a sample has.
func (p Profiles) profile(bought []string) profile.Profile {
	out := profile.Profile{Name: "bought", Title: "Bought telemetry"}
	for _, purchase := range p.Purchases {
		if purchase.Cost == 0 || slices.Contains(bought, purchase.Name) {
			out.Sources = append(out.Sources, purchase.Sources...)
		}
	}
	return out
}

package result

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// unprovenReason says why an effect is not proven; it is empty if it is.
func unprovenReason(proven bool, standInErrors []string, proofs []effect.Proof) string {
	if proven {
		return ""
	}
	reasons := slices.Clone(standInErrors)
	for _, proof := range proofs {
		switch {
		case proof.After != "":
			reasons = append(reasons, fmt.Sprintf("check %q failed after the step: %s", proof.Check, proof.After))
		case proof.Before == "":
			reasons = append(reasons, fmt.Sprintf("check %q already passed before the step", proof.Check))
		}
	}
	if len(reasons) == 0 {
		return "the step has no check that proves its effect"
	}
	return strings.Join(reasons, "; ")
}

// WithoutExpectations returns the verdict of a step that has no expectation, and the
// reason: later steps may need its effect. It is Pending for a step that was
// performed, as there is nothing to judge, and for one that has expectations.
func (s Step) WithoutExpectations() (verdict.Verdict, string) {
	switch {
	case len(s.Expectations) > 0:
		return verdict.Pending, ""
	case s.Error != "":
		return verdict.Errored, s.Error
	case s.Skipped != "":
		return verdict.Skipped, s.Skipped
	case !s.Proven:
		return verdict.NoEffect, unprovenReason(s.Proven, s.StandInErrors, s.Proofs)
	}
	return verdict.Pending, ""
}

package reenact

import (
	"fmt"
	"strings"
)

// omission is a recorded event that was not reproduced, with the reason.
type omission struct {
	step   int
	reason string
	// limit is true if the lab cannot reproduce the event; otherwise the act failed.
	limit bool
}

func (l omission) String() string { return ID(l.step) + ": " + l.reason }

// applyTo returns the finding with that reason. A limit is the same for all events of
// a kind, so it is given without the step.
func (l omission) applyTo(found Finding) Finding {
	found.Reason, found.Limit = l.String(), l.limit
	if l.limit {
		found.Reason = l.reason
	}
	return found
}

// omissions returns the events that were not reproduced; the others may be enough for
// the rules.
func (p Execution) omissions() []omission {
	var all []omission
	for i := range p.Steps {
		if left := p.omission(i); left != nil {
			all = append(all, *left)
		}
	}
	return all
}

// omission says why a step did not reproduce its event; nil if it was performed and
// proven, without an error of a stand-in.
func (p Execution) omission(step int) *omission {
	if why := p.Steps[step].Unsupported; why != "" {
		return &omission{step, why, true}
	}
	if step >= len(p.Records) {
		return &omission{step, "it was not performed", false}
	}
	outcome := p.Records[step].Outcome
	if len(outcome.StandInErrors) > 0 {
		return &omission{step, strings.Join(outcome.StandInErrors, "; "), false}
	}
	for _, proof := range outcome.Proofs {
		if !proof.Proven() {
			return &omission{step, fmt.Sprintf("the action had no effect: %s: %s", proof.Check, proof.After), false}
		}
	}
	return nil
}

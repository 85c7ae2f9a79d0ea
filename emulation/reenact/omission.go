package reenact

import (
	"fmt"
	"strings"
)

// omission is a recorded event that nothing came of, and why.
type omission struct {
	step   int
	reason string
	// limit marks a known limit of the lab; else the act failed.
	limit bool
}

func (l omission) String() string { return ID(l.step) + ": " + l.reason }

// applyTo is a finding that ends with that reason. A limit is one of that kind of
// event, whichever it is.
func (l omission) applyTo(found Finding) Finding {
	found.Reason, found.Limit = l.String(), l.limit
	if l.limit {
		found.Reason = l.reason
	}
	return found
}

// omissions are the events that no rule can be asked about: what else was recorded
// may be enough.
func (p Execution) omissions() []omission {
	var all []omission
	for i := range p.Steps {
		if left := p.omission(i); left != nil {
			all = append(all, *left)
		}
	}
	return all
}

// omission says why nothing came of a step; nil is that it was performed, proven
// and without an error of a stand-in.
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

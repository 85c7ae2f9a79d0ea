package reenact

import (
	"fmt"
	"strings"
)

// leftOut is a recorded event that nothing came of, and why.
type leftOut struct {
	step int
	why  string
	// limit marks a known limit of the stage; else the act failed.
	limit bool
}

func (l leftOut) String() string { return ID(l.step) + ": " + l.why }

// in is a finding that ends with that reason. A limit is one of that kind of
// event, whichever it is.
func (l leftOut) in(found Finding) Finding {
	found.Reason, found.Limit = l.String(), l.limit
	if l.limit {
		found.Reason = l.why
	}
	return found
}

// left are the events that no rule can be asked about: what else was recorded
// may be enough.
func (p Performance) left() []leftOut {
	var all []leftOut
	for i := range p.Steps {
		if one := p.missing(i); one != nil {
			all = append(all, *one)
		}
	}
	return all
}

// missing says why nothing came of a step; nil is that it was performed, proven
// and without trouble.
func (p Performance) missing(step int) *leftOut {
	if why := p.Steps[step].Why; why != "" {
		return &leftOut{step, why, true}
	}
	if step >= len(p.Outcomes) {
		return &leftOut{step, "it was not performed", false}
	}
	outcome := p.Outcomes[step]
	if len(outcome.Trouble) > 0 {
		return &leftOut{step, strings.Join(outcome.Trouble, "; "), false}
	}
	for _, proof := range outcome.Proofs {
		if !proof.Proven() {
			return &leftOut{step, fmt.Sprintf("the act came to nothing: %s: %s", proof.Check, proof.After), false}
		}
	}
	return nil
}

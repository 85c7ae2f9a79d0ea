package result

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// doubt says what spoke against the effect.
func doubt(proven bool, trouble []string, proofs []effect.Proof) string {
	if proven {
		return ""
	}
	said := slices.Clone(trouble)
	for _, proof := range proofs {
		switch {
		case proof.After != "":
			said = append(said, "not proven that "+proof.Check+": "+proof.After)
		case proof.Before == "":
			said = append(said, "not the step's doing that "+proof.Check+": it held before")
		}
	}
	if len(said) == 0 {
		return "the step has nothing that proves it"
	}
	return strings.Join(said, "; ")
}

// Unasked is what became of a step that nothing is expected of, with the reason:
// others may build on it, so its effect counts. It is Pending where it was
// performed, as there is nothing to judge, and where something is expected.
func (s Step) Unasked() (verdict.Verdict, string) {
	switch {
	case len(s.Expectations) > 0:
		return verdict.Pending, ""
	case s.Error != "":
		return verdict.Errored, s.Error
	case s.Skipped != "":
		return verdict.Skipped, s.Skipped
	case !s.Proven:
		return verdict.NoEffect, doubt(s.Proven, s.Trouble, s.Proofs)
	}
	return verdict.Pending, ""
}

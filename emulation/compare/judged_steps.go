package compare

import (
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// step is one step with its expectations and how the run judged them.
type step struct {
	plan.Step
	expected []expectedAlert
	silent   []expectedSilence
}

// expectedAlert is an expectation of an alert, or of a known gap.
type expectedAlert struct {
	plan.Expectation
	// state is Detected if the full telemetry led to the alert, and otherwise what it
	// is for a rule that is asked; reason is the run's reason for one that is not
	// judged.
	state  State
	reason string
}

// expectedSilence is an expectation of no alert; shown is whether the run could show
// it.
type expectedSilence struct {
	plan.Expectation
	shown bool
}

func stepsOf(p *plan.Plan, judged result.Scenario) []step {
	var all []step
	for i, planned := range p.Steps {
		s := step{Step: planned}
		for j, want := range planned.Expect {
			got := judged.Steps[i].Expectations[j]
			switch want.Want {
			case verdict.Fires:
				s.expected = append(s.expected, newExpectedAlert(want, got))
			case verdict.Quiet:
				shown := got.Verdict == verdict.Silent || got.Verdict == verdict.FalseAlarm || got.Verdict == verdict.NotAsked
				s.silent = append(s.silent, expectedSilence{want, shown})
			case verdict.KnownGap, verdict.Blind:
				s.expected = append(s.expected, expectedAlert{want, Blind, ""})
			}
		}
		all = append(all, s)
	}
	return all
}

func newExpectedAlert(want plan.Expectation, got result.Expectation) expectedAlert {
	switch got.Verdict {
	case verdict.Detected:
		return expectedAlert{want, Detected, ""}
	case verdict.Missed:
		return expectedAlert{want, Missed, ""}
	default:
		return expectedAlert{want, Unjudged, got.Reason}
	}
}

// unjudgedReason says why none of the expected alerts is judged; "" if one is.
func unjudgedReason(judgedSteps []step) (why string) {
	for _, s := range judgedSteps {
		for _, want := range s.expected {
			switch {
			case want.state == Detected, want.state == Missed:
				return ""
			case want.state == Unjudged && why == "":
				why = want.reason
			}
		}
	}
	return why
}

// leastTelling returns the one of two states that says less.
func leastTelling(a, b State) State {
	order := map[State]int{NothingExpected: 0, NotAsked: 1, Blind: 2, Missed: 3, Unjudged: 4}
	if order[b] > order[a] {
		return b
	}
	return a
}

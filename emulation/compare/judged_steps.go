package compare

import (
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// step is one step with what is expected there, and how that was judged.
type step struct {
	plan.Step
	expected []expectedAlert
	silent   []expectedSilence
}

// expectedAlert is an expectation that an alert is asked of, or known not to come.
type expectedAlert struct {
	plan.Expectation
	// state is Detected where the full telemetry brought it about, and else what
	// it comes to where the rule is asked; reason says of one that is not judged what
	// the run said.
	state  State
	reason string
}

// expectedSilence is an expectation that no alert comes; shown is whether the run showed
// anything of it.
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

// unjudgedReason says why, where steps were to be seen and the run showed none of them.
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

// leastTelling gives the one of two states that says less.
func leastTelling(a, b State) State {
	order := map[State]int{NothingExpected: 0, NotAsked: 1, Blind: 2, Missed: 3, Unjudged: 4}
	if order[b] > order[a] {
		return b
	}
	return a
}

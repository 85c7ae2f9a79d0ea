package result

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Gate is what a run was held to, and what came of it.
type Gate struct {
	// Name is the gate's; that of the bounds of a command line is "command line". File and
	// Line are where it is written, if it is.
	Name string `json:"name"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	// Checks are its bounds, each with what was measured.
	Checks []GateCheck `json:"checks"`
	// Governs are the verdicts that fail the run only as far as the gate says.
	Governs []verdict.Verdict `json:"governs"`
	// Warnings are what is told and fails nothing.
	Warnings []GateFinding `json:"warnings,omitempty"`
}

// GateCheck is one bound.
type GateCheck struct {
	// Bound is what it is called, such as max_missed; Limit what is allowed and Measured
	// what was found, as words.
	Bound    string      `json:"bound"`
	Limit    string      `json:"limit"`
	Measured string      `json:"measured"`
	Outcome  GateOutcome `json:"outcome"`
	// Findings say what failed: what, where, what to do. A check that passed has none.
	Findings []GateFinding `json:"findings,omitempty"`
}

// GateFinding is one sentence, and where to look.
type GateFinding struct {
	Sentence string `json:"sentence"`
	// Rule is the id of the rule that it is about, File and Line the place where something
	// can be done; empty if there is none.
	Rule string `json:"rule,omitempty"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
}

// GateOutcome is what came of a check.
type GateOutcome string

// The outcomes. A check that could not be judged has not passed.
const (
	Passed    GateOutcome = "passed"
	Failed    GateOutcome = "failed"
	NotJudged GateOutcome = "not_judged"
)

// Passed reports whether every check passed.
func (g Gate) Passed() bool {
	return !slices.ContainsFunc(g.Checks, func(c GateCheck) bool { return c.Outcome != Passed })
}

// Findings are those of all checks that did not pass.
func (g Gate) Findings() []GateFinding {
	var all []GateFinding
	for _, check := range g.Checks {
		all = append(all, check.Findings...)
	}
	return all
}

// GatesPassed reports whether the run passed every gate that it was held to.
func (r Run) GatesPassed() bool {
	return !slices.ContainsFunc(r.Gates, func(g Gate) bool { return !g.Passed() })
}

// Governed are the verdicts that fail the run only as far as one of its gates says.
func (r Run) Governed() map[verdict.Verdict]bool {
	governed := map[verdict.Verdict]bool{}
	for _, gate := range r.Gates {
		for _, v := range gate.Governs {
			governed[v] = true
		}
	}
	return governed
}

// Worst is the worst verdict of the run, without those of expectations that a gate governs:
// how much of them there may be is for the gate to say. A run that broke stays broken.
func (r Run) Worst() verdict.Verdict {
	if len(r.Gates) == 0 {
		return r.Summary.Worst
	}
	governed := r.Governed()
	if !governed[r.Summary.Worst] {
		return r.Summary.Worst
	}
	worst := verdict.Detected
	for _, v := range verdict.All() {
		if !governed[v] && r.Summary.Verdicts[v.String()] > 0 {
			worst = max(worst, v)
		}
	}
	for _, scenario := range r.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			if v, _ := step.WithoutExpectations(); !governed[v] {
				worst = max(worst, v)
			}
		}
	}
	return worst
}

package gate

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/threshold"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Gate is a name and its bounds.
type Gate struct {
	Name string
	// File and Line are where it is written; empty of the bounds of a command line.
	File string
	Line int
	threshold.Set
	// Earlier is the run that Baseline names; nil if there is none.
	Earlier *Earlier
}

// knowsRules reports whether it is known which rules there were before.
func (g Gate) knowsRules() bool { return g.Earlier != nil && g.Earlier.Rules != nil }

// Earlier is a run that another is compared with.
type Earlier struct {
	// Name is how it was named.
	Name string
	Run  result.Run
	// Rules are the ids of those that it was judged with; nil if that is not known, as a
	// result does not say.
	Rules map[string]bool
}

// Rule is a rule that the run was judged with.
type Rule struct {
	ID, Title, Level string
	// File and Line are where its detection is written.
	File string
	Line int
	// Given is whether it is one of the user's. Own is that too, or that there are none of
	// the user's at all.
	Given, Own bool
	// Serves is whether it raises no alert of its own, but only serves a correlation; Joins is
	// whether it is a correlation.
	Serves, Joins bool
}

// Measured is what a run showed.
type Measured struct {
	Run   result.Run
	Rules []Rule
	// Repeats are the same scenarios performed again.
	Repeats []result.Run
	// MutationScore is nil where it was not measured or where there is no mutant.
	MutationScore *float64
	// ExplainWith is what `ringer explain` must be given besides a rule and a place, to
	// explain the run.
	ExplainWith string
	// Partial is whether it is a part of a run: what is missing then is not gone, and what a
	// correlation does not see any more may be because of that.
	Partial bool
}

// Judge judges every gate.
func Judge(gates []Gate, m Measured) []result.Gate {
	j := judge{Measured: m, rules: map[string]Rule{}}
	for _, rule := range m.Rules {
		j.rules[rule.ID] = rule
	}
	var all []result.Gate
	compared := slices.ContainsFunc(gates, Gate.knowsRules)
	for i, g := range gates {
		out := result.Gate{Name: g.Name, File: g.File, Line: g.Line, Checks: j.checks(g), Governs: []verdict.Verdict{}, Warnings: j.gone(g)}
		switch {
		case g.knowsRules():
			out.Warnings = append(j.newUntested(*g.Earlier), out.Warnings...)
		case i == 0 && !compared:
			out.Warnings = append(j.allUntested(), out.Warnings...)
		}
		for _, v := range []verdict.Verdict{verdict.NoEffect, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed} {
			if g.Governs(v) {
				out.Governs = append(out.Governs, v)
			}
		}
		all = append(all, out)
	}
	return all
}

type judge struct {
	Measured
	rules map[string]Rule
}

// checks are the bounds of a gate, in the order of the manual.
func (j judge) checks(g Gate) []result.GateCheck {
	var all []result.GateCheck
	if g.MaxMissed != nil {
		all = append(all, j.missed(*g.MaxMissed))
	}
	if g.MaxFalseAlarms != nil {
		all = append(all, j.falseAlarms(g.MaxFalseAlarms)...)
	}
	if least, ok := g.MinCoverage[threshold.Techniques]; ok {
		all = append(all, j.techniques(least))
	}
	if least, ok := g.MinCoverage[threshold.Rules]; ok {
		all = append(all, j.coveredRules(least))
	}
	if g.MinMutationScore != nil {
		all = append(all, j.mutation(*g.MinMutationScore))
	}
	all = append(all, j.expired(orZero(g.MaxExpiredGaps)))
	switch {
	case g.MaxFlakes != nil:
		all = append(all, j.flakes(*g.MaxFlakes))
	case len(j.Repeats) > 0:
		all = append(all, j.flakes(0))
	}
	for _, v := range g.FailOn {
		all = append(all, j.failOn(v))
	}
	if g.Baseline != "" {
		all = append(all, j.baseline(g))
	}
	return all
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// answer is an expectation with its place.
type answer struct {
	scenario string
	step     result.Step
	day      bool
	result.Expectation
}

func (a answer) place() string { return a.scenario + "/" + a.step.ID }

// answers are the expectations of a run that a function takes.
func answers(run result.Run, takes func(answer) bool) []answer {
	var all []answer
	for _, scenario := range run.Scenarios {
		for i, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for _, e := range step.Expectations {
				if a := (answer{scenario.Name, step, i < len(scenario.Baselines), e}); takes(a) {
					all = append(all, a)
				}
			}
		}
	}
	return all
}

func is(v verdict.Verdict) func(answer) bool { return func(a answer) bool { return a.Verdict == v } }

// check is a bound that was judged: it passed if there is nothing to say.
func check(bound, limit, measured string, findings ...result.GateFinding) result.GateCheck {
	outcome := result.Passed
	if len(findings) > 0 {
		outcome = result.Failed
	}
	return result.GateCheck{Bound: bound, Limit: limit, Measured: measured, Outcome: outcome, Findings: findings}
}

// notJudged is a bound that could not be judged, and why.
func notJudged(bound, limit, why string) result.GateCheck {
	return result.GateCheck{
		Bound: bound, Limit: limit, Measured: "nothing", Outcome: result.NotJudged,
		Findings: []result.GateFinding{{Sentence: bound + " cannot be judged: " + why + "."}},
	}
}

// called is what a sentence calls a rule: its title and its file.
func (j judge) called(id, title string) string {
	rule := j.rules[id]
	name := `"` + cmp.Or(rule.Title, title, id) + `"`
	if rule.File != "" {
		name += " (" + rule.File + ")"
	}
	return name
}

// look is the command that explains a rule at a place.
func (j judge) look(rule, place string) string {
	return "`ringer explain " + short(rule) + " --at " + place + j.ExplainWith + "`"
}

// atRule is the place of a rule.
func (j judge) atRule(id, sentence string) result.GateFinding {
	rule := j.rules[id]
	return result.GateFinding{Sentence: sentence, Rule: id, File: rule.File, Line: rule.Line}
}

// atExpectation is the place of an expectation.
func atExpectation(a answer, sentence string) result.GateFinding {
	return result.GateFinding{Sentence: sentence, Rule: a.Rule, File: a.File, Line: a.Line}
}

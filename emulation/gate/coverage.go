package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// sight is a rule that fired on a step.
type sight struct{ place, rule string }

// sights are the rules that fired on the steps of a run, expected or not. Ordinary days are
// left out.
func sights(run result.Run) map[sight]bool {
	all := map[sight]bool{}
	for _, scenario := range run.Scenarios {
		for _, step := range scenario.Steps {
			place := scenario.Name + "/" + step.ID
			for _, e := range step.Expectations {
				if e.Verdict == verdict.Detected || e.Verdict == verdict.FalseAlarm && e.Want == verdict.Fires {
					all[sight{place, e.Rule}] = true
				}
			}
			for _, alert := range step.UnexpectedAlerts {
				if step.Proven && !declaredOnly(step) {
					all[sight{place, alert.Rule}] = true
				}
			}
		}
	}
	return all
}

// declaredOnly reports whether nothing of a step was performed: all of its events are
// statements.
func declaredOnly(step result.Step) bool {
	n := 0
	for _, events := range step.Events {
		n += events
	}
	return n > 0 && step.Events[event.Declared.String()] == n
}

func rulesIn(all map[sight]bool) map[string]bool {
	rules := map[string]bool{}
	for s := range all {
		rules[s.rule] = true
	}
	return rules
}

// mostNamed is how many things a sentence names.
const mostNamed = 3

func some(names []string) string {
	if more := len(names) - mostNamed; more > 0 {
		return strings.Join(names[:mostNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// techniques bounds the share of the techniques performed of which a rule saw a step.
func (j judge) techniques(least float64) result.GateCheck {
	const bound = "min_coverage techniques"
	seen := map[string]bool{}
	for s := range sights(j.Run) {
		seen[s.place] = true
	}
	at, detected := map[string]string{}, map[string]bool{}
	for _, scenario := range j.Run.Scenarios {
		for _, step := range scenario.Steps {
			if step.Technique == "" || !step.Proven || declaredOnly(step) {
				continue
			}
			place := scenario.Name + "/" + step.ID
			if at[step.Technique] == "" {
				at[step.Technique] = place
			}
			detected[step.Technique] = detected[step.Technique] || seen[place]
		}
	}
	limit := fmt.Sprint(least)
	if len(at) == 0 {
		return notJudged(bound, limit, "no step of a technique was performed and had its effect"+j.whySkipped())
	}
	var missing []string
	for id, where := range at {
		if !detected[id] {
			missing = append(missing, id+" ("+where+")")
		}
	}
	slices.Sort(missing)
	covered := len(at) - len(missing)
	share := float64(covered) / float64(len(at))
	measured := fmt.Sprintf("%.2f, %d of %d", share, covered, len(at))
	if share >= least {
		return check(bound, limit, measured)
	}
	return check(bound, limit, measured, result.GateFinding{Sentence: fmt.Sprintf(
		"Rules see %d of the %d techniques that were performed (%.2f), and must see %g: nothing sees %s; write a rule for one of them (`ringer events --step PLACE` shows what it left).",
		covered, len(at), share, least, some(missing))})
}

// coveredRules bounds the share of the user's rules that fired on a step.
func (j judge) coveredRules(least float64) result.GateCheck {
	const bound = "min_coverage rules"
	fired := rulesIn(sights(j.Run))
	all, proven := 0, 0
	var first Rule
	var missing []string
	for _, rule := range j.Rules {
		if !rule.Own || rule.Serves {
			continue
		}
		all++
		if fired[rule.ID] {
			proven++
			continue
		}
		if len(missing) == 0 {
			first = rule
		}
		missing = append(missing, j.called(rule.ID, rule.Title))
	}
	limit := fmt.Sprint(least)
	if all == 0 {
		return notJudged(bound, limit, "no rule is loaded")
	}
	share := float64(proven) / float64(all)
	measured := fmt.Sprintf("%.2f, %d of %d", share, proven, all)
	if share >= least {
		return check(bound, limit, measured)
	}
	return check(bound, limit, measured, j.atRule(first.ID, fmt.Sprintf(
		"%d of %d rules were seen to fire (%.2f), and %g must be: never seen to fire: %s; add a step that one of them must see.",
		proven, all, share, least, some(missing))))
}

// mutation bounds the mutation score.
func (j judge) mutation(least float64) result.GateCheck {
	const bound = "min_mutation_score"
	limit := fmt.Sprint(least)
	switch {
	case j.MutationScore == nil:
		return notJudged(bound, limit, "there is no mutant of a rule that an expectation names and that is met")
	case *j.MutationScore >= least:
		return check(bound, limit, fmt.Sprintf("%.4f", *j.MutationScore))
	}
	return check(bound, limit, fmt.Sprintf("%.4f", *j.MutationScore), result.GateFinding{Sentence: fmt.Sprintf(
		"The mutation score is %.4f and must be at least %g: parts of rules can be altered and no expectation notices; `ringer mutate` names them, and a step or an ordinary day on the other side of each kills it.",
		*j.MutationScore, least)})
}

// untested are the user's rules that were never seen to fire and of which no step expects
// anything.
func (j judge) untested() []Rule {
	seen := rulesIn(sights(j.Run))
	for _, a := range answers(j.Run, func(a answer) bool { return !a.day || a.Want == verdict.Fires }) {
		seen[a.Rule] = true
	}
	var all []Rule
	for _, rule := range j.Rules {
		if rule.Given && !rule.Serves && !seen[rule.ID] {
			all = append(all, rule)
		}
	}
	return all
}

// newUntested names the untested rules that are new since an earlier run, a sentence each.
func (j judge) newUntested(since Earlier) []result.GateFinding {
	var found []result.GateFinding
	more := 0
	for _, rule := range j.untested() {
		if since.Rules[rule.ID] {
			continue
		}
		if more++; more <= mostFindings {
			found = append(found, j.atRule(rule.ID, fmt.Sprintf(
				"untested: rule %s is new, and no step expects anything of it or was seen by it; add a step that it must see.", j.called(rule.ID, rule.Title))))
		}
	}
	if more -= mostFindings; more > 0 {
		found = append(found, result.GateFinding{Sentence: fmt.Sprintf("untested: %d more rules are new, and nothing tests them; `ringer rules --state untested` names all.", more)})
	}
	return found
}

// allUntested names the untested rules in one sentence, as it is not known which are new.
func (j judge) allUntested() []result.GateFinding {
	all := j.untested()
	if len(all) == 0 || j.Partial {
		return nil
	}
	var names []string
	for _, rule := range all {
		names = append(names, j.called(rule.ID, rule.Title))
	}
	return []result.GateFinding{j.atRule(all[0].ID, fmt.Sprintf("untested: no step expects anything of %s or was seen by them: %s.", rulesCounted(len(all)), some(names)))}
}

func rulesCounted(n int) string {
	if n == 1 {
		return "1 rule"
	}
	return fmt.Sprintf("%d rules", n)
}

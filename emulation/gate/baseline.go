package gate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// worse is what got worse of one rule: at which places, and what there is to say of the
// first.
type worse struct {
	rule, title string
	places      []string
	finding     func(places string) result.GateFinding
}

// mostFindings is how many rules a check names in sentences of their own.
const mostFindings = 20

// baseline bounds what got worse since an earlier run at none. It says so once a rule.
func (j judge) baseline(g Gate) result.GateCheck {
	const bound = "baseline"
	if g.Earlier == nil {
		return notJudged(bound, g.Baseline, "it was not read")
	}
	common := j.commonPlaces(g.Earlier.Run)
	compared := answers(g.Earlier.Run, func(a answer) bool { return a.Verdict.Met() && common[a.place()] })
	if len(compared) == 0 {
		return notJudged(bound, g.Earlier.Name, "nothing that was as expected in it was performed now"+j.whySkipped())
	}
	var found []result.GateFinding
	all := append(j.lost(*g.Earlier, common), j.otherwise(*g.Earlier)...)
	for i, w := range all {
		if i == mostFindings {
			found = append(found, result.GateFinding{Sentence: fmt.Sprintf("And %d more rules got worse: `ringer diff` of the two recordings names all.", len(all)-i)})
			break
		}
		found = append(found, w.finding(w.places[0]+andMore(len(w.places)-1)))
	}
	return check(bound, g.Earlier.Name, fmt.Sprintf("%d worse", len(all)), found...)
}

// commonPlaces are the steps and baselines of an earlier run that were performed now too,
// with their effect.
func (j judge) commonPlaces(earlier result.Run) map[string]bool {
	performed, common := map[string]bool{}, map[string]bool{}
	for place, step := range places(j.Run) {
		performed[place] = step.Proven && step.Error == "" && step.Skipped == "" && !declaredOnly(step)
	}
	for place := range places(earlier) {
		if performed[place] {
			common[place] = true
		}
	}
	return common
}

// places are the steps and baselines of a run.
func places(run result.Run) map[string]result.Step {
	all := map[string]result.Step{}
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			all[scenario.Name+"/"+step.ID] = step
		}
	}
	return all
}

// lost are the rules that saw a step and do not see it any more, whatever is expected of
// them by now.
func (j judge) lost(earlier Earlier, common map[string]bool) []worse {
	now := sights(j.Run)
	var order []sight
	unjudged := j.unjudged()
	for s := range sights(earlier.Run) {
		if !now[s] && common[s.place] && !unjudged[s] && !(j.Partial && j.rules[s.rule].Joins) {
			order = append(order, s)
		}
	}
	slices.SortFunc(order, func(a, b sight) int { return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.place, b.place)) })
	titles := titlesOf(earlier.Run)
	var all []worse
	for _, s := range order {
		if n := len(all); n > 0 && all[n-1].rule == s.rule {
			all[n-1].places = append(all[n-1].places, s.place)
			continue
		}
		all = append(all, worse{s.rule, titles[s.rule], []string{s.place}, j.sayLost(s, titles[s.rule], seenBy(earlier.Run, s))})
	}
	return all
}

// seenBy are the events that a rule saw of a step; none where nothing was expected of it.
func seenBy(run result.Run, s sight) []event.Event {
	for _, a := range answers(run, func(a answer) bool { return a.place() == s.place && a.Rule == s.rule && len(a.Evidence) > 0 }) {
		return a.Evidence
	}
	return nil
}

// lostEvent says what a rule saw and does not see any more, and why as far as that is known.
func (j judge) lostEvent(s sight, seen []event.Event) string {
	now := answers(j.Run, func(a answer) bool { return a.place() == s.place && a.Rule == s.rule && a.Verdict != verdict.Detected })
	if len(seen) == 0 {
		if len(now) == 0 {
			return ""
		}
		return nearestOf(now[0].Expectation)
	}
	said := ": " + cut(seen[0].SourceName()+" "+seen[0].Describe())
	for _, a := range now {
		for _, mismatch := range a.Mismatches {
			if mismatch.Event.Describe() == seen[0].Describe() && len(mismatch.Changes) > 0 {
				return said + " (" + cut(strings.Join(mismatch.Changes, "; ")) + ")"
			}
		}
		if a.Reason != "" {
			return said + " (" + cut(a.Reason) + ")"
		}
	}
	return said
}

// sayLost says which rule does not see a step any more.
func (j judge) sayLost(s sight, title string, seen []event.Event) func(string) result.GateFinding {
	return func(places string) result.GateFinding {
		if _, loaded := j.rules[s.rule]; !loaded {
			return result.GateFinding{Rule: s.rule, Sentence: fmt.Sprintf("Rule \"%s\" (%s) is gone and saw %s before; put it back, or take a new baseline if nobody needs it.", title, short(s.rule), places)}
		}
		return j.atRule(s.rule, fmt.Sprintf("Rule %s no longer sees %s%s; restore what it looked for (%s shows it in full), or take a new baseline if that was meant.",
			j.called(s.rule, title), places, j.lostEvent(s, seen), j.look(s.rule, s.place)))
	}
}

// unjudged are the rules whose expectations of a step were not judged in a part of a run.
func (j judge) unjudged() map[sight]bool {
	all := map[sight]bool{}
	for _, a := range answers(j.Run, is(verdict.Skipped)) {
		all[sight{a.place(), a.Rule}] = j.Partial
	}
	return all
}

func titlesOf(run result.Run) map[string]string {
	titles := map[string]string{}
	for _, step := range places(run) {
		for _, e := range step.Expectations {
			titles[e.Rule] = e.Title
		}
		for _, alert := range step.UnexpectedAlerts {
			titles[alert.Rule] = alert.Title
		}
	}
	return titles
}

// otherwise are the rules of which a verdict got worse in another way, and those that alarm
// on an ordinary day and did not.
func (j judge) otherwise(earlier Earlier) []worse {
	days := map[string]bool{}
	for _, scenario := range j.Run.Scenarios {
		for _, day := range scenario.Baselines {
			days[scenario.Name+"/"+day.ID] = true
		}
	}
	told, now := sights(earlier.Run), sights(j.Run)
	var all []worse
	for _, change := range diff.Changes(earlier.Run.Scenarios, j.Run.Scenarios) {
		place := change.At.String()
		s := sight{place, change.Rule}
		switch {
		case change.Kind == diff.Worse && j.Partial && change.After.Verdict == verdict.Skipped:
			continue // it rests on what was not chosen
		case change.Kind == diff.Worse && told[s] && !now[s] && change.After.Verdict != verdict.NoEffect && change.After.Verdict != verdict.Errored:
			continue // that it does not see the step is told
		case change.Kind == diff.Worse:
		case change.Kind == diff.NewAlert && days[place]:
		default:
			continue
		}
		at := slices.IndexFunc(all, func(w worse) bool { return w.rule == change.Rule })
		if at >= 0 {
			all[at].places = append(all[at].places, place)
			continue
		}
		all = append(all, worse{change.Rule, change.Title, []string{place}, j.sayWorse(change)})
	}
	return all
}

// sayWorse says what is worse than before.
func (j judge) sayWorse(change diff.Change) func(string) result.GateFinding {
	place := change.At.String()
	return func(places string) result.GateFinding {
		name := j.called(change.Rule, change.Title)
		if change.Kind == diff.NewAlert {
			return j.atRule(change.Rule, fmt.Sprintf("Rule %s alarms on the ordinary day %s and did not before; narrow it (%s shows on what).", name, places, j.look(change.Rule, place)))
		}
		was := "not expected"
		if change.Before != nil {
			was = spoken(change.Before.Verdict)
		}
		after := *change.After
		return result.GateFinding{
			Rule: change.Rule, File: after.File, Line: after.Line,
			Sentence: fmt.Sprintf("Rule %s at %s is %s and was %s before%s; %s shows why.", name, places, spoken(after.Verdict), was, nearestOf(after), j.look(change.Rule, place)),
		}
	}
}

func spoken(v verdict.Verdict) string { return strings.ReplaceAll(v.String(), "_", " ") }

// gone names what was performed in the baseline and is not any more.
func (j judge) gone(g Gate) []result.GateFinding {
	if g.Earlier == nil || j.Partial {
		return nil
	}
	now := places(j.Run)
	var names []string
	for place := range places(g.Earlier.Run) {
		if _, still := now[place]; !still {
			names = append(names, place)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return []result.GateFinding{{Sentence: fmt.Sprintf("no longer performed, and so not compared with the baseline: %s.", some(names))}}
}

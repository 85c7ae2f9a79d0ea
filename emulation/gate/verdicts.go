package gate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/threshold"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func isExpired(a answer) bool { return a.Want == verdict.KnownGap && a.Verdict == verdict.Missed }

// wasJudged reports whether a verdict says anything of what was performed.
func wasJudged(v verdict.Verdict) bool {
	return v != verdict.Pending && v != verdict.Skipped && v != verdict.NotAsked && v != verdict.Errored
}

// missed bounds the expectations that are missed, without those of known gaps past their
// day, which have a bound of their own.
func (j judge) missed(most int) result.GateCheck {
	limit := strconv.Itoa(most)
	missed := answers(j.Run, func(a answer) bool { return a.Verdict == verdict.Missed && !isExpired(a) })
	seen := answers(j.Run, is(verdict.Detected))
	switch {
	case len(missed)+len(seen) == 0:
		return notJudged("max_missed", limit, "of no expectation was it judged whether its rule fires"+j.whySkipped())
	case len(missed) <= most:
		return check("max_missed", limit, fmt.Sprintf("%d of %d", len(missed), len(missed)+len(seen)))
	}
	first := missed[0]
	return check("max_missed", limit, fmt.Sprintf("%d of %d", len(missed), len(missed)+len(seen)), atExpectation(first, fmt.Sprintf(
		"%s missed and at most %d may be: rule %s does not see %s%s%s; repair the rule, or say at %s:%d until when the gap is known.",
		areCounted(len(missed), "expectation"), most, j.called(first.Rule, first.Title), first.place(), nearestOf(first.Expectation), andMore(len(missed)-1), first.File, first.Line)))
}

// whySkipped names the reason why an expectation was not judged, if one has one.
func (j judge) whySkipped() string {
	skipped := answers(j.Run, func(a answer) bool { return a.Verdict == verdict.Skipped || a.Verdict == verdict.NotAsked })
	if len(skipped) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s not judged, the first at %s: %s)", areCounted(len(skipped), "expectation"), skipped[0].place(), skipped[0].Reason)
}

// nearestOf says in short why a rule did not fire.
func nearestOf(e result.Expectation) string {
	line := strings.Join(strings.Fields(e.Reason), " ")
	for _, mismatch := range e.Mismatches {
		if len(mismatch.Changes) > 0 {
			line = strings.Join(mismatch.Changes, "; ")
			break
		}
	}
	if line == "" {
		return ""
	}
	return ": " + cut(line)
}

// mostSaid is how many letters of an explanation a sentence has.
const mostSaid = 200

func cut(text string) string {
	if runes := []rune(text); len(runes) > mostSaid {
		return string(runes[:mostSaid-1]) + "…"
	}
	return text
}

func andMore(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(", and %d more", n)
}

func areCounted(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return fmt.Sprintf("%d %ss are", n, what)
}

// alarm is a false alarm: an alert where silence is expected, or on an ordinary day.
type alarm struct {
	rule, title, level, place string
	file                      string
	line                      int
}

// alarms are the false alarms of a run. judged is whether there was anything that could
// have given one.
func (j judge) alarms() (all []alarm, judged bool) {
	for _, scenario := range j.Run.Scenarios {
		for i, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			place, day := scenario.Name+"/"+step.ID, i < len(scenario.Baselines)
			judged = judged || day && step.Proven && step.Error == "" && !declaredOnly(step)
			for _, e := range step.Expectations {
				judged = judged || e.Verdict == verdict.Silent || e.Verdict == verdict.FalseAlarm
				if e.Verdict == verdict.FalseAlarm {
					all = append(all, alarm{e.Rule, e.Title, j.rules[e.Rule].Level, place, e.File, e.Line})
				}
			}
			for _, alert := range step.UnexpectedAlerts {
				if day {
					rule := j.rules[alert.Rule]
					all = append(all, alarm{alert.Rule, alert.Title, cmp.Or(rule.Level, alert.Level), place, rule.File, rule.Line})
				}
			}
		}
	}
	return all, judged
}

// falseAlarms bounds the false alarms, a check a level.
func (j judge) falseAlarms(bounds map[string]int) []result.GateCheck {
	all, judged := j.alarms()
	var checks []result.GateCheck
	for _, level := range slices.Backward(threshold.Levels()) {
		most, bounded := bounds[level]
		if !bounded {
			continue
		}
		var of []alarm
		for _, a := range all {
			if counts, ok := threshold.LevelFor(bounds, a.level); ok && counts == level {
				of = append(of, a)
			}
		}
		bound, limit := "max_false_alarms "+level, strconv.Itoa(most)
		switch {
		case !judged:
			checks = append(checks, notJudged(bound, limit, "no rule was expected to be silent, and no ordinary day was performed"+j.whySkipped()))
		case len(of) <= most:
			checks = append(checks, check(bound, limit, strconv.Itoa(len(of))))
		default:
			first := of[0]
			checks = append(checks, check(bound, limit, strconv.Itoa(len(of)), j.atRule(first.rule, fmt.Sprintf(
				"%s of level %s and at most %d may be: rule %s alarms at %s%s; narrow the rule (%s shows on what).",
				areCounted(len(of), "false alarm"), level, most, j.called(first.rule, first.title), first.place, andMore(len(of)-1), j.look(first.rule, first.place)))))
		}
	}
	return checks
}

// short is the beginning of a rule's id, as reports print it.
func short(id string) string { return id[:min(8, len(id))] }

// expired bounds the known gaps past their day.
func (j judge) expired(most int) result.GateCheck {
	expired := answers(j.Run, isExpired)
	limit, measured := strconv.Itoa(most), strconv.Itoa(len(expired))
	gaps := answers(j.Run, func(a answer) bool { return a.Want == verdict.KnownGap })
	if len(gaps) > 0 && !slices.ContainsFunc(gaps, func(a answer) bool { return wasJudged(a.Verdict) }) {
		return notJudged("max_expired_gaps", limit, "no known gap was judged"+j.whySkipped())
	}
	if len(expired) <= most {
		return check("max_expired_gaps", limit, measured)
	}
	first := expired[0]
	return check("max_expired_gaps", limit, measured, atExpectation(first, fmt.Sprintf(
		"%s open past the day given and at most %d may be: rule %s still does not see %s%s%s; repair the rule, or give a later day and the reason at %s:%d.",
		areCounted(len(expired), "known gap"), most, j.called(first.Rule, first.Title), first.place(), nearestOf(result.Expectation{Reason: first.Reason}), andMore(len(expired)-1), first.File, first.Line)))
}

// failOn bounds a verdict at none.
func (j judge) failOn(v verdict.Verdict) result.GateCheck {
	all := answers(j.Run, is(v))
	bound := "fail_on " + v.String()
	switch {
	case len(j.Run.Scenarios) == 0 || j.Run.Summary.Expectations == 0:
		return notJudged(bound, "0", "no expectation was judged")
	case len(all) == 0 && wasJudged(v) && len(answers(j.Run, func(a answer) bool { return wasJudged(a.Verdict) })) == 0:
		return notJudged(bound, "0", "no expectation was judged"+j.whySkipped())
	case len(all) == 0:
		return check(bound, "0", "0")
	}
	first := all[0]
	return check(bound, "0", strconv.Itoa(len(all)), atExpectation(first, fmt.Sprintf(
		"%s %s and none may be: rule %s at %s%s%s; %s shows why.",
		areCounted(len(all), "expectation"), spoken(v), j.called(first.Rule, first.Title), first.place(), nearestOf(first.Expectation), andMore(len(all)-1),
		j.look(first.Rule, first.place()))))
}

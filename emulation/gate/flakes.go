package gate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// question names an expectation across performances.
type question struct {
	place, detector, rule string
	shape                 event.Shape
}

func (a answer) question() question { return question{a.place(), a.Detector, a.Rule, a.Shape} }

// flakes bounds the expectations whose verdicts differ between performances.
func (j judge) flakes(most int) result.GateCheck {
	const bound = "max_flakes"
	limit := strconv.Itoa(most)
	if len(j.Repeats) == 0 {
		return notJudged(bound, limit, "the scenarios were performed once; --repeat 3 performs them three times")
	}
	given := map[question][]verdict.Verdict{}
	first := answers(j.Run, func(answer) bool { return true })
	for _, run := range append([]result.Run{j.Run}, j.Repeats...) {
		for _, a := range answers(run, func(answer) bool { return true }) {
			given[a.question()] = append(given[a.question()], a.Verdict)
		}
	}
	var flaky []answer
	for _, a := range first {
		if differ(given[a.question()], len(j.Repeats)+1) {
			flaky = append(flaky, a)
		}
	}
	measured := fmt.Sprintf("%d of %d in %d performances", len(flaky), len(first), len(j.Repeats)+1)
	switch {
	case len(first) == 0:
		return notJudged(bound, limit, "no expectation was judged")
	case len(flaky) <= most:
		return check(bound, limit, measured)
	}
	a := flaky[0]
	return check(bound, limit, measured, atExpectation(a, fmt.Sprintf(
		"%s not the same in %d performances and at most %d may differ: rule %s at %s was %s%s; look at what the step leaves each time (`ringer diff` of two recorded runs).",
		areCounted(len(flaky), "verdict"), len(j.Repeats)+1, most, j.called(a.Rule, a.Title), a.place(), counted(given[a.question()]), andMore(len(flaky)-1))))
}

// differ reports whether verdicts are not all the same, or one is missing.
func differ(all []verdict.Verdict, performances int) bool {
	for _, v := range all {
		if v != all[0] {
			return true
		}
	}
	return len(all) != performances
}

// counted says how often there was each verdict, such as "2 detected, 1 missed".
func counted(all []verdict.Verdict) string {
	var parts []string
	for _, v := range verdict.All() {
		n := 0
		for _, other := range all {
			if other == v {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d times %s", n, spoken(v)))
		}
	}
	return strings.Join(parts, ", ")
}

package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Sample is one verdict of an expectation, with what it was performed and judged by.
type Sample struct {
	Place
	Expectation
	Title              string
	Performance, Rules string
	Verdict            verdict.Verdict
}

// FlakesOf compares verdicts: those of one expectation under one key, by the same rules,
// ought to be the same. It returns the expectations of which they are not, the most
// frequent first.
func FlakesOf(all []Sample) []Flake {
	type same struct {
		Place
		Expectation
		performance, rules string
	}
	type question struct {
		Place
		Expectation
	}
	groups := map[same]map[verdict.Verdict]int{}
	titles := map[question]string{}
	for _, s := range all {
		if s.Performance == "" {
			continue // it cannot be told whether another is the same
		}
		key := same{s.Place, s.Expectation, s.Performance, s.Rules}
		if groups[key] == nil {
			groups[key] = map[verdict.Verdict]int{}
		}
		groups[key][s.Verdict]++
		titles[question{s.Place, s.Expectation}] = s.Title
	}
	flaky := map[question]*Flake{}
	for key, verdicts := range groups {
		judged, most := 0, 0
		for _, n := range verdicts {
			judged, most = judged+n, max(most, n)
		}
		if judged < 2 {
			continue
		}
		at := question{key.Place, key.Expectation}
		if flaky[at] == nil {
			flaky[at] = &Flake{Place: key.Place, Expectation: key.Expectation, Title: titles[at], Verdicts: map[verdict.Verdict]int{}}
		}
		flaky[at].Judged, flaky[at].Differing = flaky[at].Judged+judged, flaky[at].Differing+judged-most
		for v, n := range verdicts {
			flaky[at].Verdicts[v] += n
		}
	}
	var out []Flake
	for _, f := range flaky {
		if f.Differing > 0 {
			out = append(out, *f)
		}
	}
	slices.SortFunc(out, func(a, b Flake) int {
		return cmp.Or(cmp.Compare(b.Differing*a.Judged, a.Differing*b.Judged), strings.Compare(a.Scenario, b.Scenario), strings.Compare(a.Step, b.Step),
			strings.Compare(a.Rule, b.Rule), cmp.Compare(a.Shape, b.Shape), cmp.Compare(a.Want, b.Want))
	})
	return out
}

package diagnostic

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Nearest gives the name that someone most likely meant, or "" if none is
// close: at most a third of the letters differ, never more than four, and of two
// letters one.
func Nearest(given string, among []string) string {
	best, least := "", min(max(1, len(given)/3), 4, len(given)-1)+1
	for _, name := range among {
		if d := distance(strings.ToLower(given), strings.ToLower(name), least); d < least {
			best, least = name, d
		}
	}
	return best
}

// Suggest is the sentence that helps on from an unknown name: the nearest one,
// or all there are where they are few.
func Suggest(given string, among []string) string {
	const few = 12
	if near := Nearest(given, among); near != "" {
		return fmt.Sprintf("Did you mean %q?", near)
	}
	switch names := slices.Sorted(slices.Values(among)); {
	case len(names) == 0:
		return "None is defined."
	case len(names) <= few:
		return "Expected one of: " + strings.Join(names, ", ") + "."
	}
	return `"ringer list" shows them all.`
}

// distance counts the letters to add, drop, change or swap with their
// neighbour (Levenshtein's distance, with transpositions: the commonest slip of
// the hand). Of texts at least `enough` apart it says no more than that.
func distance(a, b string, limit int) int {
	from, to := []rune(a), []rune(b)
	if gap := len(from) - len(to); gap >= limit || -gap >= limit {
		return limit
	}
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row[0] = i + 1
		for j := range to {
			change := last[j]
			if from[i] != to[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(to)]
}

// StepName returns the name by which a step of a reference goes on, as in asset.mail or
// asset["mail"]. ok is false for any other step.
func StepName(step hcl.Traverser) (name string, ok bool) {
	switch step := step.(type) {
	case hcl.TraverseAttr:
		return step.Name, true
	case hcl.TraverseIndex:
		if step.Key.Type() == cty.String && step.Key.IsKnown() && !step.Key.IsNull() {
			return step.Key.AsString(), true
		}
	}
	return "", false
}

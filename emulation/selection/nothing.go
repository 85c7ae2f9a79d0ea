package selection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// mostNamed is how many of the values that there are a message names.
const mostNamed = 12

// unknownValue says that nothing has a value, and which ones there are.
func unknownValue(of criterion, value string, all []candidate) error {
	var words []string
	for _, c := range all {
		words = append(words, of.words(c)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	about := ""
	if technique, known := attack.Known(strings.ToUpper(value)); known && of.flag == "--technique" {
		about = " (" + technique.Name + ")"
	}
	return fmt.Errorf("%s %s%s chooses nothing of the %s that were read: %s", of.flag, value, about, countOf(all), thereIs(value, words))
}

// thereIs names the values that there are, the nearest alone if one is near.
func thereIs(value string, words []string) string {
	if near := diagnostic.Nearest(value, words); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch more := len(words) - mostNamed; {
	case len(words) == 0:
		return "none of them has one"
	case more > 0:
		return fmt.Sprintf("there are %s and %d more", strings.Join(words[:mostNamed], ", "), more)
	}
	return "there are " + strings.Join(words, ", ")
}

// nothingChosen says that what the fields choose has nothing in common.
func (f Filter) nothingChosen(all []candidate) error {
	var each []string
	for _, criterion := range f.criteria() {
		if len(criterion.values) == 0 {
			continue
		}
		n := 0
		for _, c := range all {
			if criterion.chooses(c) {
				n++
			}
		}
		each = append(each, fmt.Sprintf("%s %s alone chooses %d", criterion.flag, strings.Join(criterion.values, ", "), n))
	}
	if f.Affected != nil {
		n := 0
		for _, c := range all {
			if f.Affected.concerns(c) {
				n++
			}
		}
		if n == 0 {
			return fmt.Errorf("nothing is chosen of the %s that were read: %s", countOf(all), f.Affected.nothing())
		}
		each = append(each, fmt.Sprintf("the changed files alone concern %d", n))
	}
	return fmt.Errorf("nothing is chosen of the %s that were read: %s", countOf(all), strings.Join(each, ", "))
}

// countOf says how many steps and baselines there are.
func countOf(all []candidate) string {
	if len(all) == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps and ordinary days", len(all))
}

package cli

import (
	"fmt"
	"slices"

	"github.com/agext/levenshtein"
)

func contains(all []string, one string) bool { return slices.Contains(all, one) }

// didYouMean is a sentence with the nearest of the known words, or nothing
// where none is near.
func didYouMean(word string, known []string) string {
	best, distance := "", max(2, len(word)/3)+1
	for _, one := range known {
		if d := levenshtein.Distance(word, one, nil); d < distance {
			best, distance = one, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %q?", best)
}

package cli

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// didYouMean is a sentence with the nearest of the known words, or nothing
// where none is near.
func didYouMean(word string, known []string) string {
	near := scenario.Nearest(word, known)
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %q?", near)
}

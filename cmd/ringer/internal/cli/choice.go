package cli

import (
	"fmt"
	"slices"
	"strings"
)

// choice is the value of a flag that is one of a few words.
type choice struct {
	to    *string
	among []string
}

// choose is a flag's value that is one of a few words, the first by default.
func choose(to *string, among ...string) *choice {
	*to = among[0]
	return &choice{to, among}
}

// Set is called for each value on the command line. It fails if that is none of the
// words.
func (c *choice) Set(given string) error {
	if !slices.Contains(c.among, given) {
		return fmt.Errorf("expected %s.%s", alternatives(c.among), didYouMean(given, c.among))
	}
	*c.to = given
	return nil
}

// String is the value, in the help the default.
func (c *choice) String() string {
	if c.to == nil { // the zero value, which the help compares the default with
		return ""
	}
	return *c.to
}

// Type is what the help calls the value if the usage names nothing else.
func (*choice) Type() string { return "WORD" }

// alternatives joins words by commas and "or".
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// someOf reads words with commas between them, each one of those known. It returns those
// before the first that is not, and fails with the words and the nearest.
func someOf(given string, known []string) ([]string, error) {
	var words []string
	for word := range strings.SplitSeq(given, ",") {
		if !slices.Contains(known, word) {
			return words, fmt.Errorf("expected some of %s, with commas between them.%s", strings.Join(known, ", "), didYouMean(word, known))
		}
		words = append(words, word)
	}
	return words, nil
}

package evasion

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// extraQuotes puts quotes where they change nothing: around the program, and an
// empty pair inside a word, which Windows' way of splitting a line takes out.
var extraQuotes = commandLineMutation("extra_quotes", "quotes are added where they change nothing", effect.Windows,
	func(p effect.Process) effect.Process {
		known, _ := toolOf(p)
		words := wordsOf(p, effect.Windows)
		if !strings.Contains(words[0], `"`) {
			words[0] = `"` + words[0] + `"`
		}
		for i, word := range words {
			if i > 0 && known.dropsEmptyQuotes && len(word) > 3 && !strings.Contains(word, `"`) {
				words[i] = word[:len(word)/2] + `""` + word[len(word)/2:]
			}
		}
		return withWords(p, effect.Windows, words)
	})

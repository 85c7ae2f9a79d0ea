package evasion

import (
	"strings"
	"unicode"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Windows finds programs and files in any case, and most of its tools take
// their options so.
var (
	upperCase = letterCase("upper_case", "program, paths and options are typed in upper case", strings.ToUpper)
	lowerCase = letterCase("lower_case", "program, paths and options are typed in lower case", strings.ToLower)
	mixedCase = letterCase("mixed_case", "program, paths and options are typed in mixed case", alternateCase)
)

func letterCase(name, summary string, of func(string) string) Mutation {
	return commandLineMutation(name, summary, effect.Windows, func(p effect.Process) effect.Process {
		known, _ := toolOf(p)
		words := wordsOf(p, effect.Windows)
		for i, word := range words {
			_, option := known.option(word)
			if i == 0 || isPath(word) || known.caseInsensitive && (option || i <= known.leadingWords) {
				words[i] = of(word)
			}
		}
		return withWords(p, effect.Windows, words)
	})
}

func isPath(word string) bool {
	word = strings.TrimLeft(word, `"`)
	return len(word) > 2 && word[1:3] == `:\`
}

// alternateCase has every other letter in upper case.
func alternateCase(text string) string {
	upper := true
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return r
		}
		upper = !upper
		if upper {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, text)
}
